"""Vary training windows so that the network learns contexts, not lists."""

import random
import re

import numpy as np

from tagger.names.tags import TAGS
from tagger.training.corpora import Window

_PERSON = {place: TAGS.index(f"{place}-PER") for place in "BIES"}
#: Plain punctuation that dumps lose or fold: 。 at a line's end, 、 between names.
_ENDING = re.compile(r"[。,]$")


class Augmenter:
    """Swaps persons of a like length, drops final punctuation, splits off lines."""

    def __init__(self, rng: random.Random, share: float = 0.25) -> None:
        self._rng = rng
        self._share = share
        self._persons: dict[int, list[str]] = {}

    def __call__(self, window: Window) -> Window:
        """A window of the same length or one shorter, its tags to match."""
        text = self._swap_persons(window)
        tags = window.tags
        if _ENDING.search(text) and self._rng.random() < self._share / 2:
            text, tags = text[:-1], tags[:-1]
        return Window(text, tags) if text else window

    def _swap_persons(self, window: Window) -> str:
        """Put a person seen elsewhere, of the same length, in a person's place."""
        chars = list(window.text)
        for start in np.flatnonzero(window.tags == _PERSON["B"]):
            end = int(start) + 1
            while window.tags[end] != _PERSON["E"]:
                end += 1
            end += 1
            name = window.text[start:end]
            known = self._persons.setdefault(end - int(start), [])
            if known and self._rng.random() < self._share:
                chars[start:end] = self._rng.choice(known)
            if len(known) < 50_000:
                known.append(name)
        return "".join(chars)
