"""Scores of filing: is the primary section right, are the further ones, is it sure."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from tagger.scoring.arrays import Floats, mean_of_defined, ratio
from tagger.scoring.baselines import by_headline, by_majority
from tagger.scoring.documents import Document, Filing
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

#: Bins of equal width for the calibration error.
BINS: Final = 10


def sections_of(
    gold: Sequence[Document], predicted: Sequence[Document]
) -> tuple[str, ...]:
    """All sections that occur, sorted."""
    found = {s for d in (*gold, *predicted) if d.filing for s in d.filing.all}
    return tuple(sorted(found))


def sections_tally(
    gold: Sequence[Document], predicted: Sequence[Document], sections: Sequence[str]
) -> Tally:
    """Count how each filed article was filed; articles the gold does not file are 0."""
    majority = by_majority(gold)
    filings = [
        (
            document.filing or Filing(None),
            found.filing or Filing(None),
            majority,
            by_headline(document, majority),
        )
        for document, found in zip(gold, predicted, strict=True)
    ]
    rows = [
        _row(*filing) if document.filing else {}
        for document, filing in zip(gold, filings, strict=True)
    ]
    names = [*_OVERALL, *(f"section.{s}.{w}" for s in sections for w in COUNTED)]
    counts = {
        name: np.array([row.get(name, 0.0) for row in rows], np.float64)
        for name in names
    }
    return Tally.of(counts, _measures(sections))


def confusions(
    gold: Sequence[Document], predicted: Sequence[Document]
) -> list[tuple[str, str | None, int]]:
    """Wrong primary sections, commonest first: the gold's, the predicted, how often."""
    pairs = Counter(
        (document.filing.primary or "", found.filing.primary if found.filing else None)
        for document, found in zip(gold, predicted, strict=True)
        if document.filing
    )
    wrong = [(*pair, count) for pair, count in pairs.items() if pair[0] != pair[1]]
    return sorted(wrong, key=lambda item: (-item[2], item[0], item[1] or ""))


_BIN_COLUMNS: Final = [
    f"sections.bin{number}.{what}"
    for number in range(BINS)
    for what in ("n", "confidence", "right")
]
_OVERALL: Final = [
    "sections.n",
    "sections.primary",
    "sections.in_set",
    "sections.exact",
    "sections.example",
    "sections.top3",
    "sections.scored",
    "sections.brier",
    "baseline.majority.primary",
    "baseline.majority.in_set",
    "baseline.keywords.primary",
    "baseline.keywords.in_set",
    *_BIN_COLUMNS,
]


def _row(
    gold: Filing, predicted: Filing, majority: Filing, keywords: Filing
) -> dict[str, float]:
    shared = gold.all & predicted.all
    sizes = len(gold.all) + len(predicted.all)
    row: dict[str, float] = {
        "sections.n": 1,
        "sections.primary": predicted.primary == gold.primary,
        "sections.in_set": predicted.primary in gold.all,
        "sections.exact": predicted.all == gold.all,
        "sections.example": 2 * len(shared) / max(sizes, 1),
        "sections.top3": gold.primary in predicted.ranking[:3],
    }
    for name, filing in (("majority", majority), ("keywords", keywords)):
        row[f"baseline.{name}.primary"] = filing.primary == gold.primary
        row[f"baseline.{name}.in_set"] = filing.primary in gold.all
    for what, kind in zip(COUNTED, (shared, gold.all, predicted.all), strict=True):
        row |= dict.fromkeys((f"section.{section}.{what}" for section in kind), 1.0)
    return row | _confidence(gold, predicted)


def _confidence(gold: Filing, predicted: Filing) -> dict[str, float]:
    sure = predicted.confidence
    if predicted.primary is None or sure is None:
        return {}
    right = float(predicted.primary == gold.primary)
    # the last bin includes 1, the others not their upper end
    name = f"sections.bin{min(int(sure * BINS), BINS - 1)}"
    return {
        "sections.scored": 1,
        "sections.brier": (sure - right) ** 2,
        f"{name}.n": 1,
        f"{name}.confidence": sure,
        f"{name}.right": right,
    }


def _measures(sections: Sequence[str]) -> dict[str, Measure]:
    measures: dict[str, Measure] = {
        "sections.primary": share("sections.primary", "sections.n"),
        "sections.in_set": share("sections.in_set", "sections.n"),
        "sections.exact": share("sections.exact", "sections.n"),
        "sections.example.f1": share("sections.example", "sections.n"),
        "sections.top3.r": share("sections.top3", "sections.n"),
        "sections.ece": _calibration_error,
        "sections.brier": share("sections.brier", "sections.scored"),
    }
    for name in ("majority", "keywords"):
        for what in ("primary", "in_set"):
            column_name = f"baseline.{name}.{what}"
            measures[column_name] = share(column_name, "sections.n")
    each = {
        section: precision_recall_f1(
            f"section.{section}.",
            *(column(f"section.{section}.{what}") for what in COUNTED),
        )
        for section in sections
    }
    sums = (summed([f"section.{s}.{what}" for s in sections]) for what in COUNTED)
    measures |= precision_recall_f1("sections.micro.", *sums)
    measures["sections.macro.f1"] = _macro(each)
    for own in each.values():
        measures |= own
    return measures


def _macro(each: dict[str, dict[str, Measure]]) -> Measure:
    """The mean F1 over the sections that the gold has."""

    def mean(totals: Totals) -> Floats:
        f1 = [np.full((1, *totals.values.shape[:-1]), np.nan)]
        for section, own in each.items():
            has_gold = totals[f"section.{section}.gold"] > 0
            f1.append(
                np.where(has_gold, own[f"section.{section}.f1"](totals), np.nan)[None]
            )
        return mean_of_defined(np.concatenate(f1))

    return mean


def _calibration_error(totals: Totals) -> Floats:
    """How far confidence is from accuracy, bin by bin, weighted by articles."""
    gaps = [
        np.abs(totals[f"sections.bin{n}.right"] - totals[f"sections.bin{n}.confidence"])
        for n in range(BINS)
    ]
    return ratio(
        sum(gaps, np.zeros(totals.values.shape[:-1])), totals["sections.scored"]
    )
