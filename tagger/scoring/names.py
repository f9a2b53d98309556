"""Scores of names, all from a handful of counts for each article.

Strict: edges and type agree. Exact: edges agree. Type: a character is shared and the
type agrees. Partial: edges agree for 1, a character is shared for 1/2. The four are
those of SemEval-2013 task 9.1, where precision is what is correct of all predicted,
recall what is correct of all gold. Fuzzy: what the HIPE campaigns mean by it, type
and a shared character, each prediction standing for the first name still free.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from tagger.errors import SettingsError
from tagger.scoring.arrays import Floats, Ints, mean_of_defined, per_article, ratio
from tagger.scoring.documents import Document
from tagger.scoring.matching import Matching
from tagger.scoring.surfaces import Surfaces
from tagger.scoring.tallies import (
    COUNTED,
    Measure,
    Tally,
    Totals,
    column,
    precision_recall_f1,
    share,
    summed,
)

SCHEMAS: Final = ("strict", "exact", "type", "partial", "fuzzy")
#: What scores' names begin with.
_TAKEN: Final = frozenset({*SCHEMAS, "macro", "articles", "tags", "once", "effort"})
#: What one act of a reviewer costs: typing a name in is two acts, finding and marking.
EFFORT: Final = {"adds": 2.0, "deletes": 1.0, "moves": 1.0, "retypes": 1.0}


def names_tally(
    documents: Sequence[Document],
    matching: Matching,
    forms: Surfaces,
    labels: Sequence[str],
) -> Tally:
    """Count the names of each article and define every score of names.

    Raises:
        SettingsError: A label has the name of a score.
    """
    taken = _TAKEN.intersection(labels)
    if taken:
        label = min(taken)
        problem = f"label {label!r} is the name of a score; --labels {label}=OTHER"
        raise SettingsError(problem)
    counts = _span_counts(matching, len(documents), labels)
    counts |= _tag_counts(matching, forms, len(documents), labels)
    counts["characters"] = np.array([len(d.text) for d in documents], np.float64)
    counts |= _article_scores(counts, labels)
    measures: dict[str, Measure] = {}
    for schema in SCHEMAS:
        measures |= precision_recall_f1(
            f"{schema}.",
            _hits(schema, labels),
            _sum("gold", labels),
            _sum("predicted", labels),
        )
    measures |= _macro_over_types(labels) | _macro_over_articles()
    measures |= precision_recall_f1(
        "tags.",
        *(_sum(f"tags.{what}", labels) for what in COUNTED),
    )
    measures["once.r"] = lambda t: ratio(
        _sum("once", labels)(t), _sum("tags.gold", labels)(t)
    )
    measures |= _effort(labels)
    for label in labels:
        measures |= _measures_of(label)
    return Tally.of(counts, measures)


def _span_counts(
    matching: Matching, articles: int, labels: Sequence[str]
) -> dict[str, Floats]:
    gold, predicted, aligned = matching.gold, matching.predicted, matching.aligned
    exact, same = matching.is_exact(aligned), matching.is_same_type(aligned)
    blind_same = matching.is_same_type(matching.blind)
    by_label = {
        "gold": gold.label + gold.article * len(labels),
        "predicted": predicted.label + predicted.article * len(labels),
        "strict": _keys(matching, aligned.gold[exact & same], len(labels)),
        "type": _keys(matching, aligned.gold[same], len(labels)),
        "fuzzy": _keys(matching, matching.blind.gold[blind_same], len(labels)),
    }
    counts = {
        f"{label}.{what}": matrix[:, place]
        for what, keys in by_label.items()
        for matrix in [_matrix(keys, articles, len(labels))]
        for place, label in enumerate(labels)
    }
    return counts | {
        "exact": per_article(gold.article[aligned.gold[exact]], articles),
        "pairs": per_article(gold.article[aligned.gold], articles),
        "pairs.blind": per_article(gold.article[matching.blind.gold], articles),
    }


def _keys(matching: Matching, rows: Ints, labels: int) -> Ints:
    return matching.gold.label[rows] + matching.gold.article[rows] * labels


def _matrix(keys: Ints, articles: int, columns: int) -> Floats:
    flat = np.bincount(keys, minlength=articles * columns)
    return flat.reshape(articles, columns).astype(np.float64)


def _tag_counts(
    matching: Matching, forms: Surfaces, articles: int, labels: Sequence[str]
) -> dict[str, Floats]:
    """An article's tags are its distinct names: form and label, however often."""
    kinds = max(len(forms.forms), 1)
    gold, predicted = matching.gold, matching.predicted
    gold_keys = (gold.article * len(labels) + gold.label) * kinds + forms.gold
    own_keys = (predicted.article * len(labels) + predicted.label) * kinds
    own_keys = own_keys + forms.predicted
    aligned = matching.aligned
    strict = matching.is_exact(aligned) & matching.is_same_type(aligned)
    tags = {
        "tags.gold": _distinct(gold_keys),
        "tags.predicted": _distinct(own_keys),
        "once": _distinct(gold_keys[aligned.gold[strict]]),
    }
    both = np.sort(np.concatenate([tags["tags.gold"], tags["tags.predicted"]]))
    tags["tags.hit"] = both[1:][both[1:] == both[:-1]]
    return {
        f"{label}.{what}": matrix[:, place]
        for what, keys in tags.items()
        for matrix in [_matrix(keys // kinds, articles, len(labels))]
        for place, label in enumerate(labels)
    }


def _distinct(keys: Ints) -> Ints:
    """The keys sorted, each once; faster than hashing millions of them."""
    ordered = np.sort(keys)
    distinct: Ints = ordered[np.diff(ordered, prepend=-1) != 0]
    return distinct


def _article_scores(
    counts: Mapping[str, Floats], labels: Sequence[str]
) -> dict[str, Floats]:
    """Each article's own strict F1, its square, and whether it is defined."""
    hits, gold, own = (
        sum((counts[f"{label}.{what}"] for label in labels), np.zeros(1))
        for what in ("strict", "gold", "predicted")
    )
    empty = np.zeros_like(counts["characters"])
    f1 = ratio(2 * hits, gold + own) + empty
    defined = ~np.isnan(f1)
    f1 = np.where(defined, f1, 0.0)
    return {"articles.f1": f1, "articles.f1²": f1**2, "articles": defined * 1.0}


def _sum(what: str, labels: Sequence[str]) -> Measure:
    return summed([f"{label}.{what}" for label in labels])


def _hits(schema: str, labels: Sequence[str]) -> Measure:
    match schema:
        case "exact":
            return column("exact")
        case "partial":
            return lambda t: (t["exact"] + t["pairs.blind"]) / 2
        case _:
            return _sum(schema, labels)


def _measures_of(label: str) -> dict[str, Measure]:
    def partial(totals: Totals) -> Floats:
        return (totals[f"{label}.strict"] + totals[f"{label}.type"]) / 2

    gold, own = column(f"{label}.gold"), column(f"{label}.predicted")
    found = {
        f"{label}.": column(f"{label}.strict"),
        f"{label}.type.": column(f"{label}.type"),
        f"{label}.partial.": partial,
        f"{label}.fuzzy.": column(f"{label}.fuzzy"),
    }
    measures: dict[str, Measure] = {}
    for prefix, hits in found.items():
        measures |= precision_recall_f1(prefix, hits, gold, own)
    tags = (column(f"{label}.tags.{what}") for what in COUNTED)
    measures |= precision_recall_f1(f"{label}.tags.", *tags)
    measures[f"{label}.once.r"] = share(f"{label}.once", f"{label}.tags.gold")
    return measures


def _macro_over_types(labels: Sequence[str]) -> dict[str, Measure]:
    """The mean over the types that the gold has; others have no recall to speak of."""

    def mean(what: str) -> Measure:
        strict = {label: _measures_of(label)[f"{label}.{what}"] for label in labels}

        def over_types(totals: Totals) -> Floats:
            each = [
                np.where(totals[f"{label}.gold"] > 0, measure(totals), np.nan)
                for label, measure in strict.items()
            ]
            empty = np.full((1, *totals.values.shape[:-1]), np.nan)
            return mean_of_defined(np.concatenate([empty, *(e[None] for e in each)]))

        return over_types

    return {f"macro.{what}": mean(what) for what in ("p", "r", "f1")}


def _macro_over_articles() -> dict[str, Measure]:
    def deviation(totals: Totals) -> Floats:
        mean = ratio(totals["articles.f1"], totals["articles"])
        square = ratio(totals["articles.f1²"], totals["articles"])
        return np.sqrt(np.maximum(square - mean**2, 0.0))

    return {
        "articles.f1": share("articles.f1", "articles"),
        "articles.std": deviation,
    }


def _effort(labels: Sequence[str]) -> dict[str, Measure]:
    gold, own, same = (_sum(what, labels) for what in ("gold", "predicted", "type"))
    acts: dict[str, Measure] = {
        "adds": lambda t: gold(t) - t["pairs"],
        "deletes": lambda t: own(t) - t["pairs"],
        "moves": lambda t: t["pairs"] - t["exact"],
        "retypes": lambda t: t["pairs"] - same(t),
    }

    def per_1000(act: Measure) -> Measure:
        return lambda t: ratio(1000 * act(t), t["characters"])

    def weighted(totals: Totals) -> Floats:
        zero = np.zeros(totals.values.shape[:-1])
        return sum((EFFORT[name] * act(totals) for name, act in acts.items()), zero)

    return {"effort": per_1000(weighted)} | {
        f"effort.{name}": per_1000(act) for name, act in acts.items()
    }
