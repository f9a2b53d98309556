"""Intervals, paired tests, sample sizes, agreement."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_cases import corpora, random_corpus, tally_of
from sklearn.metrics import cohen_kappa_score

from tagger.scoring.agreement import agreement, cohens_kappa
from tagger.scoring.documents import Document, Filing
from tagger.scoring.statistics import (
    Figure,
    Resampling,
    articles_needed,
    compare,
    figures,
    values,
)
from tagger.scoring.tallies import Tally, join, share


def coins(hits):
    """A tally whose one score is the share of hits."""
    hits = np.asarray(hits, float)
    return Tally.of(
        {"hit": hits, "n": np.ones(len(hits))}, {"share": share("hit", "n")}
    )


def test_interval_of_a_share_is_the_binomial_one():
    hits = np.arange(400) < 240
    figure = figures(coins(hits), Resampling(trials=4000))["share"]
    half = 1.96 * np.sqrt(0.6 * 0.4 / 400)
    assert figure.value == 0.6
    assert figure.low == pytest.approx(0.6 - half, abs=0.006)
    assert figure.high == pytest.approx(0.6 + half, abs=0.006)


def test_articles_of_a_page_are_drawn_together():
    # each page all right or all wrong: ten independent things, not two hundred
    hits = np.repeat(np.arange(10) < 5, 20)
    alone = figures(coins(hits), Resampling())["share"]
    pages = np.repeat(np.arange(10), 20).tolist()
    together = figures(coins(hits), Resampling(clusters=pages))["share"]
    assert together.value == alone.value == 0.5
    assert together.half_width > 3 * alone.half_width


def test_the_same_seed_gives_the_same_interval_and_another_does_not():
    tally = tally_of(*random_corpus(1, articles=30))
    one, two = (figures(tally, Resampling(300, seed=7)) for _ in range(2))
    assert one == two
    assert one != figures(tally, Resampling(300, seed=8))


def test_large_and_small_portions_draw_the_same(monkeypatch):
    tally = tally_of(*random_corpus(2, articles=30))
    whole = figures(tally, Resampling(200))
    monkeypatch.setattr("tagger.scoring.statistics._AT_ONCE", 100)
    assert figures(tally, Resampling(200)) == whole


@settings(max_examples=30)
@given(corpora())
def test_intervals_hold_their_value_or_are_undefined(corpus):
    for name, figure in figures(tally_of(*corpus), Resampling(200)).items():
        if figure.value is None:
            assert figure.low is None or "p" in name
        elif figure.low is not None and figure.low == figure.high:
            assert figure.value == pytest.approx(figure.low)


def test_one_article_or_page_alone_tells_nothing_of_variation():
    gold, found = random_corpus(5, articles=1)
    alone = figures(tally_of(gold, found), Resampling(50))["strict.f1"]
    assert alone.value is not None
    assert (alone.low, alone.high) == (None, None)
    gold, found = random_corpus(5, articles=4)
    of_one_page = Resampling(50, clusters=["p"] * 4)
    assert figures(tally_of(gold, found), of_one_page)["strict.f1"].low is None
    change = compare(tally_of(gold, found), tally_of(gold, gold), of_one_page)
    assert change["strict.f1"].p == 1
    assert change["strict.f1"].difference.low is None


def test_without_draws_there_is_neither_interval_nor_p():
    gold, found = random_corpus(5)
    change = compare(tally_of(gold, found), tally_of(gold, gold), Resampling(0))
    assert change["strict.f1"].p is None
    assert change["strict.f1"].difference.low is None


def test_no_article_is_no_score():
    assert figures(coins([]), Resampling())["share"] == Figure(None)
    assert values(coins([]))["share"] == Figure(None)


def exact_p(a, b):
    """The permutation test with every exchange tried."""
    change, seen = (
        np.asarray(b, float) - np.asarray(a, float),
        abs(np.sum(b) - np.sum(a)),
    )
    tried = [abs(np.dot(signs, change)) for signs in product((-1, 1), repeat=len(a))]
    return np.mean([value >= seen - 1e-12 for value in tried])


def test_permutation_p_is_that_of_all_exchanges():
    rng = np.random.default_rng(3)
    for _ in range(5):
        a, b = rng.integers(0, 2, 10), rng.integers(0, 2, 10)
        found = compare(coins(a), coins(b), Resampling(trials=6000))["share"]
        assert found.p == pytest.approx(exact_p(a, b), abs=0.025)
        assert found.difference.value == pytest.approx(np.mean(a) - np.mean(b))


def test_a_system_does_not_differ_from_itself():
    tally = tally_of(*random_corpus(4))
    for difference in compare(tally, tally, Resampling(100)).values():
        if difference.p is not None:
            assert difference.p == 1.0
            assert difference.difference.value == 0.0


def test_comparing_other_way_round_turns_the_sign():
    gold, a = random_corpus(5, articles=20)
    _, b = random_corpus(5, articles=20, like_gold=False)
    labels = ("PER", "LOC", "ORG")
    ours, theirs = tally_of(gold, a, labels), tally_of(gold, b, labels)
    one = compare(ours, theirs, Resampling(500))["strict.f1"]
    two = compare(theirs, ours, Resampling(500))["strict.f1"]
    assert one.difference.value == pytest.approx(-two.difference.value)
    assert one.difference.low == pytest.approx(-two.difference.high)
    assert one.p == pytest.approx(two.p)
    assert one.p < 0.05
    assert one.difference.low > 0


def test_tallies_of_other_articles_are_not_compared():
    with pytest.raises(ValueError, match="same articles"):
        compare(coins([1, 0]), coins([1]), Resampling())


def test_four_times_the_articles_halve_the_interval():
    assert articles_needed(Figure(0.8, 0.76, 0.84), 100, 0.02) == 300
    assert articles_needed(Figure(0.8, 0.79, 0.81), 100, 0.02) == 0
    assert articles_needed(Figure(None), 100, 0.02) is None


def test_joined_tallies_score_as_alone():
    one, two = coins([1, 0, 1]), tally_of(*random_corpus(6, articles=3))
    joined = values(join([one, two]))
    assert joined == values(one) | values(two)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1))
def test_kappa_agrees_with_sklearn(pairs):
    a, b = zip(*pairs, strict=True)
    ours = cohens_kappa(a, b)
    if ours is None:
        assert len({*a, *b}) == 1
    else:
        assert ours == pytest.approx(cohen_kappa_score(a, b), abs=1e-9)


def test_annotators_agree_the_same_either_way_round():
    a, b = random_corpus(8)
    a = [Document(d.id, d.text, d.spans, Filing("law")) for d in a]
    b = [
        Document(d.id, d.text, d.spans, Filing("law" if n else "health", ("law",)))
        for n, d in enumerate(b)
    ]
    one, two = agreement(a, b, Resampling(50)), agreement(b, a, Resampling(50))
    assert one.names["strict.f1"].value == two.names["strict.f1"].value
    assert one.kappa == two.kappa
    assert set(one.kappa_of) == {"law", "health"}
    assert one.names["PER.f1"].low is not None
