"""Every mistake with names, each once: what was there, what was said, what is wrong.

Gold and predicted spans that touch, directly or through others, are one mistake; so
are a gold span and a predicted span that touch nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from tagger.scoring.arrays import Ints
from tagger.scoring.documents import Document, Span
from tagger.scoring.kinds import Kind
from tagger.scoring.matching import Matching, Pairs, chain_borders
from tagger.scoring.rules import case, rule_of
from tagger.scoring.words import GENERIC, TITLE


@dataclass(frozen=True, slots=True)
class Mistake:
    """A place in an article where gold and prediction part."""

    #: Number of the article among those scored.
    article: int
    kinds: tuple[Kind, ...]
    gold: tuple[Span, ...]
    predicted: tuple[Span, ...]
    #: Rule of the guidelines that decides it, such as R7.
    rule: str | None

    @property
    def start(self) -> int:
        """Where the first span concerned begins."""
        return min(span.start for span in (*self.gold, *self.predicted))

    @property
    def end(self) -> int:
        """Where the last span concerned ends."""
        return max(span.end for span in (*self.gold, *self.predicted))


def find_mistakes(
    documents: Sequence[Document], matching: Matching, labels: Sequence[str]
) -> list[Mistake]:
    """All mistakes in reading order."""
    clusters = chain(
        _touching(matching, labels),
        _alone(matching, labels, missed=True),
        _alone(matching, labels, missed=False),
    )
    found = [
        _mistake(article, documents[article].text, gold, predicted)
        for article, gold, predicted in clusters
    ]
    return sorted(found, key=lambda mistake: (mistake.article, mistake.start))


def count_kinds(mistakes: Iterable[Mistake]) -> Counter[Kind]:
    """How many mistakes are of each kind; one of two kinds counts for both."""
    return Counter(kind for mistake in mistakes for kind in mistake.kinds)


def count_rules(mistakes: Iterable[Mistake]) -> Counter[str]:
    """How many mistakes fall under each rule of the guidelines."""
    return Counter(mistake.rule for mistake in mistakes if mistake.rule)


_Cluster = tuple[int, tuple[Span, ...], tuple[Span, ...]]


def _touching(matching: Matching, labels: Sequence[str]) -> Iterator[_Cluster]:
    edges = matching.edges
    borders = chain_borders(edges)
    heads = Pairs(edges.gold[borders[:-1]], edges.predicted[borders[:-1]])
    wrong = np.diff(borders) > 1
    wrong |= ~(matching.is_exact(heads) & matching.is_same_type(heads))
    for place in np.flatnonzero(wrong):
        places = slice(borders[place], borders[place + 1])
        gold, predicted = edges.gold[places], edges.predicted[places]
        yield (
            int(matching.gold.article[gold[0]]),
            tuple(matching.gold.span(row, labels) for row in _distinct(gold)),
            tuple(matching.predicted.span(row, labels) for row in _distinct(predicted)),
        )


def _distinct(rows: Ints) -> range:
    return range(int(rows[0]), int(rows[-1]) + 1)


def _alone(
    matching: Matching, labels: Sequence[str], *, missed: bool
) -> Iterator[_Cluster]:
    side = matching.gold if missed else matching.predicted
    touched = np.zeros(len(side), bool)
    touched[matching.edges.gold if missed else matching.edges.predicted] = True
    for row in np.flatnonzero(~touched):
        spans = (side.span(int(row), labels),)
        article = int(side.article[row])
        yield (article, spans, ()) if missed else (article, (), spans)


def _mistake(
    article: int, text: str, gold: tuple[Span, ...], predicted: tuple[Span, ...]
) -> Mistake:
    kinds = tuple(dict.fromkeys(_kinds(text, gold, predicted)))
    rule = rule_of(case(text, frozenset(kinds), gold, predicted))
    return Mistake(article, kinds, gold, predicted, rule)


def _kinds(
    text: str, gold: tuple[Span, ...], predicted: tuple[Span, ...]
) -> Iterator[Kind]:
    if not predicted:
        yield Kind.MISSED
    elif not gold:
        yield Kind.SPURIOUS
        if GENERIC.fullmatch(text[predicted[0].start : predicted[0].end]):
            yield Kind.GENERIC
    elif len(gold) == len(predicted) == 1:
        yield from _edge_kinds(text, gold[0], predicted[0])
    else:
        yield from _many_kinds(gold, predicted)
    if _broken_by_wrap(text, gold, predicted):
        yield Kind.WRAP


def _edge_kinds(text: str, gold: Span, predicted: Span) -> Iterator[Kind]:
    if predicted.start != gold.start:
        yield Kind.LEFT_SHORT if predicted.start > gold.start else Kind.LEFT_LONG
    if predicted.end != gold.end:
        yield Kind.RIGHT_SHORT if predicted.end < gold.end else Kind.RIGHT_LONG
    if predicted.label != gold.label:
        yield Kind.WRONG_TYPE
    too_much = (
        text[predicted.start : max(gold.start, predicted.start)],
        text[min(gold.end, predicted.end) : predicted.end],
    )
    if gold.label == "PER" and any(TITLE.search(part) for part in too_much):
        yield Kind.TITLE


def _many_kinds(gold: tuple[Span, ...], predicted: tuple[Span, ...]) -> Iterator[Kind]:
    if _one_touches_two(predicted, gold):
        yield Kind.MERGED
    if _one_touches_two(gold, predicted):
        yield Kind.SPLIT
    if not {span.label for span in gold} & {span.label for span in predicted}:
        yield Kind.WRONG_TYPE


def _one_touches_two(ones: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(
        sum(one.start < other.end and other.start < one.end for other in others) > 1
        for one in ones
    )


def _broken_by_wrap(
    text: str, gold: tuple[Span, ...], predicted: tuple[Span, ...]
) -> bool:
    """Whether a gold name goes over a line end that no predicted name goes over."""
    return any(
        "\n" in text[name.start : name.end]
        and not any(
            found.start <= name.start and name.end <= found.end for found in predicted
        )
        for name in gold
    )
