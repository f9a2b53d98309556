"""Make scores mean what they say, and choose thresholds, on articles held out."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from tagger.training.section_learning import Floats, Targets, softmax

#: How strongly a section's own offset is held near the common one; about that many
#: articles' worth.
_TIE: Final = 4.0
#: A section's threshold is chosen on its own articles and this share of all others'.
_BORROWED: Final = 0.05
_GRID: Final = np.linspace(0.15, 0.8, 66)


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns logits into probabilities and probabilities into sections."""

    temperature: float
    slope: float
    offset: tuple[float, ...]
    further: tuple[float, ...]


def calibrate(logits: Floats, targets: Targets, wrong_to_missing: float) -> Calibration:
    """Fit to logits of articles that the layer was not fitted to.

    Args:
        logits: Both halves, articles x twice the sections.
        targets: What was right.
        wrong_to_missing: What a wrong further section costs when a missing one costs 1.
    """
    half = logits.shape[1] // 2
    best = targets.primary.argmax(axis=1)
    slope, offset = _platt(logits[:, half:], targets.member)
    member = 1 / (1 + np.exp(-(slope * logits[:, half:] + offset)))
    # the primary section is given whatever its membership score: judge the others
    others = np.ones(member.shape, bool)
    others[np.arange(len(best)), logits[:, :half].argmax(axis=1)] = False
    further = _thresholds(member, targets.member > 0, others, wrong_to_missing)
    return Calibration(
        _temperature(logits[:, :half], best),
        slope,
        tuple(offset.tolist()),
        tuple(further.tolist()),
    )


def _temperature(logits: Floats, best: NDArray[np.int64]) -> float:
    """The divisor of least cross-entropy (Guo et al. 2017)."""

    def loss(log_heat: float) -> float:
        sure = softmax(logits / np.float32(np.exp(log_heat)))
        return float(-np.log(sure[np.arange(len(best)), best] + 1e-12).mean())

    found = minimize_scalar(loss, bounds=(-3.0, 2.0), method="bounded")
    return float(np.exp(found.x))


def _platt(logits: Floats, member: Floats) -> tuple[float, NDArray[np.float64]]:
    """One slope for all sections and an offset for each, drawn to their mean."""

    def loss(values: NDArray[np.float64]) -> Any:
        offset = values[1:]
        heat = values[0] * logits + offset
        sure = 1 / (1 + np.exp(-heat))
        gap = offset - offset.mean()
        value = (np.logaddexp(0, heat) - member * heat).sum() + _TIE * (
            gap**2
        ).sum() / 2
        slope = np.concatenate(
            [
                [((sure - member) * logits).sum()],
                (sure - member).sum(axis=0) + _TIE * gap,
            ]
        )
        return value, slope

    first = np.zeros(1 + logits.shape[1])
    first[0] = 1.0
    found = minimize(loss, first, jac=True, method="L-BFGS-B")
    return float(found.x[0]), found.x[1:]


def _thresholds(
    member: NDArray[np.float64],
    right: NDArray[np.bool_],
    others: NDArray[np.bool_],
    wrong_to_missing: float,
) -> NDArray[np.float64]:
    """For each section the threshold of least cost, borrowing from the others."""
    costs = np.empty((len(_GRID), member.shape[1]))
    for number, threshold in enumerate(_GRID):
        given = (member >= threshold) & others
        wrong = (given & ~right).sum(axis=0)
        missing = (~given & right & others).sum(axis=0)
        costs[number] = wrong_to_missing * wrong + missing
    pooled = costs + _BORROWED * (costs.sum(axis=1, keepdims=True) - costs)
    best: NDArray[np.float64] = _GRID[pooled.argmin(axis=0)]
    return best
