"""From the network's scores to spans: the best well-formed sequence of tags."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from tagger.labels import EntityLabel
from tagger.names.tags import TAGS, allowed, may_end, may_start
from tagger.records import Entity

_FORBIDDEN: Final = np.float32(-1e4)
_ALLOWED = allowed()
_FIRST = np.where(may_start(), np.float32(0), _FORBIDDEN)
_LAST = np.where(may_end(), np.float32(0), _FORBIDDEN)


def best_paths(
    scores: NDArray[np.float32],
    steps: NDArray[np.float32],
    lengths: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Viterbi over a batch.

    Args:
        scores: Of every tag at every character, ``(batch, time, tags)``.
        steps: What a step from one tag to another adds, ``(tags, tags)``.
        lengths: Characters in each text, ``(batch,)``.

    Returns:
        Tag indices ``(batch, time)``; beyond a text's length they mean nothing.
    """
    batch, time, tags = scores.shape
    steps = np.where(_ALLOWED, steps, _FORBIDDEN)
    back = np.zeros((time, batch, tags), dtype=np.int64)
    state = scores[:, 0] + _FIRST
    finals = np.where((lengths == 1)[:, None], state, 0)
    for t in range(1, time):
        reach = state[:, :, None] + steps
        back[t] = reach.argmax(axis=1)
        state = np.take_along_axis(reach, back[t][:, None], axis=1)[:, 0] + scores[:, t]
        finals = np.where((lengths == t + 1)[:, None], state, finals)
    path = np.zeros((batch, time), dtype=np.int64)
    tag = (finals + _LAST).argmax(axis=1)
    rows = np.arange(batch)
    for t in range(time - 1, -1, -1):
        path[:, t] = tag
        inside = (t > 0) & (t < lengths)
        tag = np.where(inside, back[t][rows, tag], tag)
    return path


def marginals(
    scores: NDArray[np.float32],
    steps: NDArray[np.float32],
    lengths: NDArray[np.int64],
) -> NDArray[np.float32]:
    """Probability of every tag at every character over all well-formed paths.

    Forward and backward sums, rescaled at every step; arguments as for `best_paths`.
    """
    time = scores.shape[1]
    chances = np.exp(scores - scores.max(axis=2, keepdims=True))
    moves = np.where(_ALLOWED, np.exp(steps), np.float32(0))
    ahead, behind = np.empty_like(chances), np.empty_like(chances)
    state = chances[:, 0] * may_start()
    ahead[:, 0] = state / state.sum(axis=1, keepdims=True)
    for t in range(1, time):
        state = (ahead[:, t - 1] @ moves) * chances[:, t]
        ahead[:, t] = state / state.sum(axis=1, keepdims=True)
    state = np.broadcast_to(may_end().astype(np.float32), chances[:, 0].shape)
    behind[:, -1] = state
    for t in range(time - 2, -1, -1):
        before = (behind[:, t + 1] * chances[:, t + 1]) @ moves.T
        before /= before.sum(axis=1, keepdims=True)
        behind[:, t] = np.where((lengths <= t + 1)[:, None], state, before)
    both = ahead * behind
    chance: NDArray[np.float32] = both / both.sum(axis=2, keepdims=True)
    return chance


def spans(path: NDArray[np.int64], probabilities: NDArray[np.float32]) -> list[Entity]:
    """The entities of one text's tags, each scored by its least sure character.

    Args:
        path: Well-formed tag indices, ``(time,)``.
        probabilities: Of every tag at every character, ``(time, tags)``.
    """
    found: list[Entity] = []
    sure = probabilities[np.arange(len(path)), path]
    start = 0
    for place in np.flatnonzero(path):
        position, _, label = TAGS[path[place]].partition("-")
        if position in "BS":
            start = int(place)
        if position in "ES":
            end = int(place) + 1
            score = float(sure[start:end].min())
            found.append(Entity(start, end, EntityLabel(label), score))
    return found
