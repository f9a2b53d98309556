"""Curves over confidence: reliability, coverage against precision, average precision."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tagger.scoring.arrays import Flags, Floats
from tagger.scoring.documents import Document, Filing
from tagger.scoring.sections import BINS


@dataclass(frozen=True, slots=True)
class Bin:
    """Articles whose primary section was given with about the same confidence."""

    low: float
    high: float
    articles: int
    confidence: float | None
    accuracy: float | None


@dataclass(frozen=True, slots=True)
class CoveragePoint:
    """Filing only what is at least so sure files so much, and so much of it right."""

    threshold: float
    coverage: float
    precision: float


def _confidences(
    gold: Sequence[Document], predicted: Sequence[Document]
) -> tuple[Floats, Flags]:
    """Score of each scored primary section, and whether it is the gold's."""
    scores, right = [], []
    for document, found in zip(gold, predicted, strict=True):
        filing = found.filing or Filing(None)
        if document.filing and filing.primary and filing.confidence is not None:
            scores.append(filing.confidence)
            right.append(filing.primary == document.filing.primary)
    return np.array(scores, np.float64), np.array(right, np.bool_)


def reliability(gold: Sequence[Document], predicted: Sequence[Document]) -> list[Bin]:
    """Confidence against accuracy in bins of equal width."""
    scores, right = _confidences(gold, predicted)
    number = np.minimum((scores * BINS).astype(np.int64), BINS - 1)
    bins = []
    for place in range(BINS):
        inside = number == place
        some = bool(inside.any())
        bins.append(
            Bin(
                place / BINS,
                (place + 1) / BINS,
                int(inside.sum()),
                float(scores[inside].mean()) if some else None,
                float(right[inside].mean()) if some else None,
            )
        )
    return bins


def coverage_curve(
    gold: Sequence[Document], predicted: Sequence[Document]
) -> list[CoveragePoint]:
    """One point for each distinct confidence, the surest first.

    Coverage is of all articles the gold files, scored or not.
    """
    scores, right = _confidences(gold, predicted)
    filed = sum(document.filing is not None for document in gold)
    order = np.argsort(-scores, kind="stable")
    scores, hits = scores[order], np.cumsum(right[order])
    last = np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1)
    return [
        CoveragePoint(
            float(scores[n]), float((n + 1) / filed), float(hits[n] / (n + 1))
        )
        for n in (last if len(scores) else ())
    ]


def coverage_at(
    curve: Sequence[CoveragePoint], precision: float
) -> CoveragePoint | None:
    """The point that files most at no less than a precision."""
    good = [point for point in curve if point.precision >= precision]
    return max(good, key=lambda point: point.coverage, default=None)


def average_precision(
    gold: Sequence[Document], predicted: Sequence[Document], section: str
) -> float | None:
    """Area under a section's precision-recall steps; equal scores are one step.

    A section without a score counts as scored 0. None when no system score or no
    gold article is there.
    """
    scores, relevant = [], []
    for document, found in zip(gold, predicted, strict=True):
        if document.filing:
            given = found.filing.scores if found.filing else {}
            scores.append(given.get(section, 0.0))
            relevant.append(section in document.filing.all)
    if not any(scores) or not any(relevant):
        return None
    order = np.argsort(-np.array(scores), kind="stable")
    ranked, hits = np.array(scores)[order], np.cumsum(np.array(relevant)[order])
    last = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    precision, recall = hits[last] / (last + 1), hits[last] / hits[-1]
    return float((np.diff(recall, prepend=0.0) * precision).sum())
