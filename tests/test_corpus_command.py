import json
from pathlib import Path

import pytest
import spacy
import typer
from corpus_cases import article, write_corpus
from spacy.tokens import DocBin
from typer.testing import CliRunner

from tagger.cli import corpus
from tagger.corpus import compose

OURS = Path(__file__).parents[1] / "corpus"


@pytest.fixture
def folder(tmp_path):
    return write_corpus(tmp_path / "corpus", 40)


@pytest.fixture
def run():
    app = typer.Typer()
    app.callback()(lambda: None)
    corpus.register(app)

    def invoke(*words):
        result = CliRunner().invoke(app, ["corpus", *map(str, words)])
        return result.exit_code, result.output

    return invoke


def test_a_right_corpus_passes(run, folder):
    code, told = run("check", folder)
    assert code == 0, told
    assert "40 articles right, 0 problems" in told


def test_problems_are_printed_with_path_and_line(run, folder):
    path = folder / "articles" / "a0003.txt"
    path.write_text(article(3).replace("[[LOC|", "[[PLACE|", 1), encoding="utf-8")
    code, told = run("check", folder)
    assert code == 1
    assert "label 'PLACE' is none of" in told
    code, told = run("check", folder, "--ids", "a0004-a0040")
    assert code == 0, told


def test_an_article_copied_into_another_split_is_found(run, folder):
    text = (folder / "articles/a0001.txt").read_text("utf-8")
    (folder / "articles/a0040.txt").write_text(text, encoding="utf-8")
    code, told = run("check", folder)
    assert code == 1
    assert "a0001 and a0040 share 100% of their runs" in told


def test_compiled_forms_agree(run, folder, tmp_path):
    code, told = run("compile", folder, "-o", tmp_path / "out")
    assert code == 0, told
    lines = (tmp_path / "out/train.jsonl").read_text("utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    assert [item["id"] for item in items] == [f"a{n:04}" for n in range(1, 21)]
    docs = DocBin().from_disk(tmp_path / "out/train.spacy")
    for item, doc in zip(items, docs.get_docs(spacy.blank("zh").vocab), strict=True):
        assert doc.text == item["text"]
        assert [[e.start_char, e.end_char, e.label_] for e in doc.ents] == item[
            "entities"
        ]
        held = {section for section, value in doc.cats.items() if value}
        assert held == set(item["sections"])


def test_stats_are_of_each_split(run, folder):
    code, told = run("stats", folder)
    counts = json.loads(told)
    assert code == 0
    assert [counts[n]["articles"] for n in ("all", "train", "dev", "test")] == [
        40,
        20,
        10,
        10,
    ]


def test_a_sealed_corpus_tells_what_changed(run, folder, monkeypatch):
    monkeypatch.setattr(
        compose, "PAGES", dict.fromkeys(compose.PAGES, 1)
    )  # as few as there are articles for
    monkeypatch.setattr("tagger.corpus.stale.PAGES", compose.PAGES)
    assert run("check", folder, "--sealed")[0] == 1
    assert run("pages", folder) == (0, "train: 1 pages\ndev: 1 pages\ntest: 1 pages\n")
    code, told = run("seal", folder)
    assert code == 0, told
    assert "| articles | 40 | 20 | 10 | 10 |" in (folder / "README.md").read_text()
    code, told = run("check", folder, "--sealed")
    assert code == 0, told
    path = folder / "articles/a0001.txt"
    path.write_text(path.read_text("utf-8").replace("。", "！"), encoding="utf-8")
    code, told = run("check", folder, "--sealed")
    assert code == 1
    assert "articles/a0001.txt has changed since the seal" in told
    assert "page train-01 is stale" in told


def test_agreement_is_measured_and_explained(run, folder):
    second = folder / "second"
    second.mkdir()
    for number in range(1, 5):
        name = f"a{number:04}.txt"
        text = (folder / "articles" / name).read_text("utf-8")
        (second / name).write_text(text, encoding="utf-8")
    assert "1.000" in run("agreement", folder)[1]
    text = (second / "a0002.txt").read_text("utf-8")
    text = text.replace("[[ORG|", "[[LOC|", 1)
    (second / "a0002.txt").write_text(text, encoding="utf-8")
    code, told = run("agreement", folder, "--differences")
    assert code == 0, told
    assert "a0002: name: first –, second " in told
    (second / "a0002.txt").write_text(text.replace("。", "！", 1), encoding="utf-8")
    code, told = run("agreement", folder)
    assert code == 1
    assert "second/a0002.txt reads" in told


def test_our_own_corpus_is_right_and_sealed(run):
    code, told = run("check", OURS, "--sealed", "--no-hints")
    assert code == 0, told
