"""BIOES tags: the network's alphabet, and which may follow which."""

import numpy as np

from tagger.labels import EntityLabel
from tagger.records import Entity

#: O first, then B I E S of each label.
TAGS: tuple[str, ...] = (
    "O",
    *(f"{place}-{label}" for label in EntityLabel for place in "BIES"),
)
_INDEX = {tag: index for index, tag in enumerate(TAGS)}
_OPENS = frozenset("BI")


def encode(length: int, entities: tuple[Entity, ...]) -> np.ndarray:
    """The tags of a text of ``length`` characters, as indices into `TAGS`.

    Raises:
        ValueError: Entities overlap or reach beyond the text.
    """
    tags = np.zeros(length, dtype=np.int64)
    for entity in entities:
        span = tags[entity.start : entity.end]
        if len(span) != entity.end - entity.start or span.any():
            raise ValueError(f"{entity} overlaps another or the text's end")
        span[:] = _INDEX[f"I-{entity.label}"]
        span[0], span[-1] = _INDEX[f"B-{entity.label}"], _INDEX[f"E-{entity.label}"]
        if len(span) == 1:
            span[0] = _INDEX[f"S-{entity.label}"]
    return tags


def allowed() -> np.ndarray:
    """Matrix ``[from, to]``: True where tag ``to`` may follow tag ``from``."""
    return np.array([[_may_follow(a, b) for b in TAGS] for a in TAGS])


def may_start() -> np.ndarray:
    """Which tags a text may begin with."""
    return np.array([tag[0] not in "IE" for tag in TAGS])


def may_end() -> np.ndarray:
    """Which tags a text may end with."""
    return np.array([tag[0] not in _OPENS for tag in TAGS])


def _may_follow(before: str, after: str) -> bool:
    if before[0] in _OPENS:
        return after[0] in "IE" and after[1:] == before[1:]
    return after[0] not in "IE"
