"""WindowDiff and Pk: how far two segmentations of one text are apart.

Pevzner and Hearst 2002; Beeferman, Berger and Lafferty 1999. A window of half the
gold's mean segment slides over the text, one unit at a time. WindowDiff counts the
windows with different numbers of borders, Pk those where one side has some and the
other none. 0 is best. Undefined for a text shorter than the window.
"""

from collections.abc import Sequence

import numpy as np

from tagger.scoring.arrays import Ints


def window(size: int, borders: int) -> int:
    """Half the mean length of the segments that ``borders`` cut a text into."""
    return max(1, round(size / (2 * (borders + 1))))


def window_diff(
    size: int, gold: Sequence[int], predicted: Sequence[int], width: int
) -> float | None:
    """Share of windows with different numbers of borders."""
    ours, theirs = _in_windows(size, gold, width), _in_windows(size, predicted, width)
    return float((ours != theirs).mean()) if len(ours) else None


def pk(
    size: int, gold: Sequence[int], predicted: Sequence[int], width: int
) -> float | None:
    """Share of windows that one side cuts and the other does not."""
    ours, theirs = _in_windows(size, gold, width), _in_windows(size, predicted, width)
    return float(((ours > 0) != (theirs > 0)).mean()) if len(ours) else None


def _in_windows(size: int, borders: Sequence[int], width: int) -> Ints:
    """How many borders each window holds; a border is the place a segment begins."""
    marks = np.zeros(size + 1, np.int64)
    marks[np.asarray(borders, np.int64) + 1] = 1
    before = np.cumsum(marks)
    return before[width:] - before[: len(before) - width]
