"""Vary training windows so that the network learns contexts, not lists."""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tagger.labels import EntityLabel
from tagger.names.tags import TAGS
from tagger.training.corpora import Window

#: Plain punctuation that dumps lose or fold: 。 at a line's end, 、 between names.
_ENDING = re.compile(r"[。,]$")
_BEGINS = {TAGS.index(f"B-{label}"): label for label in EntityLabel}
_ENDS = frozenset(TAGS.index(f"E-{label}") for label in EntityLabel)
#: Most names of a kind that are kept to be swapped in.
_MOST = 50_000


class Augmenter:
    """Swaps names of a like make and drops final punctuation.

    A name is swapped for one of the same label and length that has been seen before or
    was given; of a place or body the last character stays (羊流镇 → 河口镇).
    """

    def __init__(
        self,
        rng: random.Random,
        names: Mapping[EntityLabel, Iterable[str]] | None = None,
        surnames: Sequence[str] = (),
        share: float = 0.25,
    ) -> None:
        """Take what is to be swapped in besides the names of the windows.

        Args:
            rng: Where chance comes from.
            names: Further names by label.
            surnames: Rare ones too; they are put before given names that were seen.
            share: How many of the names are swapped.
        """
        self._rng = rng
        self._share = share
        self._surnames = surnames
        self._known: dict[str, list[str]] = defaultdict(list)
        for label, given in (names or {}).items():
            for name in given:
                self._known[_make(label, name)].append(name)

    def __call__(self, window: Window) -> Window:
        """A window of the same length or one shorter, its tags to match."""
        text = self._swapped(window)
        tags = window.tags
        if _ENDING.search(text) and self._rng.random() < self._share / 2:
            text, tags = text[:-1], tags[:-1]
        return Window(text, tags) if text else window

    def _swapped(self, window: Window) -> str:
        chars = list(window.text)
        for start, end, label in _names(window.tags):
            name = window.text[start:end]
            known = self._known[_make(label, name)]
            if known and self._rng.random() < self._share:
                chars[start:end] = self._other(label, name, known)
            if len(known) < _MOST:
                known.append(name)
        return "".join(chars)

    def _other(self, label: EntityLabel, name: str, known: list[str]) -> str:
        other = self._rng.choice(known)
        if label != EntityLabel.PER or not self._surnames or self._rng.random() < 0.5:
            return other
        surname = self._rng.choice(self._surnames)
        return (
            surname + other[len(surname) :] if len(surname) < len(name) < 5 else other
        )


def _names(tags: NDArray[np.int64]) -> Iterator[tuple[int, int, EntityLabel]]:
    """Names of two characters or more."""
    for start in np.flatnonzero(np.isin(tags, [*_BEGINS])):
        end = int(start) + 1
        while tags[end] not in _ENDS:
            end += 1
        yield int(start), end + 1, _BEGINS[int(tags[start])]


def _make(label: EntityLabel, name: str) -> str:
    last = "" if label == EntityLabel.PER else name[-1]
    return f"{label} {len(name)} {last}"
