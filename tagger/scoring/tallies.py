"""Scores are counts until someone asks.

A tally holds integers for each article. Sums of its rows, over all articles, over a
slice, or over a resample with weights, make totals; a measure makes a score of totals.
So one definition of a score serves its value, its interval and its test.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from tagger.scoring.arrays import Floats, Ints, ratio


@dataclass(frozen=True, slots=True)
class Totals:
    """Summed counts by name: an array with one number for each set of totals."""

    values: Floats
    places: Mapping[str, int]

    def __getitem__(self, column: str) -> Floats:
        return self.values[..., self.places[column]]


Measure = Callable[[Totals], Floats]
#: What is counted for precision, recall and F1, in the order `precision_recall_f1` takes.
COUNTED: Final = ("hit", "gold", "predicted")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of each article, and the scores that can be made of their sums."""

    columns: tuple[str, ...]
    #: Articles x columns, in blocks side by side: copies of all would take much room.
    blocks: tuple[Floats, ...]
    measures: Mapping[str, Measure]

    @classmethod
    def of(cls, counts: Mapping[str, Floats], measures: Mapping[str, Measure]) -> Self:
        """A tally of named columns."""
        block = np.stack([*counts.values()], axis=1)
        return cls(tuple(counts), (block,), measures)

    def __len__(self) -> int:
        return len(self.blocks[0]) if self.blocks else 0

    def totals(self, weights: Floats | None = None) -> Floats:
        """Sums over the articles, each as often as ``weights`` (trials x articles) say."""
        sums = [b.sum(axis=0) if weights is None else weights @ b for b in self.blocks]
        return np.concatenate(sums, axis=-1)

    def scores(self, totals: Floats) -> dict[str, Floats]:
        """Every measure of totals whose last axis are the columns; NaN if undefined."""
        places = {column: place for place, column in enumerate(self.columns)}
        named = Totals(totals, places)
        return {name: measure(named) for name, measure in self.measures.items()}

    def only(self, names: Sequence[str]) -> Self:
        """The same counts with fewer measures."""
        kept = {name: self.measures[name] for name in names}
        return type(self)(self.columns, self.blocks, kept)

    def clustered(self, cluster: Ints, clusters: int) -> Self:
        """Rows of articles that hang together, summed: ``cluster`` numbers them."""
        blocks = []
        for block in self.blocks:
            summed = np.zeros((clusters, block.shape[1]))
            np.add.at(summed, cluster, block)
            blocks.append(summed)
        return type(self)(self.columns, tuple(blocks), self.measures)


def join(tallies: Sequence[Tally]) -> Tally:
    """One tally of several over the same articles, so that they are resampled together."""
    return Tally(
        tuple(column for tally in tallies for column in tally.columns),
        tuple(block for tally in tallies for block in tally.blocks),
        {name: m for tally in tallies for name, m in tally.measures.items()},
    )


def precision_recall_f1(
    prefix: str, hits: Measure, gold: Measure, predicted: Measure
) -> dict[str, Measure]:
    """The three measures of hits among gold and predicted things, named from ``prefix``.

    F1 is 0 when there was something to find or something found, and no hit.
    """
    return {
        f"{prefix}p": lambda t: ratio(hits(t), predicted(t)),
        f"{prefix}r": lambda t: ratio(hits(t), gold(t)),
        f"{prefix}f1": lambda t: ratio(2 * hits(t), gold(t) + predicted(t)),
    }


def column(name: str) -> Measure:
    """The measure that is a column's total."""
    return lambda totals: totals[name]


def summed(columns: Sequence[str]) -> Measure:
    """The measure that is the sum of columns' totals; 0 of none."""

    def total(totals: Totals) -> Floats:
        zero = np.zeros(totals.values.shape[:-1])
        return sum((totals[column] for column in columns), zero)

    return total


def share(part: str, whole: str) -> Measure:
    """The measure that is one column's part of another."""
    return lambda totals: ratio(totals[part], totals[whole])
