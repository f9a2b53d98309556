"""Vocabulary and linear layers of the sections classifier: NumPy, SciPy, no more."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import fmin_l_bfgs_b

from tagger.sections.features import (
    GramConfig,
    Grams,
    Titled,
    Vocabulary,
    cut,
    lay_out,
)

Floats = NDArray[np.float32]
_BATCH: Final = 500
#: Batches between two mergings of what was counted.
_MERGE: Final = 20


@dataclass(frozen=True, slots=True)
class Layer:
    """A linear layer: ``matrix @ weights + bias``."""

    weights: Floats
    bias: Floats

    def __call__(self, matrix: Any) -> Floats:
        """Logits, rows x outputs."""
        logits: Floats = matrix @ self.weights + self.bias
        return logits


@dataclass(frozen=True, slots=True)
class Targets:
    """What a layer should say: a distribution and yes-or-nos over the same sections."""

    #: Rows sum to 1: which section is primary.
    primary: Floats
    #: Each in [0, 1]: whether a section is in the set.
    member: Floats

    def __getitem__(self, rows: Any) -> "Targets":
        """The targets of some rows."""
        return Targets(self.primary[rows], self.member[rows])

    def __add__(self, other: "Targets") -> "Targets":
        """These rows and then the other's."""
        return Targets(
            np.concatenate([self.primary, other.primary]),
            np.concatenate([self.member, other.member]),
        )


@dataclass(frozen=True, slots=True)
class Fitting:
    """How a layer is fitted."""

    #: L2 penalty on the weights, against the mean loss of an article.
    l2: float
    rounds: int = 40


def cut_all(articles: Sequence[Titled], config: GramConfig) -> Iterator[Grams]:
    """The grams of the articles, some hundred articles at a time."""
    for start in range(0, len(articles), _BATCH):
        batch = articles[start : start + _BATCH]
        yield cut([lay_out(article, config) for article in batch], config)


def build_vocabulary(
    articles: Sequence[Titled], config: GramConfig, least: int
) -> Vocabulary:
    """The grams of at least ``least`` articles, with smoothed idf."""
    keys = np.zeros(0, np.uint64)
    counts = np.zeros(0, np.int64)
    waiting: list[NDArray[np.uint64]] = []
    for number, grams in enumerate(cut_all(articles, config), 1):
        waiting.append(_once_an_article(grams))
        if number % _MERGE == 0:
            keys, counts = _merged(keys, counts, waiting)
            waiting = []
    keys, counts = _merged(keys, counts, waiting)
    frequent = counts >= least
    idf = np.log((1 + len(articles)) / (1 + counts[frequent])) + 1
    return Vocabulary(keys[frequent], idf.astype(np.float32))


def to_matrix(
    articles: Sequence[Titled], vocabulary: Vocabulary, config: GramConfig
) -> Any:
    """TF-IDF of the articles, sparse, articles x grams."""
    sizes = [
        min(_BATCH, len(articles) - start) for start in range(0, len(articles), _BATCH)
    ]
    parts = [
        vocabulary.matrix(grams, size)
        for grams, size in zip(cut_all(articles, config), sizes, strict=True)
    ]
    empty = sparse.csr_matrix((0, len(vocabulary.keys)), dtype=np.float32)
    return sparse.vstack([empty, *parts], format="csr")


def fit(matrix: Any, targets: Targets, weights: Floats, fitting: Fitting) -> Layer:
    """Fit a layer to soft targets by L-BFGS: a softmax and as many sigmoids at once.

    Args:
        matrix: Articles x features, sparse or dense.
        targets: One row for each of the matrix.
        weights: What each article counts.
        fitting: Penalty and rounds.
    """
    share = (weights / weights.sum()).astype(np.float32)[:, None]
    turned = matrix.T.tocsr() if sparse.issparse(matrix) else matrix.T
    unit = _units(matrix, share, fitting.l2)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        grid = (flat.reshape(len(unit), -1) * unit).astype(np.float32)
        value, residual = _loss(matrix @ grid[:-1] + grid[-1], targets, share)
        slope = np.empty(grid.shape)
        slope[:-1] = turned @ residual + fitting.l2 * grid[:-1]
        slope[-1] = residual.sum(axis=0)
        penalty = 0.5 * fitting.l2 * float(np.vdot(grid[:-1], grid[:-1]))
        return value + penalty, (slope * unit).ravel()

    first = np.zeros(len(unit) * 2 * targets.primary.shape[1])
    best, _, _ = fmin_l_bfgs_b(loss, first, maxiter=fitting.rounds, m=6, factr=1e8)
    grid = (best.reshape(len(unit), -1) * unit).astype(np.float32)
    return Layer(grid[:-1], grid[-1])


def softmax(logits: Floats) -> Floats:
    """Rows of probabilities."""
    heat = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Floats = heat / heat.sum(axis=1, keepdims=True)
    return result


def embed(matrix: Any, dimensions: int, seed: int) -> Floats:
    """Directions of latent semantic analysis, features x dimensions.

    Deerwester et al. 1990, by the randomized range finder of Halko, Martinsson and
    Tropp 2011 with two power iterations.
    """
    rng = np.random.default_rng(seed)
    wide = min(dimensions + 30, *matrix.shape)
    turned = matrix.T.tocsr()
    seen = rng.standard_normal((matrix.shape[0], wide)).astype(np.float32)
    for _ in range(3):
        # orthogonal over the articles, which are few, not over the many grams
        seen, _ = np.linalg.qr(matrix @ (turned @ seen))
    wide_basis = turned @ seen
    values, turn = np.linalg.eigh((wide_basis.T @ wide_basis).astype(np.float64))
    best = np.argsort(-values)[:dimensions]
    scale = turn[:, best] / np.sqrt(np.maximum(values[best], 1e-12))
    directions: Floats = wide_basis @ scale.astype(np.float32)
    return directions


def _loss(logits: Floats, targets: Targets, share: Floats) -> tuple[float, Floats]:
    """Cross-entropy of both halves of the logits, and its slope."""
    half = logits.shape[1] // 2
    exclusive, single = logits[:, :half], logits[:, half:]
    top = exclusive.max(axis=1, keepdims=True)
    heat = np.exp(exclusive - top)
    total = heat.sum(axis=1, keepdims=True)
    lost = np.log(total) + top
    lost = lost - (exclusive * targets.primary).sum(axis=1, keepdims=True)
    lost = lost + (np.logaddexp(0, single) - targets.member * single).sum(
        axis=1, keepdims=True
    )
    sure = 1 / (1 + np.exp(-np.clip(single, -30, 30)))
    residual = np.concatenate(
        [heat / total - targets.primary, sure - targets.member], 1
    )
    return float((share * lost).sum()), share * residual


def _units(matrix: Any, share: Floats, l2: float) -> NDArray[np.float64]:
    """Steps in which the weights are counted, the bias last: all curve about alike.

    Without them L-BFGS needs hundreds of rounds: rare grams curve the loss thousands
    of times less than common ones. 0.1 is a logistic output's usual curvature.
    """
    squares = matrix.multiply(matrix) if sparse.issparse(matrix) else matrix**2
    curvature = np.append(0.1 * np.asarray(squares.T @ share).ravel() + l2, 0.1)
    units: NDArray[np.float64] = 1 / np.sqrt(curvature.astype(np.float64))[:, None]
    return units


def _once_an_article(grams: Grams) -> NDArray[np.uint64]:
    """Every gram once for each article it is in."""
    order = np.lexsort((grams.key, grams.row))
    row, key = grams.row[order], grams.key[order]
    new = np.ones(len(key), bool)
    new[1:] = (key[1:] != key[:-1]) | (row[1:] != row[:-1])
    return key[new]


def _merged(
    keys: NDArray[np.uint64],
    counts: NDArray[np.int64],
    waiting: Iterable[NDArray[np.uint64]],
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    more, times = np.unique(
        np.concatenate([np.zeros(0, np.uint64), *waiting]), return_counts=True
    )
    both, place = np.unique(np.concatenate([keys, more]), return_inverse=True)
    total = np.bincount(place, np.concatenate([counts, times]), len(both))
    return both, total.astype(np.int64)
