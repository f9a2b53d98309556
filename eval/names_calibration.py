"""How far the scores of names can be believed.

    python eval/names_calibration.py GOLD…

``GOLD`` is JSONL with ``text`` and ``entities``. Prints for each file the expected
calibration error (15 bins, Guo et al. 2017) of the names found, and how many names are
right by how sure they are.
"""

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tagger.names import NameModel
from tagger.shipped import NAMES, model_folder
from tagger.training.corpora import read_jsonl

BINS = 15
STEPS = (0.5, 0.7, 0.9, 0.97, 0.995, 1.0)


def judged(names: NameModel, gold: Path) -> tuple[NDArray[np.float64], ...]:
    """Score of every name found, and 1 where edges and type are right, else 0."""
    articles = list(read_jsonl(gold))
    scores, right = [], []
    for article, entities in zip(
        articles, names.find([article["text"] for article in articles]), strict=True
    ):
        wanted = {tuple(entity) for entity in article["entities"]}
        for entity in entities:
            scores.append(entity.score or 0.0)
            right.append((entity.start, entity.end, str(entity.label)) in wanted)
    return np.array(scores), np.array(right, dtype=np.float64)


def calibration_error(scores: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Mean distance of score and share right over bins, weighted by their names."""
    bins = np.minimum((scores * BINS).astype(int), BINS - 1)
    return sum(
        abs(scores[bins == n].mean() - right[bins == n].mean()) * (bins == n).mean()
        for n in np.unique(bins)
    )


def main(files: list[Path]) -> None:
    """Print the figures of each file."""
    names = NameModel.load(model_folder(NAMES, None) / "news_names")
    for gold in files:
        scores, right = judged(names, gold)
        error = 100 * calibration_error(scores, right)
        print(f"{gold.name}: {len(scores):,} names, calibration error {error:.1f} %")
        for low, high in pairwise(STEPS):
            within = (scores >= low) & (scores < high + (high == STEPS[-1]))
            share = 100 * right[within].mean() if within.any() else float("nan")
            print(f"  {low:.3f} to {high:.3f}: {within.sum():5,} names, {share:.1f} %")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    main(parser.parse_args().gold)
