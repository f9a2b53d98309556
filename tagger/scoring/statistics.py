"""How sure a score is: intervals, paired tests, and how much more gold would help.

Articles are drawn, not names: names of one article stand and fall together. Articles
of one page do too, so that whole pages are drawn where pages are known.
"""

import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from tagger.scoring.arrays import Floats, Ints
from tagger.scoring.tallies import Tally

TRIALS: Final = 2000
SEED: Final = 20260707
_NORMAL_95: Final = 1.959963984540054
#: Numbers held at once while drawing.
_AT_ONCE: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Resampling:
    """How often things are drawn, from which seed, and what hangs together."""

    trials: int = TRIALS
    seed: int = SEED
    #: One key an article: articles with the same key are drawn together.
    clusters: Sequence[Hashable] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A score and its 95 % interval; None where it is undefined."""

    value: float | None
    low: float | None = None
    high: float | None = None

    @property
    def half_width(self) -> float | None:
        """Half the interval's width."""
        if self.low is None or self.high is None:
            return None
        return (self.high - self.low) / 2


@dataclass(frozen=True, slots=True)
class Difference:
    """What A scores more than B, its 95 % interval, and how often chance does that."""

    a: float | None
    b: float | None
    difference: Figure
    p: float | None


def figures(tally: Tally, how: Resampling) -> dict[str, Figure]:
    """Every measure of a tally with a percentile bootstrap interval.

    An interval is None when the score was undefined in more than one draw of twenty,
    and when there is one article, or one page, only: nothing tells how it varies.
    """
    units = _units(tally, how.clusters)
    values = units.scores(units.totals())
    drawn = [units.scores(units.totals(w)) for w in _draws(len(units), how)]
    return {
        name: Figure(_number(value), *_interval([d[name] for d in drawn]))
        for name, value in values.items()
    }


def values(tally: Tally) -> dict[str, Figure]:
    """Every measure of a tally without intervals."""
    return {
        name: Figure(_number(value))
        for name, value in tally.scores(tally.totals()).items()
    }


def compare(a: Tally, b: Tally, how: Resampling) -> dict[str, Difference]:
    """Test, for each measure both have, whether two systems differ on the same gold.

    Paired permutation: were there no difference, each article could as well have come
    from the other system. ``p`` is the share of random exchanges that differ as much,
    the one observed included, so never 0. The interval is a paired bootstrap's. One
    article alone has no interval, and a ``p`` of 1; without draws ``p`` is None.

    Raises:
        ValueError: The tallies are not over the same articles.
    """
    if a.columns != b.columns or len(a) != len(b):
        raise ValueError("the tallies are not of the same articles and labels")
    names = [name for name in a.measures if name in b.measures]
    a, b = (_units(side.only(names), how.clusters) for side in (a, b))
    of_a, of_b = a.scores(a.totals()), b.scores(b.totals())
    drawn = [
        _subtract(a.scores(a.totals(w)), b.scores(b.totals(w)))
        for w in _draws(len(a), how)
    ]
    change = _subtract(of_a, of_b)
    extremes = _permuted(a, b, change, how) if how.trials else {}
    return {
        name: Difference(
            _number(of_a[name]),
            _number(of_b[name]),
            Figure(_number(change[name]), *_interval([d[name] for d in drawn])),
            None if math.isnan(float(change[name])) else extremes.get(name),
        )
        for name in names
    }


def articles_needed(figure: Figure, articles: int, half_width: float) -> int | None:
    """How many more gold articles would narrow a score to ± ``half_width``.

    Intervals narrow with the square root of the number of articles. None when the
    interval is unknown, 0 when it is narrow enough.
    """
    if figure.half_width is None:
        return None
    wanted = articles * (figure.half_width / half_width) ** 2
    return max(0, math.ceil(wanted - articles))


def _permuted(
    a: Tally, b: Tally, observed: Mapping[str, Floats], how: Resampling
) -> dict[str, float]:
    """The share of exchanges in which each measure differs at least as observed."""
    both = a.totals() + b.totals()
    reached = dict.fromkeys(observed, 1.0)
    rng = np.random.default_rng([how.seed, 1])
    for size in _portions(len(a), how.trials):
        swapped = rng.integers(0, 2, (size, len(a)), dtype=np.uint8).astype(np.float64)
        one = a.totals() - a.totals(swapped) + b.totals(swapped)
        found = _subtract(a.scores(one), a.scores(both - one))
        for name, values in found.items():
            as_far = np.abs(values) >= abs(float(observed[name])) - 1e-12
            reached[name] += float(as_far.sum())
    return {name: count / (how.trials + 1) for name, count in reached.items()}


def _subtract(a: Mapping[str, Floats], b: Mapping[str, Floats]) -> dict[str, Floats]:
    return {name: a[name] - b[name] for name in a}


def _units(tally: Tally, clusters: Sequence[Hashable] | None) -> Tally:
    """The tally with the rows of articles that hang together summed."""
    if clusters is None:
        return tally
    numbers: dict[Hashable, int] = {}
    of_row: Ints = np.fromiter(
        (numbers.setdefault(key, len(numbers)) for key in clusters),
        np.int64,
        len(tally),
    )
    return tally.clustered(of_row, len(numbers))


def _draws(units: int, how: Resampling) -> Iterator[Floats]:
    """How often each unit was drawn, trials x units, in portions."""
    rng = np.random.default_rng([how.seed, 0])
    for size in _portions(units, how.trials if units > 1 else 0):
        weights = np.empty((size, units))
        for row in weights:
            row[:] = np.bincount(rng.integers(0, units, units), minlength=units)
        yield weights


def _portions(units: int, trials: int) -> Iterator[int]:
    portion = max(1, min(trials, _AT_ONCE // max(units, 1)))
    for start in range(0, trials if units else 0, portion):
        yield min(portion, trials - start)


def _interval(drawn: Sequence[Floats]) -> tuple[float | None, float | None]:
    values = np.concatenate(drawn) if drawn else np.empty(0)
    defined = values[~np.isnan(values)]
    if not len(defined) or len(defined) < 0.95 * len(values):
        return None, None
    low, high = np.percentile(defined, [2.5, 97.5])
    return float(low), float(high)


def _number(value: Floats) -> float | None:
    number = float(value)
    return None if math.isnan(number) else number
