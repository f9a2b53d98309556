"""Which span of one side is which of the other: whoever shares most with whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Placed(Protocol):
    """Something with a place in a text."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character after its last."""

    @property
    def label(self) -> str:
        """Its type; the empty string where there are none."""


Span = TypeVar("Span", bound=Placed)


@dataclass(frozen=True, slots=True)
class Paired(Generic[Span]):
    """Pairs that overlap, and what is left on both sides; each in reading order."""

    pairs: tuple[tuple[Span, Span], ...]
    before: tuple[Span, ...]
    after: tuple[Span, ...]


def pair(before: Sequence[Span], after: Sequence[Span]) -> Paired[Span]:
    """Pair spans one to one, those that share most characters first.

    The sides can be exchanged: the pairs stay the same. Both are in reading order, and
    no span overlaps another of its side.
    """
    free_before, free_after = set(range(len(before))), set(range(len(after)))
    pairs = []
    for *_, here, there in sorted(_overlaps(before, after)):
        if here in free_before and there in free_after:
            free_before.remove(here)
            free_after.remove(there)
            pairs.append((here, there))
    return Paired(
        tuple((before[here], after[there]) for here, there in sorted(pairs)),
        tuple(before[here] for here in sorted(free_before)),
        tuple(after[there] for there in sorted(free_after)),
    )


def overlaps_any(span: Placed, others: Sequence[Placed]) -> bool:
    """Whether it shares a character with any of the others."""
    return any(span.start < other.end and other.start < span.end for other in others)


def _overlaps(
    before: Sequence[Placed], after: Sequence[Placed]
) -> Iterator[tuple[int, bool, int, int, int]]:
    """Every overlap: its size (largest sorts first), whether types differ, its place.

    Of one side no two overlap, so no two overlaps begin at the same place, and the
    order is the same from either side.
    """
    first = 0
    for here, one in enumerate(before):
        while first < len(after) and after[first].end <= one.start:
            first += 1
        for there in range(first, len(after)):
            other = after[there]
            if other.start >= one.end:
                break
            start = max(one.start, other.start)
            size = min(one.end, other.end) - start
            yield -size, one.label != other.label, start, here, there
