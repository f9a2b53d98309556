"""What the rest of a text says about a name: one string, one label; no wild guesses."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tagger.labels import EntityLabel
from tagger.records import Entity

#: A name less sure than this is more often wrong than right (measured on dev sets).
LEAST_SCORE: Final = 0.5
#: How sure a name must be found once for its other mentions to be names too. Places are
#: left out: 长白山 is a place, in 长白山管委会 it is part of a body.
_SURE: Final = 0.95
_SPREAD: Final = frozenset({EntityLabel.PER, EntityLabel.ORG})
#: How often such a mention was a name on the development sets.
_SPREAD_SCORE: Final = 0.65


def settle(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Settle the names of a text with each other.

    Guesses are dropped; equal strings get the label for which most probability speaks;
    persons and bodies found surely once are marked wherever they stand.
    """
    kept = [e for e in entities if e.score is None or e.score >= LEAST_SCORE]
    votes: dict[str, dict[EntityLabel, float]] = defaultdict(lambda: defaultdict(float))
    for entity in kept:
        votes[text[entity.start : entity.end]][entity.label] += entity.score or 0.0
    settled = [
        Entity(e.start, e.end, _winner(votes[text[e.start : e.end]]), e.score)
        for e in kept
    ]
    return sorted([*settled, *_further(text, settled)])


def _winner(votes: Mapping[EntityLabel, float]) -> EntityLabel:
    """The label with most votes; the first in alphabetical order among equals."""
    return max(sorted(votes), key=lambda label: votes[label])


def _further(text: str, entities: Sequence[Entity]) -> Iterator[Entity]:
    """Unmarked mentions of names that are sure elsewhere, longest names first."""
    sure = {
        text[e.start : e.end]: e.label
        for e in entities
        if e.label in _SPREAD and (e.score or 0.0) >= _SURE and e.end - e.start > 1
    }
    taken = bytearray(len(text))
    for entity in entities:
        taken[entity.start : entity.end] = b"\1" * (entity.end - entity.start)
    for name in sorted(sure, key=lambda name: (-len(name), name)):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * len(name)
                yield Entity(start, end, sure[name], _SPREAD_SCORE)
            start = text.find(name, end)
