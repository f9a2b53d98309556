"""Make scores mean what they say, and choose thresholds, on articles held out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from tagger.errors import GoldError
from tagger.sections.model import SectionModel
from tagger.training.section_data import Filed
from tagger.training.section_learning import Floats, Layer, Targets, softmax

#: How strongly a section's own offset is held near the common one; about that many
#: articles' worth.
_TIE: Final = 4.0
#: A section's threshold is chosen on its own articles and this share of all others'.
_BORROWED: Final = 0.05
_GRID: Final = np.round(np.linspace(0.15, 0.8, 66), 2)


@dataclass(frozen=True, slots=True)
class Platt:
    """A slope for the second half of all logits, and an offset for each section."""

    slope: float
    offset: NDArray[np.float64]

    def __call__(self, logits: Floats) -> Floats:
        """The logits with their second half made log-odds."""
        half = len(self.offset)
        odds = self.slope * logits[:, half:] + self.offset
        return np.concatenate([logits[:, :half], odds.astype(np.float32)], axis=1)

    def folded_into(self, layer: Layer) -> Layer:
        """A layer that gives log-odds by itself."""
        half = len(self.offset)
        weights, bias = layer.weights.copy(), layer.bias.copy()
        weights[:, half:] *= self.slope
        bias[half:] = self.slope * bias[half:] + self.offset
        return Layer(weights, bias)


def temperature(
    logits: Floats, targets: Targets, weights: Floats | None = None
) -> float:
    """The divisor of the first half of least cross-entropy (Guo et al. 2017).

    Args:
        logits: Both halves, of articles that nothing before was fitted to.
        targets: What was right.
        weights: What each article counts; all alike without.
    """
    best = targets.primary.argmax(axis=1)
    first = logits[:, : targets.primary.shape[1]]

    def loss(log_heat: float) -> float:
        sure = softmax(first / np.float32(np.exp(log_heat)))
        lost = -np.log(sure[np.arange(len(best)), best] + 1e-12)
        return float(np.average(lost, weights=weights))

    found = minimize_scalar(loss, bounds=(-3.0, 2.0), method="bounded")
    return float(np.exp(found.x))


def platt(logits: Floats, targets: Targets) -> Platt:
    """Fit the second half to the sets (Platt 1999), offsets drawn to their mean."""
    member = targets.member
    logits = logits[:, member.shape[1] :]

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
    return Platt(float(found.x[0]), found.x[1:])


def thresholds(
    logits: Floats, targets: Targets, wrong_to_missing: float
) -> tuple[float, ...]:
    """For each section the probability from which to give it beside the primary.

    Args:
        logits: Both halves, calibrated.
        targets: What was right.
        wrong_to_missing: What a wrong section costs when a missing one costs 1. The
            threshold of least cost borrows a little from the other sections.
    """
    half = logits.shape[1] // 2
    member = 1 / (1 + np.exp(-logits[:, half:]))
    right = targets.member > 0
    # the primary section is given whatever its membership: judge the others
    others = np.ones(member.shape, bool)
    others[np.arange(len(member)), logits[:, :half].argmax(axis=1)] = False
    costs = np.empty((len(_GRID), half))
    for number, threshold in enumerate(_GRID):
        given = (member >= threshold) & others
        wrong = (given & ~right).sum(axis=0)
        missing = (~given & right & others).sum(axis=0)
        costs[number] = wrong_to_missing * wrong + missing
    pooled = costs + _BORROWED * (costs.sum(axis=1, keepdims=True) - costs)
    return tuple(_GRID[pooled.argmin(axis=0)].tolist())


def further(
    model: SectionModel, filed: Sequence[Filed], wrong_to_missing: float
) -> tuple[float, ...]:
    """The `thresholds` of a trained model, chosen on articles it was not trained on.

    Raises:
        GoldError: There are no articles.
    """
    if not filed:
        raise GoldError("needs articles to choose thresholds on")
    articles, keys = [item.article for item in filed], model.config.sections
    member = np.array([[key in item.sections for key in keys] for item in filed], "f4")
    first = np.array([[key == item.sections[0] for key in keys] for item in filed])
    logits = model.logits(articles)
    logits[:, : len(keys)] = np.log(model.scores(articles).primary + 1e-12)
    targets = Targets(first.astype(np.float32), member)
    return thresholds(logits, targets, wrong_to_missing)
