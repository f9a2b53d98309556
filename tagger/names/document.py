"""What the rest of a text says about a name: one string, one label; no wild guesses."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from tagger.labels import EntityLabel
from tagger.records import Entity

#: A name less sure than this is more often wrong than right (measured on real_dev).
LEAST_SCORE: Final = 0.35


def settle(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Drop guesses; give equal strings the label for which most probability speaks."""
    kept = [e for e in entities if e.score is None or e.score >= LEAST_SCORE]
    votes: dict[str, dict[EntityLabel, float]] = defaultdict(lambda: defaultdict(float))
    for entity in kept:
        votes[text[entity.start : entity.end]][entity.label] += entity.score or 0.0
    return [
        Entity(e.start, e.end, _winner(votes[text[e.start : e.end]]), e.score)
        for e in kept
    ]


def _winner(votes: Mapping[EntityLabel, float]) -> EntityLabel:
    """The label with most votes; the first in alphabetical order among equals."""
    return max(sorted(votes), key=lambda label: votes[label])
