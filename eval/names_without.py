"""Take parts away from the names model that ships, and score what is left.

    python eval/names_without.py --data DIR

``DIR`` holds ``real_dev/real_dev.jsonl`` and ``ner/msra.dev.jsonl.xz``. Prints a Markdown
table of strict F1, in per cent.
"""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from tagger.names import NameModel, model
from tagger.shipped import NAMES, model_folder
from tagger.training.scoring import strict_f1

SETS = {
    "real_dev": ("real_dev/real_dev.jsonl", "house"),
    "msra.dev": ("ner/msra.dev.jsonl.xz", "msra"),
}


def blind(names: NameModel) -> None:
    """The lexicon finds no word."""
    lexicon = names.lexicon
    if lexicon is None:
        return
    width = lexicon.width
    lexicon.features = lambda codes: np.zeros((*codes.shape, width), np.float32)


def free(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function of scores alone: every step that is allowed is as good."""
    return lambda scores, steps, lengths: function(scores, steps * 0, lengths)


def stepless(_: NameModel) -> None:
    """Steps from tag to tag count nothing; paths stay well-formed."""
    model.best_paths = free(model.best_paths)
    model.marginals = free(model.marginals)


def unsettled(_: NameModel) -> None:
    """Names of a text are not settled with each other."""
    model.settle = lambda _text, entities: list(entities)


def main(data: Path, changes: Iterable[Callable[[NameModel], None] | None]) -> None:
    """Print a row a change."""
    print(f"| without | {' | '.join(SETS)} |\n|---|{'---|' * len(SETS)}")
    kept = model.best_paths, model.marginals, model.settle
    for change in changes:
        model.best_paths, model.marginals, model.settle = kept
        names = NameModel.load(model_folder(NAMES, None) / "news_names")
        if change is not None:
            change(names)
        scores = [strict_f1(names, data / path, own) for path, own in SETS.values()]
        cells = " | ".join(f"{100 * score:.2f}" for score in scores)
        title = "nothing" if change is None else (change.__doc__ or "").rstrip(".")
        print(f"| {title} | {cells} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    main(parser.parse_args().data, [None, blind, stepless, unsettled])
