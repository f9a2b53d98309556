"""Learn which of two sections goes first where both are in the set.

A coal mine's safety drill is safety first and energy second, however much of it is
about coal. The grams alone do not say so: that is a rule over what they found.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from tagger.training.section_learning import Floats, Layer, Targets, softmax

#: L2 penalty on the rules, in articles' worth.
_TIE: Final = 3.0
_PARTS: Final = 8


@dataclass(frozen=True, slots=True)
class Precedence:
    """How primary logits follow from both halves of a layer's logits."""

    #: Weights of the two halves, and a bias for each section.
    own: float
    member: float
    bias: NDArray[np.float64]
    #: What a section in the set (row) adds to another as primary (column).
    rules: NDArray[np.float64]

    def __call__(self, logits: Floats) -> Floats:
        """The logits with their first half made anew."""
        half = logits.shape[1] // 2
        first = (
            self.own * logits[:, :half]
            + self.member * logits[:, half:]
            + self.bias
            + _sure(logits) @ self.rules
        )
        return np.concatenate([first.astype(np.float32), logits[:, half:]], axis=1)

    def cooled(self, temperature: float) -> "Precedence":
        """The same with the new logits divided by a temperature."""
        return Precedence(
            self.own / temperature,
            self.member / temperature,
            self.bias / temperature,
            self.rules / temperature,
        )

    def folded_into(self, layer: Layer) -> Layer:
        """A layer whose first half needs only the rules added."""
        half = len(layer.bias) // 2
        weights, bias = layer.weights.copy(), layer.bias.copy()
        weights[:, :half] *= self.own
        weights[:, :half] += self.member * layer.weights[:, half:]
        bias[:half] = self.own * bias[:half] + self.member * bias[half:] + self.bias
        return Layer(weights, bias)


def fit_precedence(logits: Floats, targets: Targets, weights: Floats) -> Precedence:
    """Fit to logits of articles that the layer was not fitted to.

    Args:
        logits: Both halves, articles x twice the sections.
        targets: What was right.
        weights: What each article counts.
    """
    half = logits.shape[1] // 2
    right = targets.primary.argmax(axis=1)
    rows = np.arange(len(right))
    share = (weights / weights.sum())[:, None]
    tie = _TIE / len(right)

    def loss(values: NDArray[np.float64]) -> Any:
        found = _unpacked(values, half)
        chance = softmax(found(logits)[:, :half])
        lost = -float((share[:, 0] * np.log(chance[rows, right] + 1e-12)).sum())
        free = values[2:]
        chance[rows, right] -= 1
        gap = share * chance
        slope = np.concatenate(
            [
                [(gap * logits[:, :half]).sum(), (gap * logits[:, half:]).sum()],
                gap.sum(axis=0),
                (_sure(logits).T @ gap).ravel(),
            ]
        )
        slope[2:] += tie * free
        return lost + 0.5 * tie * float(free @ free), slope

    first = np.zeros(2 + half + half * half)
    first[0] = 1.0
    found = minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return _unpacked(found.x, half)


def cross_fitted(
    logits: Floats, targets: Targets, weights: Floats, seed: int
) -> Floats:
    """The logits made anew, each article's by a fit that did not see it."""
    part = np.random.default_rng(seed).permutation(len(logits)) % _PARTS
    result = logits.copy()
    for number in range(min(_PARTS, len(logits))):
        inside = part == number
        found = fit_precedence(logits[~inside], targets[~inside], weights[~inside])
        result[inside] = found(logits[inside])
    return result


def _unpacked(values: NDArray[np.float64], half: int) -> Precedence:
    rules = values[2 + half :].reshape(half, half)
    return Precedence(values[0], values[1], values[2 : 2 + half], rules)


def _sure(logits: Floats) -> Floats:
    half = logits.shape[1] // 2
    return (1 / (1 + np.exp(-logits[:, half:]))).astype(logits.dtype)
