"""What was taken for what, nothing included."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tagger.scoring.arrays import Ints
from tagger.scoring.matching import Matching


@dataclass(frozen=True, slots=True)
class Confusion:
    """``counts[gold, predicted]``; the last row and the last column are "nothing"."""

    labels: tuple[str, ...]
    counts: Ints


def confusion(matching: Matching, labels: Sequence[str]) -> Confusion:
    """Count the pairs of types of aligned names, and the names without a partner."""
    nothing = len(labels)
    gold, predicted, pairs = matching.gold, matching.predicted, matching.aligned
    counts = np.zeros((nothing + 1, nothing + 1), np.int64)
    np.add.at(counts, (gold.label[pairs.gold], predicted.label[pairs.predicted]), 1)
    for side, rows, place in (
        (gold, pairs.gold, (slice(nothing), nothing)),
        (predicted, pairs.predicted, (nothing, slice(nothing))),
    ):
        alone = np.ones(len(side), bool)
        alone[rows] = False
        counts[place] = np.bincount(side.label[alone], minlength=nothing)
    return Confusion(tuple(labels), counts)
