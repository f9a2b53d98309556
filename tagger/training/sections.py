"""Train the sections classifier: a teacher on meanings, a student on grams.

A few thousand hand-filed articles are too few for a hundred thousand grams. So a
teacher learns them first in the few hundred dimensions of a latent semantic analysis
of all the articles at hand, files the articles that nobody filed, and the student, a
linear layer on the grams themselves, learns from both. Only the student ships.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tagger.sections.features import Titled, Vocabulary
from tagger.sections.model import FORMAT, Layers, SectionModel, SectionModelConfig
from tagger.sections.scheme import Scheme, read_scheme
from tagger.training.section_calibration import platt, temperature, thresholds
from tagger.training.section_data import Filed, read_filed, read_pool, without
from tagger.training.section_learning import (
    Fitting,
    Floats,
    Layer,
    Targets,
    build_vocabulary,
    embed,
    fit,
    softmax,
    to_matrix,
)
from tagger.training.section_precedence import cross_fitted, fit_precedence
from tagger.training.section_recipe import Recipe

#: Weight of articles that are no fair sample, where only fair ones are judged.
_UNFAIR: Final = 0.5
Report = Callable[[str], None]
#: Norm of an article's embedding, so that the teacher's penalty has a scale.
_NORM: Final = 4.0


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a recipe's files hold."""

    scheme: Scheme
    filed: tuple[Filed, ...]
    #: Whether each filed article belongs to a fair sample.
    fair: NDArray[np.bool_]
    #: What each counts in learning, and in choosing how sure scores are.
    weights: Floats
    calibration: Floats
    unfiled: tuple[Titled, ...]


@dataclass(frozen=True, slots=True)
class Space:
    """A corpus as matrices, row by row as there."""

    vocabulary: Vocabulary
    filed: Any
    unfiled: Any
    targets: Targets
    #: What each filed article counts.
    weights: Floats
    #: Embeddings of both for the teacher; empty without a pool.
    filed_meaning: Floats
    unfiled_meaning: Floats


def read_corpus(recipe: Recipe) -> Corpus:
    """Read the recipe's files; no article of the held-out files is among them."""
    scheme = read_scheme(recipe.scheme)
    kept_out = [
        filed.article
        for path in recipe.held_out
        for filed in read_filed(path, scheme.keys)
    ]
    filed: list[Filed] = []
    fair: list[bool] = []
    weights: list[tuple[float, float]] = []
    for gold in recipe.gold:
        known = [*kept_out, *(item.article for item in filed)]
        own = read_filed(gold.path, scheme.keys)
        fresh = {id(a) for a in without((item.article for item in own), known)}
        new = [item for item in own if id(item.article) in fresh]
        filed += new
        fair += [gold.fair] * len(new)
        weights += [(gold.weight, gold.calibration)] * len(new)
    found = (article for pool in recipe.pools for article in read_pool(pool))
    known = [*kept_out, *(item.article for item in filed)]
    unfiled = _sample(without(found, known), recipe)
    learning, calibration = np.array(weights, np.float32).reshape(-1, 2).T
    return Corpus(
        scheme, tuple(filed), np.array(fair, bool), learning, calibration, unfiled
    )


def train(recipe: Recipe, report: Report = lambda _: None) -> SectionModel:
    """Train on everything, calibrate on out-of-fold logits of the fair articles."""
    corpus = read_corpus(recipe)
    report(f"{len(corpus.filed):,} filed and {len(corpus.unfiled):,} unfiled articles")
    space = to_space(corpus, recipe)
    report(f"{len(space.vocabulary.keys):,} grams")
    everything = np.arange(len(corpus.filed))
    layer = learn(space, everything, recipe)
    report("fitted to all; now the folds, for what is fitted to the layer's logits")
    fold = split(corpus, recipe)
    return to_model(
        corpus, space, layer, out_of_fold(space, fold, recipe, report), recipe
    )


def to_space(corpus: Corpus, recipe: Recipe) -> Space:
    """Turn a corpus into matrices and embed it."""
    filed = [item.article for item in corpus.filed]
    vocabulary = build_vocabulary(
        [*filed, *corpus.unfiled],
        recipe.grams,
        # own schemes may have a hundred articles in all
        min(recipe.learning.least, 2 + len(filed) // 100 + len(corpus.unfiled) // 100),
    )
    known = to_matrix(filed, vocabulary, recipe.grams)
    pool = to_matrix(corpus.unfiled, vocabulary, recipe.grams)
    targets = _targets(corpus, recipe.learning.primary)
    if not corpus.unfiled:
        none = np.zeros((0, 0), np.float32)
        return Space(vocabulary, known, pool, targets, corpus.weights, none, none)
    sample = pool[: recipe.teaching.sample]
    directions = embed(sample, recipe.teaching.dimensions, recipe.seed)
    return Space(
        vocabulary,
        known,
        pool[: recipe.teaching.pool],
        targets,
        corpus.weights,
        _scaled(known @ directions),
        _scaled(pool[: recipe.teaching.pool] @ directions),
    )


def learn(space: Space, rows: NDArray[np.int64], recipe: Recipe) -> Layer:
    """Fit the student to some of the filed articles and to all unfiled ones."""
    learning = recipe.learning
    fitting = Fitting(learning.l2, learning.rounds)
    matrix, targets = space.filed[rows], space.targets[rows]
    weights = space.weights[rows] / space.weights[rows].sum()
    if not space.unfiled.shape[0]:
        return fit(matrix, targets, weights, fitting)
    teacher = teach(space, rows, recipe)
    count = space.unfiled.shape[0]
    weights = np.concatenate(
        [weights * learning.share, np.full(count, (1 - learning.share) / count)]
    ).astype(np.float32)
    guessed = _guessed(teacher(space.unfiled_meaning), recipe.teaching.temperature)
    both = sparse.vstack([matrix, space.unfiled], format="csr")
    return fit(both, targets + guessed, weights, fitting)


def teach(space: Space, rows: NDArray[np.int64], recipe: Recipe) -> Layer:
    """Fit the teacher to some of the filed articles."""
    return fit(
        space.filed_meaning[rows],
        space.targets[rows],
        space.weights[rows],
        Fitting(recipe.teaching.l2, recipe.teaching.rounds),
    )


def out_of_fold(
    space: Space,
    fold: NDArray[np.int64],
    recipe: Recipe,
    report: Report = lambda _: None,
) -> Floats:
    """Logits of the filed articles, each by a student that did not see its fold."""
    logits = np.zeros((len(fold), 2 * space.targets.primary.shape[1]), np.float32)
    for number in range(recipe.learning.folds):
        student = learn(space, np.flatnonzero(fold != number), recipe)
        logits[fold == number] = student(space.filed[fold == number])
        report(f"fold {number + 1} of {recipe.learning.folds}")
    return logits


def split(corpus: Corpus, recipe: Recipe) -> NDArray[np.int64]:
    """A fold for each article: every section spread over all, no writer over two."""
    rng = np.random.default_rng(recipe.seed)
    keys = corpus.scheme.keys
    primary = np.array([keys.index(item.sections[0]) for item in corpus.filed])
    order = np.lexsort((rng.random(len(primary)), primary))
    fold = np.empty(len(primary), np.int64)
    fold[order] = np.arange(len(primary)) % recipe.learning.folds
    writers = np.array([item.writer for item in corpus.filed])
    for number, writer in enumerate(sorted(set(writers.tolist()) - {""})):
        fold[writers == writer] = number % recipe.learning.folds
    return fold


def to_model(
    corpus: Corpus, space: Space, layer: Layer, logits: Floats, recipe: Recipe
) -> SectionModel:
    """The model as it ships: all that is fitted to out-of-fold ``logits`` folded in."""
    weights = np.where(corpus.fair, corpus.weights, _UNFAIR).astype(np.float32)
    fair = np.flatnonzero(corpus.fair)
    right = space.targets[fair]
    odds = platt(logits[fair], right)
    logits, layer = odds(logits), odds.folded_into(layer)
    rules = fit_precedence(logits, space.targets, weights)
    judged = cross_fitted(logits, space.targets, weights, recipe.seed)[fair]
    heat = temperature(judged, right, corpus.calibration[fair])
    final = rules.cooled(heat).folded_into(layer)
    count = len(corpus.scheme.keys)
    judged[:, :count] /= heat
    config = SectionModelConfig(
        format=FORMAT,
        name=recipe.name,
        version=recipe.version,
        sections=corpus.scheme.keys,
        names=corpus.scheme.names,
        grams=recipe.grams,
        further=thresholds(judged, right, recipe.learning.wrong_to_missing),
        floor=recipe.learning.floor,
    )
    precedence = rules.cooled(heat).rules.astype(np.float32)
    layers = Layers(final.weights, final.bias, precedence)
    return SectionModel(config, space.vocabulary, layers)


def _targets(corpus: Corpus, first: float) -> Targets:
    """Soft targets: ``first`` for the primary section, the rest for the further ones."""
    keys = corpus.scheme.keys
    primary = np.zeros((len(corpus.filed), len(keys)), np.float32)
    member = np.zeros_like(primary)
    for row, filed in enumerate(corpus.filed):
        columns = [keys.index(section) for section in filed.sections]
        primary[row, columns] = (1 - first) / max(1, len(columns) - 1)
        primary[row, columns[0]] = first if len(columns) > 1 else 1
        member[row, columns] = 1
    return Targets(primary, member)


def _guessed(logits: Floats, temperature: float) -> Targets:
    half = logits.shape[1] // 2
    member = (1 / (1 + np.exp(-logits[:, half:]))).astype(np.float32)
    return Targets(softmax(logits[:, :half] / temperature), member)


def _scaled(meaning: Floats) -> Floats:
    """Embeddings of one length."""
    length = np.linalg.norm(meaning, axis=1, keepdims=True)
    result: Floats = _NORM * meaning / np.maximum(length, 1e-6)
    return result


def _sample(articles: Iterable[Titled], recipe: Recipe) -> tuple[Titled, ...]:
    """As many as are needed, at random but the same each time."""
    found = list(articles)
    rng = np.random.default_rng(recipe.seed)
    wanted = max(recipe.teaching.sample, recipe.teaching.pool)
    order = rng.permutation(len(found))[:wanted]
    return tuple(found[number] for number in order)
