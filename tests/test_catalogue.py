"""A run's records are found and read back, or it is said what stands in their way."""

import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_cases import RECORD, on_disk, records

from tagger.catalogue import find
from tagger.catalogue.checking import checked_record
from tagger.errors import NothingToReadError, TaggerError, UnreadableFileError


@given(records())
def test_a_checked_record_is_the_record_written(record):
    assert checked_record(json.loads(record.to_json())) == record


def changed(**fields):
    return {**RECORD.to_dict(), **fields}


NAME = RECORD.to_dict()["entities"][0]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (["a", "list"], "not a JSON object"),
        ({}, "its schema is None"),
        (changed(schema="tagger/9"), "its schema is 'tagger/9'"),
        ({k: v for k, v in changed().items() if k != "text"}, "'text' is missing"),
        (changed(later="field"), "'later' is not as this version writes it"),
        (changed(kicker="word"), "'kicker' is not as this version writes it"),
        (changed(entities=[{**NAME, "text": "田志军"}]), "'entities' is not as"),
        (changed(entities=[{**NAME, "end": 99}]), "'entities' is not as"),
        (changed(entities=[{**NAME, "label": "GPE"}]), "'GPE' is not a valid"),
        (changed(entities=[{**NAME, "start": 2}]), "an entity needs"),
        (changed(entities=[{**NAME, "score": float("nan")}]), "'entities' is not as"),
        (
            changed(sections=[{"section": 5, "score": 1, "primary": True}]),
            "'sections' is not as",
        ),
        (changed(title=5), "'title' holds 5, not a string"),
        (changed(byline=[5]), "'byline' holds 5, not a string"),
        (changed(id="\ud800"), "surrogates not allowed"),
        (changed(source={"path": "a"}), "missing 3 required"),
        (changed(source=None), "not a record"),
        (changed(cut=[]), "not a record"),
    ],
)
def test_what_is_no_record_is_refused_with_the_field(data, problem):
    with pytest.raises(ValueError, match=problem):
        checked_record(data)


@pytest.mark.parametrize(
    "line", [b"{", b"", b"null", b"[" * 100_000, b"\xff", b'"words"']
)
def test_a_broken_line_is_named(tmp_path, line):
    good = RECORD.to_json().encode()
    path = tmp_path / "articles.jsonl"
    path.write_bytes(good + b"\n" + line + b"\n" + good + b"\n")
    reading = find(tmp_path).records()
    assert next(reading) == RECORD
    with pytest.raises(UnreadableFileError, match=r"articles\.jsonl:2: not a record"):
        next(reading)


@given(st.lists(records(), max_size=5), st.integers(1, 3))
def test_shards_are_read_in_their_order(tmp_path_factory, found, size):
    folder = tmp_path_factory.mktemp("shards")
    parts = [found[n : n + size] for n in range(0, len(found), size)] or [[]]
    for number, part in enumerate(parts, 1):
        on_disk(folder, part, f"articles-{number:05}.jsonl")
    assert list(find(folder).records()) == found


def test_a_catalogue_is_found_whatever_holds_it(tmp_path):
    folder = on_disk(tmp_path / "out", [RECORD])
    assert find(folder).files == (folder / "articles.jsonl",)
    assert find(folder / "articles.jsonl").files == (folder / "articles.jsonl",)


def a_gap(folder):
    on_disk(folder, [RECORD], "articles-00001.jsonl")
    on_disk(folder, [RECORD], "articles-00003.jsonl")


def two_catalogues(folder):
    on_disk(folder, [RECORD])
    on_disk(folder, [RECORD], "articles-00001.jsonl")


def a_table(folder):
    (folder / "articles.csv").touch()


def a_run_not_ended(folder):
    (folder / "ledger.sqlite").touch()
    (folder / "parts").mkdir()


@pytest.mark.parametrize(
    ("prepare", "kind", "problem"),
    [
        (lambda folder: None, NothingToReadError, "no articles.jsonl, no shards"),
        (a_run_not_ended, NothingToReadError, 'give it to "tagger tag" again'),
        (a_table, NothingToReadError, "a table leaves out the text"),
        (a_gap, UnreadableFileError, "articles-00002.jsonl is missing"),
        (two_catalogues, UnreadableFileError, "one is of another run"),
        (shutil.rmtree, UnreadableFileError, "no such file or folder"),
    ],
)
def test_a_folder_without_one_catalogue_is_refused(tmp_path, prepare, kind, problem):
    folder = tmp_path / "out"
    folder.mkdir()
    prepare(folder)
    with pytest.raises(kind, match=problem) as caught:
        find(folder)
    assert str(folder) in str(caught.value)


def test_a_table_is_no_catalogue(tmp_path):
    path = tmp_path / "articles.csv"
    path.touch()
    with pytest.raises(TaggerError, match="a table leaves out the text"):
        find(path)
