"""How likely an article begins with each run: a logistic regression read twice.

The first reading knows nothing of the page's habits; its answers tell them, and the
second reading uses them. `eval/splitting.py --fit` fits both on real pages and
writes ``weights.json``.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tagger.split.features import features
from tagger.split.runs import Run

WEIGHTS: Final = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts, in either reading; ``bias`` counts always."""

    first: Mapping[str, float]
    second: Mapping[str, float]


@cache
def shipped() -> Weights:
    """The weights that came with the package."""
    return Weights(**json.loads(WEIGHTS.read_text("utf-8")))


def probabilities(runs: Sequence[Run], weights: Weights | None = None) -> list[float]:
    """For every run, the probability that an article begins with it; 1 for the first."""
    weights = weights or shipped()
    beliefs = reading(runs, [1.0] * len(runs), weights.first)
    return reading(runs, beliefs, weights.second)


def reading(
    runs: Sequence[Run], beliefs: Sequence[float], weights: Mapping[str, float]
) -> list[float]:
    """What one reading says, given what is believed of every run before it."""
    return [1.0, *(_probability(row, weights) for row in features(runs, beliefs))]


def _probability(row: Mapping[str, float], weights: Mapping[str, float]) -> float:
    total = weights["bias"] + sum(weights[name] * row[name] for name in row)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
