"""Scores of names: definitions, properties, and agreement with the reference scorers."""

from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nervaluate import Evaluator
from scoring_cases import (
    LABELS,
    corpora,
    marked,
    random_corpus,
    scores_of,
    totals_of,
)
from seqeval.metrics.v1 import precision_recall_fscore_support
from seqeval.scheme import IOB2
from sklearn.metrics import f1_score

from tagger.errors import MisalignedSpanError, SettingsError
from tagger.scoring.documents import Document, Span
from tagger.scoring.matching import match
from tagger.scoring.tables import labels_of, table


def close(a, b):
    return a is b or (a is not None and b is not None and abs(a - b) < 1e-9)


def test_scores_of_a_page_worked_out_by_hand():
    text, gold = marked("[云川市](LOC)[教育局](ORG)的[陈立文](PER)去[柳湾县](LOC)")
    _, found = marked("[云川市教育局](ORG)的[陈立文](PER)去[柳湾县](ORG)")
    scores = scores_of([Document("a", text, gold)], [Document("a", text, found)])
    assert close(scores["strict.p"], 1 / 3)
    assert close(scores["strict.r"], 1 / 4)
    assert close(scores["strict.f1"], 2 / 7)
    assert close(scores["exact.f1"], 4 / 7)
    # the merged name stands for 教育局, whose type it has, not for 云川市
    assert close(scores["type.r"], 2 / 4)
    assert close(scores["partial.r"], (2 + 0.5) / 4)
    # HIPE lets it stand for 云川市, the first it meets
    assert close(scores["fuzzy.r"], 1 / 4)
    assert close(scores["tags.f1"], 2 / 7)
    assert close(scores["once.r"], 1 / 4)
    assert close(scores["effort.adds"], 1000 / len(text))
    assert close(scores["effort.moves"], 1000 / len(text))
    assert close(scores["effort.retypes"], 1000 / len(text))
    assert close(scores["effort.deletes"], 0.0)
    assert close(scores["effort"], 4000 / len(text))


def test_what_is_undefined_is_none_and_nothing_else_is():
    empty = [Document("a", "无名", ())]
    assert all(
        value is None
        for name, value in scores_of(empty, empty, LABELS).items()
        if not name.startswith("effort")
    )
    some = [Document("a", "云川", (Span(0, 2, "LOC"),))]
    scores = scores_of(some, empty, LABELS)
    assert scores["strict.p"] is None
    assert scores["strict.r"] == scores["strict.f1"] == 0.0
    assert scores["PER.f1"] is None
    assert scores["macro.f1"] == 0.0


def test_names_of_one_article_are_one_tag_and_padding_is_none():
    text, gold = marked("[丁 洁](PER)、[丁洁](PER)、[丁\n洁](PER)")
    gold = [Document("a", text, gold)]
    predicted = [Document("a", text, gold[0].spans[1:2])]
    scores = scores_of(gold, predicted)
    assert scores["tags.f1"] == scores["once.r"] == 1.0
    assert close(scores["strict.r"], 1 / 3)


@pytest.mark.parametrize(
    "spans",
    [
        (Span(0, 3, "PER"), Span(2, 4, "LOC")),
        (Span(2, 9, "PER"),),
        (Span(3, 3, "PER"),),
    ],
)
def test_spans_that_overlap_or_leave_the_text_are_refused(spans):
    with pytest.raises(MisalignedSpanError, match="d7"):
        table([Document("d7", "云川市教育", spans)], ("LOC", "PER"))


def test_a_label_cannot_have_the_name_of_a_score():
    gold = [Document("a", "云川", (Span(0, 2, "type"),))]
    with pytest.raises(SettingsError, match="name of a score"):
        scores_of(gold, gold)


@given(corpora(), st.randoms())
def test_order_of_articles_and_spans_never_matters(corpus, random):
    gold, predicted = corpus
    order = list(range(len(gold)))
    random.shuffle(order)

    def shuffled(side):
        mixed = [list(document.spans) for document in side]
        for spans in mixed:
            random.shuffle(spans)
        return [Document(side[n].id, side[n].text, tuple(mixed[n])) for n in order]

    one, two = (
        scores_of(gold, predicted),
        scores_of(shuffled(gold), shuffled(predicted)),
    )
    assert one.keys() == two.keys()
    assert all(close(one[name], two[name]) for name in one)


@given(corpora())
def test_swapping_gold_and_prediction_swaps_precision_and_recall(corpus):
    gold, predicted = corpus
    one, two = scores_of(gold, predicted), scores_of(predicted, gold)
    for name, value in one.items():
        if name.startswith(("macro.", "once", "effort")) or ".once" in name:
            continue
        other = {"p": "r", "r": "p"}.get(name.rpartition(".")[2])
        swapped = name if other is None else f"{name.rpartition('.')[0]}.{other}"
        assert close(value, two[swapped])
    assert close(one["effort.adds"], two["effort.deletes"])
    assert close(one["effort.moves"], two["effort.moves"])


@given(corpora(), st.integers(1, 5))
def test_scores_are_equal_on_shifted_text(corpus, by):
    def shifted(side):
        return [
            Document(
                d.id,
                "前" * by + d.text,
                tuple(Span(a + by, b + by, label) for a, b, label in d.spans),
            )
            for d in side
        ]

    one, two = scores_of(*corpus), scores_of(*map(shifted, corpus))
    assert all(
        close(one[name], two[name]) for name in one if not name.startswith("effort")
    )


@given(corpora(), st.data())
def test_adding_a_right_span_never_lowers_a_score(corpus, data):
    gold, predicted = corpus
    number = data.draw(st.integers(0, len(gold) - 1))
    missing = [
        span
        for span in gold[number].spans
        if all(
            p.end <= span.start or span.end <= p.start for p in predicted[number].spans
        )
    ]
    if not missing:
        return
    own = predicted[number]
    added = (*own.spans, data.draw(st.sampled_from(missing)))
    better = [*predicted]
    better[number] = Document(own.id, own.text, added)
    before, after = scores_of(gold, predicted), scores_of(gold, better)
    for name, value in before.items():
        if name.endswith("f1") and value is not None:
            assert after[name] >= value - 1e-12, name
    assert after["effort"] < before["effort"]


def best_by_trying(gold, predicted):
    """Largest type matches, pairs with so many, and pairs at all, over all pairings."""
    edges = [
        (g, p) for g in gold for p in predicted if g.start < p.end and p.start < g.end
    ]
    best, most = (0, 0, 0), 0
    for size in range(len(edges) + 1):
        for chosen in combinations(edges, size):
            if len({g for g, _ in chosen}) < size or len({p for _, p in chosen}) < size:
                continue
            same = sum(g.label == p.label for g, p in chosen)
            shared = sum(min(g.end, p.end) - max(g.start, p.start) for g, p in chosen)
            best, most = max(best, (same, size, shared)), max(most, size)
    return best, most


@given(corpora(most=1))
def test_the_pairing_is_the_best_of_all_pairings(corpus):
    (gold,), (predicted,) = corpus
    labels = labels_of(*corpus)
    found = match(table([gold], labels), table([predicted], labels))
    aligned = [
        (found.gold.span(g, labels), found.predicted.span(p, labels))
        for g, p in zip(found.aligned.gold, found.aligned.predicted, strict=True)
    ]
    best, most = best_by_trying(gold.spans, predicted.spans)
    same = sum(g.label == p.label for g, p in aligned)
    shared = sum(min(g.end, p.end) - max(g.start, p.start) for g, p in aligned)
    assert (same, len(aligned), shared) == best
    assert len({g for g, _ in aligned}) == len({p for _, p in aligned}) == len(aligned)
    assert len(found.blind.gold) == most


# Referees. Each is right somewhere; there we must agree to 1e-9.


def bio(document):
    tags = ["O"] * len(document.text)
    for start, end, label in document.spans:
        tags[start] = f"B-{label}"
        tags[start + 1 : end] = [f"I-{label}"] * (end - start - 1)
    return tags


@pytest.mark.parametrize("like_gold", [True, False])
def test_seqeval_in_strict_mode_agrees(like_gold):
    for seed in range(100):
        gold, predicted = random_corpus(seed, articles=20, like_gold=like_gold)
        ours, true, found = (
            scores_of(gold, predicted),
            [bio(d) for d in gold],
            [bio(d) for d in predicted],
        )
        labels = sorted({s.label for d in [*gold, *predicted] for s in d.spans})
        for average in ("micro", None):
            p, r, f, _ = precision_recall_fscore_support(
                true, found, average=average, scheme=IOB2, zero_division=0
            )
            names = ["strict"] if average else labels
            for name, *wanted in zip(
                names, *map(np.atleast_1d, (p, r, f)), strict=True
            ):
                for what, value in zip("p r f1".split(), wanted, strict=True):
                    # seqeval calls 0/0 a 0, we call it undefined
                    assert close(ours[f"{name}.{what}"] or 0.0, value)


def is_simple(gold, predicted):
    """No name touches two of the other side: there nervaluate's order cannot bite."""
    labels = labels_of(gold, predicted)
    edges = match(table(gold, labels), table(predicted, labels)).edges
    return len(set(edges.gold)) == len(set(edges.predicted)) == len(edges.gold)


def test_nervaluate_agrees_where_its_order_cannot_bite():
    names = {
        "strict": "strict",
        "exact": "exact",
        "partial": "partial",
        "type": "ent_type",
    }
    compared = 0
    for seed in range(100):
        pairs = zip(*random_corpus(seed, articles=60, length=24), strict=True)
        simple = [(g, p) for g, p in pairs if is_simple([g], [p])]
        gold, predicted = [list(side) for side in zip(*simple, strict=True)]
        compared += len(gold)
        sides = [
            # its ends are inclusive
            [
                [{"label": s[2], "start": s[0], "end": s[1] - 1} for s in d.spans]
                for d in side
            ]
            for side in (gold, predicted)
        ]
        theirs = Evaluator(*sides, tags=list(LABELS), loader="dict").evaluate()
        ours, totals = scores_of(gold, predicted), totals_of(gold, predicted)
        for name, key in names.items():
            result = theirs["overall"][key]
            for what, value in zip(
                ("p", "r", "f1"),
                (result.precision, result.recall, result.f1),
                strict=True,
            ):
                assert close(ours[f"{name}.{what}"] or 0.0, value)
        for label, results in theirs["entities"].items():
            for schema, key in (
                ("", "strict"),
                ("type.", "ent_type"),
                ("partial.", "partial"),
            ):
                wanted = results[key]
                assert close(ours[f"{label}.{schema}f1"] or 0.0, wanted.f1)
        partial = theirs["overall"]["partial"]
        assert totals["exact"] == partial.correct
        assert totals["pairs.blind"] - totals["exact"] == partial.partial
    assert compared > 2000


def hipe_fuzzy(gold, predicted):
    """HIPE's algorithm for one article: greedy in reading order, type compared after."""
    taken, correct = set(), 0
    for found in predicted:
        if found in gold:
            taken.add(found)
            correct += 1
            continue
        for name in gold:
            meets = name.start < found.end and found.start < name.end
            if meets and (name not in taken or name[:2] == found[:2]):
                taken.add(name)
                correct += name.label == found.label
                break
    return correct


@pytest.mark.parametrize("like_gold", [True, False])
def test_hipe_fuzzy_agrees(like_gold):
    for seed in range(100):
        gold, predicted = random_corpus(seed, articles=20, like_gold=like_gold)
        correct = sum(
            hipe_fuzzy(g.spans, p.spans) for g, p in zip(gold, predicted, strict=True)
        )
        scores = scores_of(gold, predicted)
        possible = sum(len(d.spans) for d in gold)
        actual = sum(len(d.spans) for d in predicted)
        assert close(scores["fuzzy.r"], correct / possible if possible else None)
        assert close(scores["fuzzy.p"], correct / actual if actual else None)


def test_sklearn_agrees_on_macro_over_types_and_tags():
    for seed in range(100):
        gold, predicted = random_corpus(seed, articles=20)
        keys = sorted(
            {(d.id, *s) for side in (gold, predicted) for d in side for s in d.spans}
        )
        if not keys:
            continue
        scores = scores_of(gold, predicted)
        by_label = defaultdict(list)
        for key in keys:
            by_label[key[3]].append(key)
        marks = [
            {(d.id, *s) for d in side for s in d.spans} for side in (gold, predicted)
        ]
        each = []
        for label, own in by_label.items():
            true, found = ([k in mark for k in own] for mark in marks)
            f1 = f1_score(true, found, zero_division=0)
            assert close(scores[f"{label}.f1"], f1)
            if any(true):
                each.append(f1)
        # scikit-learn would count types the gold lacks as 0; we leave them out
        assert close(scores["macro.f1"], float(np.mean(each)) if each else None)


def test_article_scores_have_the_plain_mean_and_deviation():
    for seed in range(100):
        gold, predicted = random_corpus(seed)
        each = [
            scores_of([g], [p])["strict.f1"]
            for g, p in zip(gold, predicted, strict=True)
            if g.spans or p.spans
        ]
        scores = scores_of(gold, predicted)
        assert close(scores["articles.f1"], float(np.mean(each)) if each else None)
        assert each == [] or abs(scores["articles.std"] - np.std(each)) < 1e-7
