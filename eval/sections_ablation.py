"""What each choice of the sections classifier is worth, on development data.

    python eval/sections_ablation.py --data ../shared/data --data out/sections

The folders are those the model card trains from. One row a choice and a kind of text:
every article, the development files' included, is filed by a model that saw neither it
nor anything else of its writer, in three folds. Measured are the fair samples of real
news and the written corpus, apart, with bootstrap intervals. ``--rows`` picks rows by
their beginning, ``--pool`` sets how many unfiled articles teach in all rows (the recipe
has more).
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from tagger.standoff import article_text
from tagger.training import sections as stage
from tagger.training.corpora import read_jsonl
from tagger.training.section_calibration import platt, temperature, thresholds
from tagger.training.section_data import Filed
from tagger.training.section_learning import Fitting, fit, softmax, to_matrix
from tagger.training.section_recipe import Gold, Recipe, read_recipe

ROOT = Path(__file__).parents[1]
DRAWS = 1000
FOLDS = 3


@dataclass(frozen=True)
class Case:
    """All articles, the fold of each, and those a keyword rule filed."""

    recipe: Recipe
    corpus: stage.Corpus
    fold: np.ndarray
    weak: tuple[Filed, ...]


@dataclass(frozen=True)
class Outcome:
    """Per article: how sure, whether right, in the set, and the sets' counts."""

    sure: np.ndarray
    right: np.ndarray
    inside: np.ndarray
    #: Shared, given and gold sections of each article.
    sets: np.ndarray

    def __getitem__(self, rows: np.ndarray) -> "Outcome":
        return Outcome(
            self.sure[rows], self.right[rows], self.inside[rows], self.sets[rows]
        )


def coverage(outcome: Outcome) -> float:
    """The largest share that can be filed at 95 % precision."""
    order = np.argsort(-outcome.sure, kind="stable")
    hits = np.cumsum(outcome.right[order])
    filed = np.arange(1, len(order) + 1)
    good = np.flatnonzero(hits >= 0.95 * filed)
    return float(filed[good[-1]] / len(order)) if len(good) else 0.0


def calibration_error(outcome: Outcome) -> float:
    """Expected calibration error, 15 bins of equal width."""
    bins = np.minimum((outcome.sure * 15).astype(int), 14)
    gaps = [
        abs(outcome.right[bins == b].sum() - outcome.sure[bins == b].sum())
        for b in range(15)
    ]
    return float(sum(gaps) / len(outcome.sure))


def micro_f1(outcome: Outcome) -> float:
    """Of the sets of sections."""
    shared, given, gold = outcome.sets.sum(axis=0)
    return float(2 * shared / (given + gold))


MEASURES: dict[str, Callable[[Outcome], float]] = {
    "primary": lambda outcome: float(outcome.right.mean()),
    "in set": lambda outcome: float(outcome.inside.mean()),
    "micro-F1": micro_f1,
    "coverage": coverage,
    "ECE": calibration_error,
}


def judge(logits: np.ndarray, filed: Sequence[Filed], keys: Sequence[str]) -> Outcome:
    """Calibrate on one half, judge the other, and the other way round."""
    half = logits.shape[1] // 2
    targets = _targets(filed, keys)
    sure, given = np.zeros(len(filed)), np.zeros((len(filed), half), bool)
    best = logits[:, :half].argmax(axis=1)
    for part in (0, 1):
        own = np.arange(len(filed)) % 2 == part
        others = targets[np.flatnonzero(~own)]
        heat = temperature(logits[~own], others)
        sure[own] = softmax(logits[own, :half] / heat).max(axis=1)
        odds = platt(logits[~own], others)
        member = 1 / (1 + np.exp(-odds(logits[own])[:, half:]))
        given[own] = member >= thresholds(odds(logits[~own]), others, 1.0)
    given[np.arange(len(filed)), best] = True
    gold = targets.member > 0
    sets = np.stack([(given & gold).sum(1), given.sum(1), gold.sum(1)], axis=1)
    right = best == np.array([keys.index(item.sections[0]) for item in filed])
    return Outcome(sure, right, gold[np.arange(len(filed)), best], sets)


def _targets(filed: Sequence[Filed], keys: Sequence[str]) -> stage.Targets:
    primary = np.zeros((len(filed), len(keys)), np.float32)
    member = np.zeros_like(primary)
    for row, item in enumerate(filed):
        primary[row, keys.index(item.sections[0])] = 1
        member[row, [keys.index(section) for section in item.sections]] = 1
    return stage.Targets(primary, member)


def line(name: str, outcome: Outcome, rng: np.random.Generator) -> str:
    """A row of the table: each measure with its 95 % interval."""
    cells = []
    draws = rng.integers(0, len(outcome.right), (DRAWS, len(outcome.right)))
    for measure in MEASURES.values():
        spread = [measure(outcome[rows]) for rows in draws]
        low, high = np.percentile(spread, [2.5, 97.5])
        scale = "{:.1f} [{:.0f}, {:.0f}]"
        cells.append(scale.format(*(100 * v for v in (measure(outcome), low, high))))
    return f"| {name} | " + " | ".join(cells) + " |"


def across(case: Case, learn: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Logits of all articles, each by what ``learn`` made of the other folds."""
    parts = [learn(np.flatnonzero(case.fold != n)) for n in range(FOLDS)]
    return np.choose(case.fold[:, None], parts)


def student(recipe: Recipe, case: Case) -> np.ndarray:
    """What ships, before its scores are calibrated."""
    space = stage.to_space(case.corpus, recipe)
    return stage.out_of_fold(space, case.fold, _folded(recipe))


def by_hand_only(recipe: Recipe, case: Case) -> np.ndarray:
    """The student without a teacher."""
    corpus = replace(case.corpus, unfiled=())
    recipe = replace(recipe, learning=replace(recipe.learning, l2=1e-4))
    return student(recipe, replace(case, corpus=corpus))


def without_corpus(recipe: Recipe, case: Case) -> np.ndarray:
    """The student that learns from real news only."""
    space = stage.to_space(case.corpus, recipe)
    real = np.array([not item.writer for item in case.corpus.filed])
    return across(
        case,
        lambda rows: stage.learn(space, rows[real[rows]], recipe)(space.filed),
    )


def teacher(recipe: Recipe, case: Case) -> np.ndarray:
    """The teacher by itself: it could not ship, but how good is it?"""
    space = stage.to_space(case.corpus, recipe)
    return across(
        case, lambda rows: stage.teach(space, rows, recipe)(space.filed_meaning)
    )


def classic(make: Callable[[], Any]) -> Callable[..., np.ndarray]:
    """A classifier of scikit-learn on the hand-filed articles' grams."""

    def run(recipe: Recipe, case: Case) -> np.ndarray:
        space = stage.to_space(replace(case.corpus, unfiled=()), recipe)
        primary = space.targets.primary.argmax(axis=1)

        def learn(rows: np.ndarray) -> np.ndarray:
            model = make().fit(space.filed[rows], primary[rows])
            score = (
                model.decision_function(space.filed)
                if hasattr(model, "decision_function")
                else model.predict_log_proba(space.filed)
            )
            return np.concatenate([score, score], axis=1).astype(np.float32)

        return across(case, learn)

    return run


def weak_only(recipe: Recipe, case: Case) -> np.ndarray:
    """The keyword rule's labels and no others: what ten minutes' work reaches."""
    weak = replace(
        case.corpus,
        filed=case.weak,
        weights=np.ones(len(case.weak), np.float32),
        calibration=np.ones(len(case.weak), np.float32),
        unfiled=(),
    )
    space = stage.to_space(weak, recipe)
    layer = fit(
        space.filed,
        space.targets,
        np.ones(len(case.weak), np.float32),
        Fitting(recipe.learning.l2, recipe.learning.rounds),
    )
    articles = [item.article for item in case.corpus.filed]
    return layer(to_matrix(articles, space.vocabulary, recipe.grams))


def _folded(recipe: Recipe) -> Recipe:
    return replace(recipe, learning=replace(recipe.learning, folds=FOLDS))


def rows(recipe: Recipe) -> dict[str, tuple[Callable[..., Any], Recipe]]:
    """What is tried: a name, how, and the recipe."""

    def grams(**changes: Any) -> Recipe:
        return replace(recipe, grams=replace(recipe.grams, **changes))

    def learning(**changes: Any) -> Recipe:
        return replace(recipe, learning=replace(recipe.learning, **changes))

    def teaching(**changes: Any) -> Recipe:
        return replace(recipe, teaching=replace(recipe.teaching, **changes))

    return {
        "keyword-rule labels only": (weak_only, recipe),
        "hand-filed only, ComplementNB": (classic(ComplementNB), recipe),
        "hand-filed only, LinearSVC": (classic(lambda: LinearSVC(C=1.0)), recipe),
        "hand-filed only, logistic": (by_hand_only, recipe),
        "real news only": (without_corpus, recipe),
        "teacher alone": (teacher, recipe),
        "student (as shipped)": (student, recipe),
        "grams of 2": (student, grams(sizes=(2,))),
        "grams of 1 to 3": (student, grams(sizes=(1, 2, 3))),
        "grams of 2 to 4": (student, grams(sizes=(2, 3, 4))),
        "headline and lead not weighted": (student, grams(head=1.0, lead=1.0)),
        "headline 6, lead 2": (student, grams(head=6.0, lead=2.0)),
        "first 600 characters": (student, grams(length=600)),
        "credits read": (student, grams(mask=False)),
        "hand-filed 30 %": (student, learning(share=0.3)),
        "hand-filed 70 %": (student, learning(share=0.7)),
        "L2 four times": (student, learning(l2=4 * recipe.learning.l2)),
        "L2 a quarter": (student, learning(l2=recipe.learning.l2 / 4)),
        "primary section alone in the target": (student, learning(primary=1.0)),
        "teacher not sharpened": (student, teaching(temperature=1.0)),
        "teacher of 100 dimensions": (student, teaching(dimensions=100)),
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--recipe", type=Path, default=ROOT / "models/sections.toml")
    parser.add_argument("--rows", action="append", default=[])
    parser.add_argument("--pool", type=int, default=8000)
    args = parser.parse_args()
    recipe = read_recipe(args.recipe, args.data)
    case = _case(recipe, args.pool, _weak(args.data))
    print("| choice | on | " + " | ".join(MEASURES) + " | seconds |")
    print("|---" * (len(MEASURES) + 3) + "|")
    rng = np.random.default_rng(recipe.seed)
    written = np.array([bool(item.writer) for item in case.corpus.filed])
    for name, (run, own) in rows(case.recipe).items():
        if args.rows and not name.startswith(tuple(args.rows)):
            continue
        begin = time.process_time()
        logits = run(own, case)
        spent = f" {time.process_time() - begin:.0f} |"
        for where, some in (
            ("real", case.corpus.fair & ~written),
            ("corpus", written),
        ):
            filed = [case.corpus.filed[n] for n in np.flatnonzero(some)]
            outcome = judge(logits[some], filed, case.corpus.scheme.keys)
            print(line(f"{name} | {where}", outcome, rng) + spent, flush=True)


def _case(recipe: Recipe, pool: int, weak: tuple[Filed, ...]) -> Case:
    recipe = replace(
        recipe,
        gold=(*recipe.gold, *(Gold(path) for path in recipe.held_out)),
        held_out=(),
        teaching=replace(recipe.teaching, pool=pool, sample=pool),
    )
    corpus = stage.read_corpus(recipe)
    print(
        f"{len(corpus.filed)} filed, {corpus.fair.sum()} of them measure, "
        f"{len(corpus.unfiled)} unfiled",
        file=sys.stderr,
    )
    return Case(recipe, corpus, stage.split(corpus, _folded(recipe)), weak)


def _weak(folders: Sequence[Path]) -> tuple[Filed, ...]:
    """The articles a keyword rule filed; its ``mining`` is our energy."""
    name = "topic_weak/title_keyword_weak.jsonl.xz"
    path = next(folder / name for folder in folders if (folder / name).exists())
    return tuple(
        Filed(
            stage.Titled(article_text(item), item["title"]),
            ({"mining": "energy"}.get(item["label"], item["label"]),),
        )
        for item in read_jsonl(path)
    )


if __name__ == "__main__":
    main()
