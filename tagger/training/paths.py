"""How likely a whole sequence of tags is: a linear-chain CRF over `names.tags`.

Lafferty et al. 2001. The sum over all paths runs on probabilities rescaled at every
step, not on logarithms: a matrix product a step, several times faster on a CPU.
"""

import numpy as np
import torch
from torch import Tensor

from tagger.names.tags import allowed, may_end, may_start


def negative_log_likelihood(
    scores: Tensor, steps: Tensor, tags: Tensor, lengths: Tensor
) -> Tensor:
    """Minus the log-probability of ``tags``, summed over the batch.

    Args:
        scores: Of every tag at every character, ``(batch, time, tags)``.
        steps: What a step from one tag to another adds, ``(batch, tags, tags)``.
        tags: The right paths, ``(batch, time)``; beyond a text's end anything.
        lengths: Characters in each text, ``(batch,)``.
    """
    inside = torch.arange(scores.shape[1]) < lengths[:, None]
    total = _log_sum(scores, steps, inside)
    return (total - _score(scores, steps, tags, inside)).sum()


def _score(scores: Tensor, steps: Tensor, tags: Tensor, inside: Tensor) -> Tensor:
    """The score of each right path, ``(batch,)``."""
    own = scores.gather(2, tags[:, :, None])[:, :, 0] * inside
    rows = torch.arange(len(tags))[:, None]
    between = steps[rows, tags[:, :-1], tags[:, 1:]] * inside[:, 1:]
    return own.sum(dim=1) + between.sum(dim=1)


def _log_sum(scores: Tensor, steps: Tensor, inside: Tensor) -> Tensor:
    """Log of the sum over all well-formed paths, ``(batch,)``."""
    highest = scores.detach().amax(dim=2)
    chances = (scores - highest[:, :, None]).exp().unbind(dim=1)
    moves = steps.exp() * _mask(allowed())
    state = chances[0] * _mask(may_start())
    norm = state.sum(dim=1, keepdim=True)
    state, logs = state / norm, [norm.log()[:, 0]]
    for time in range(1, scores.shape[1]):
        after = torch.bmm(state[:, None], moves)[:, 0] * chances[time]
        norm = after.sum(dim=1, keepdim=True)
        here = inside[:, time, None]
        state = torch.where(here, after / norm, state)
        logs.append(torch.where(here, norm.log(), 0.0)[:, 0])
    ends = (state * _mask(may_end())).sum(dim=1).log()
    return torch.stack(logs).sum(dim=0) + ends + (highest * inside).sum(dim=1)


def _mask(mask: np.ndarray) -> Tensor:
    return torch.from_numpy(mask.astype(np.float32))
