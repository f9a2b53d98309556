from pathlib import Path

import pytest
from corpus_cases import HEAD, article
from hypothesis import given
from hypothesis import strategies as st

from tagger.corpus.invariants import (
    near_duplicates,
    read_known,
    same_titles,
    shared_persons,
    violations,
)
from tagger.corpus.reading import parse_article
from tagger.corpus.splits import SplitName, Splits, read_splits
from tagger.errors import GoldError

SPLITS = Splits(
    (
        (SplitName.TRAIN, "a0001", "a0010"),
        (SplitName.DEV, "a0011", "a0020"),
        (SplitName.TEST, "a0021", "a0030"),
    )
)
RUNS = st.text("山水风云田林", min_size=1, max_size=40)


def read(name: str, body: str):
    return parse_article(Path(f"{name}.txt"), f"{HEAD}{body}\n")


@given(RUNS, RUNS)
def test_similarity_is_that_of_the_sets_of_runs(a, b):
    def runs(text):
        return {text[n : n + 5] for n in range(max(1, len(text) - 4))}

    wanted = len(runs(a) & runs(b)) / len(runs(a) | runs(b))
    found = near_duplicates([read("a0001", a), read("a0002", b)], least=0.0)
    assert (found[0].similarity if found else 0.0) == pytest.approx(wanted)


def test_an_article_told_twice_is_found():
    told = article(7).split("---\n")[2].strip()
    again = told.replace("，", "；")
    pairs = near_duplicates(
        [read("a0001", told), read("a0012", again), read("a0002", "别的事情。")]
    )
    assert [(pair.a, pair.b) for pair in pairs] == [("a0001", "a0012")]


def test_nobody_is_in_two_splits():
    here = read("a0001", "[[PER|丁 洁]]、[[PER|雷锋]]、[[PER|老王]]、[[PER|陈]]女士。")
    there = read("a0012", "[[PER|丁洁]]、[[PER|雷锋]]、[[PER|老王]]、[[PER|陈]]先生。")
    again = read("a0002", "[[PER|马某某]]、[[PER|丁洁]]。")
    found = shared_persons([here, again, there], SPLITS, frozenset({"雷锋"}))
    assert found == {"丁洁": {SplitName.TRAIN: "a0001", SplitName.DEV: "a0012"}}
    assert shared_persons([here, again], SPLITS, frozenset()) == {}


def test_every_violation_is_told_in_words():
    here = read("a0001", "# 同题\n[[PER|丁洁]]在此。")
    there = read("a0012", "# 同题\n[[PER|丁洁]]在此。")
    assert same_titles([here, there]) == {"同题": ["a0001", "a0012"]}
    told = "\n".join(violations([here, there], SPLITS, frozenset()))
    assert "share 100%" in told
    assert "丁洁 is in more than one split" in told
    assert "同题" in told


def test_known_persons_are_read(tmp_path):
    assert read_known(tmp_path) == frozenset()
    (tmp_path / "known_persons.txt").write_text("# x\n鲁迅\n", encoding="utf-8")
    assert read_known(tmp_path) == {"鲁迅"}


def test_splits_are_read(tmp_path):
    (tmp_path / "splits.txt").write_text(
        "# x\n\ntrain a0001 a0010\ntest a0011 a0012\n", encoding="utf-8"
    )
    splits = read_splits(tmp_path)
    assert splits["a0005"] is SplitName.TRAIN
    assert splits["a0012"] is SplitName.TEST
    with pytest.raises(GoldError, match="a0099 is in no range"):
        splits["a0099"]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("train a0001", "expected"),
        ("learn a0001 a0002", "expected"),
        ("train a0002 a0001", "rise"),
        ("train a0001 a0005\ndev a0005 a0009", "overlap"),
    ],
)
def test_wrong_splits_are_refused(tmp_path, lines, problem):
    (tmp_path / "splits.txt").write_text(lines, encoding="utf-8")
    with pytest.raises(GoldError, match=problem):
        read_splits(tmp_path)


def test_missing_splits_are_refused(tmp_path):
    with pytest.raises(GoldError, match="missing"):
        read_splits(tmp_path)
