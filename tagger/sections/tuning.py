"""The dial: how sure is sure enough to file an article unseen."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np

from tagger.errors import GoldError
from tagger.sections.features import Titled
from tagger.sections.model import SectionModel

#: A floor that no score reaches.
_NEVER: Final = 1.01
#: 97.5th percentile of the normal distribution.
_Z: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Dial:
    """What filing only what scores at least ``floor`` comes to."""

    floor: float
    articles: int
    #: How many of them file themselves, and how many of those rightly.
    filed: int
    right: int

    @property
    def coverage(self) -> float:
        """Share of the articles that file themselves."""
        return self.filed / self.articles

    @property
    def precision(self) -> float | None:
        """Share of those filed rightly; None when none is filed."""
        return self.right / self.filed if self.filed else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the precision lies with 95 % confidence (Wilson 1927)."""
        if self.precision is None:
            return None
        n, p = self.filed, self.precision
        middle = p + _Z**2 / (2 * n)
        spread = _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n))
        total = 1 + _Z**2 / n
        return (middle - spread) / total, (middle + spread) / total

    def __str__(self) -> str:
        """As an archivist reads it: 61 % of articles file themselves."""
        if self.interval is None:
            return "no article files itself at that precision; all go to review"
        low, high = (f"{100 * bound:.0f}" for bound in self.interval)
        return (
            f"{self.coverage:.0%} of articles file themselves at "
            f"{self.precision:.1%} measured precision [{low}, {high}]; "
            f"{1 - self.coverage:.0%} go to review"
        )


def tune(
    model: SectionModel,
    articles: Sequence[Titled],
    primary: Sequence[str],
    precision: float,
) -> Dial:
    """Find the floor that files most at no less than a precision.

    Args:
        model: Its own floor does not matter.
        articles: A fair sample of what will be filed, not trained on.
        primary: The primary section of each.
        precision: Share of articles filed by themselves that must be right.

    Raises:
        GoldError: There are no articles.
    """
    if not articles:
        raise GoldError("needs articles to tune on")
    scores = model.scores(articles).primary
    best = scores.argmax(axis=1)
    right = np.array([model.config.sections[n] for n in best]) == np.array(primary)
    sure = scores.max(axis=1)
    order = np.argsort(-sure, kind="stable")
    hits = np.cumsum(right[order])
    filed = np.arange(1, len(order) + 1)
    # articles of one score are filed together or not at all
    last = np.append(np.diff(sure[order]) < 0, True)
    good = np.flatnonzero((hits >= precision * filed) & last)
    if not len(good):
        return Dial(_NEVER, len(articles), 0, 0)
    at = int(good[-1])
    return Dial(float(sure[order][at]), len(articles), at + 1, int(hits[at]))
