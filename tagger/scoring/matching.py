"""Which predicted name stands for which gold name: the best one-to-one pairing.

Gold spans do not overlap each other, nor do predicted ones. So the pairs of gold and
predicted spans that share a character, in reading order, form chains: each pair has
its gold or its predicted span in common with the next. Two pairs exclude
each other when they share a span, and those that a pair excludes stand right before
and after it. The best choice is then found like the best set of non-overlapping
intervals, in one pass. Nothing depends on the order of the input.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tagger.scoring.arrays import Flags, Ints
from tagger.scoring.tables import SpanTable

#: Weights of a pair in `_best`: type first, then number of pairs, then overlap.
_TYPE = 1 << 80
_PAIR = 1 << 40


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rows of the gold table and of the predicted table that go together."""

    gold: Ints
    predicted: Ints


@dataclass(frozen=True, slots=True)
class Matching:
    """Gold and predicted spans of the same articles, brought together.

    Every count of a schema is the largest a one-to-one pairing can have:
    ``aligned`` has the most pairs of equal type, and among those choices the most
    pairs, then the longest overlap; ``blind`` has the most pairs whatever the types.
    """

    gold: SpanTable
    predicted: SpanTable
    aligned: Pairs
    #: In reading order, each takes the first free one: also HIPE's fuzzy pairing.
    blind: Pairs
    #: All pairs that share a character, in reading order; their links form chains.
    edges: Pairs

    def is_exact(self, pairs: Pairs) -> Flags:
        """Whether both edges of each pair agree."""
        gold, predicted = self.gold, self.predicted
        starts: Flags = gold.start[pairs.gold] == predicted.start[pairs.predicted]
        ends: Flags = gold.end[pairs.gold] == predicted.end[pairs.predicted]
        return starts & ends

    def is_same_type(self, pairs: Pairs) -> Flags:
        """Whether the labels of each pair agree."""
        gold, predicted = self.gold, self.predicted
        same: Flags = gold.label[pairs.gold] == predicted.label[pairs.predicted]
        return same


def match(gold: SpanTable, predicted: SpanTable) -> Matching:
    """Pair the spans of two tables over the same articles."""
    edges = _overlapping(gold, predicted)
    same = gold.label[edges.gold] == predicted.label[edges.predicted]
    shared = np.minimum(gold.end[edges.gold], predicted.end[edges.predicted])
    shared -= np.maximum(gold.start[edges.gold], predicted.start[edges.predicted])
    aligned, blind = np.ones(len(same), bool), np.ones(len(same), bool)
    for first, last in _long_chains(edges):
        chain = slice(first, last)
        excludes = _excluded_before(edges.gold[chain], edges.predicted[chain])
        weights = [
            (_TYPE if alike else 0) + _PAIR + int(width)
            for alike, width in zip(same[chain], shared[chain], strict=True)
        ]
        aligned[chain] = _best(weights, excludes)
        blind[chain] = _earliest(excludes)
    return Matching(
        gold,
        predicted,
        Pairs(edges.gold[aligned], edges.predicted[aligned]),
        Pairs(edges.gold[blind], edges.predicted[blind]),
        edges,
    )


def match_by_overlap(
    gold: Sequence[tuple[int, int]], predicted: Sequence[tuple[int, int]]
) -> dict[int, int]:
    """Pair two cuts of one text so that the pairs share the most characters.

    Both must be sorted and free of overlaps. Numbers of predicted by gold pieces.
    """
    edges = [
        (g, p, min(ours[1], theirs[1]) - max(ours[0], theirs[0]))
        for g, ours in enumerate(gold)
        for p, theirs in enumerate(predicted)
        if ours[0] < theirs[1] and theirs[0] < ours[1]
    ]
    if not edges:
        return {}
    numbers = np.array(edges, np.int64)
    excluded = _excluded_before(numbers[:, 0], numbers[:, 1])
    chosen = _best([shared for *_, shared in edges], excluded)
    return {g: p for (g, p, _), is_in in zip(edges, chosen, strict=True) if is_in}


def chain_borders(edges: Pairs) -> Ints:
    """Where each chain of ``edges`` begins, and, last, where all end."""
    size = len(edges.gold)
    links = (np.diff(edges.gold) == 0) | (np.diff(edges.predicted) == 0)
    return np.concatenate([[0], np.flatnonzero(~links) + 1, [size]])[0 if size else 1 :]


def _overlapping(gold: SpanTable, predicted: SpanTable) -> Pairs:
    first = np.searchsorted(predicted.end, gold.start, "right")
    last = np.searchsorted(predicted.start, gold.end, "left")
    counts = np.maximum(last - first, 0)
    rows = np.repeat(np.arange(len(gold)), counts)
    before = np.repeat(np.cumsum(counts) - counts, counts)
    return Pairs(rows, np.repeat(first, counts) + np.arange(len(rows)) - before)


def _long_chains(edges: Pairs) -> Iterator[tuple[int, int]]:
    borders = chain_borders(edges)
    for chain in np.flatnonzero(np.diff(borders) > 1):
        yield int(borders[chain]), int(borders[chain + 1])


def _excluded_before(gold: Ints, predicted: Ints) -> list[int]:
    """For each pair, the first one that cannot be chosen with it, itself if none."""
    excluded: list[int] = []
    gold_run = predicted_run = 0
    for place in range(len(gold)):
        if place and gold[place] != gold[place - 1]:
            gold_run = place
        if place and predicted[place] != predicted[place - 1]:
            predicted_run = place
        excluded.append(min(gold_run, predicted_run))
    return excluded


def _best(weights: list[int], excluded: list[int]) -> list[bool]:
    """Choose the pairs of the largest summed weight that do not share a span."""
    best = [0]
    for place, weight in enumerate(weights):
        best.append(max(best[place], weight + best[excluded[place]]))
    chosen = [False] * len(weights)
    place = len(weights)
    while place:
        if best[place] == best[place - 1]:
            place -= 1
        else:
            chosen[place - 1] = True
            place = excluded[place - 1]
    return chosen


def _earliest(excluded: list[int]) -> list[bool]:
    """Choose each pair that the pairs chosen before it leave possible."""
    chosen: list[bool] = []
    last = -1
    for place, first in enumerate(excluded):
        chosen.append(last < first)
        if chosen[-1]:
            last = place
    return chosen
