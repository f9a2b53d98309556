"""Take parts away from the names model that ships, and score what is left.

    python eval/names_without.py --data DIR

``DIR`` holds ``real_dev/real_dev.jsonl`` and ``ner/msra.dev.jsonl.xz``. Prints a Markdown
table of strict F1, in per cent.
"""

import argparse
import json
import lzma
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from tagger.names import NameModel, model
from tagger.shipped import NAMES, model_folder

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


def read(path: Path) -> list[dict[str, Any]]:
    """Articles of a JSONL file, also of an ``.xz``."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def f1(names: NameModel, articles: list[dict[str, Any]], conventions: str) -> float:
    """Strict span F1, 0 to 1."""
    found = names.find([article["text"] for article in articles], conventions)
    hits = gold = predicted = 0
    for article, entities in zip(articles, found, strict=True):
        wanted = {tuple(entity) for entity in article["entities"]}
        ours = {(e.start, e.end, str(e.label)) for e in entities}
        hits += len(wanted & ours)
        gold, predicted = gold + len(wanted), predicted + len(ours)
    return 2 * hits / (gold + predicted)


def main(data: Path, changes: Iterable[Callable[[NameModel], None] | None]) -> None:
    """Print a row a change."""
    articles = {name: read(data / path) for name, (path, _) in SETS.items()}
    print(f"| without | {' | '.join(SETS)} |\n|---|{'---|' * len(SETS)}")
    kept = model.best_paths, model.marginals, model.settle
    for change in changes:
        model.best_paths, model.marginals, model.settle = kept
        names = NameModel.load(model_folder(NAMES, None) / "news_names")
        if change is not None:
            change(names)
        scores = [f1(names, articles[name], SETS[name][1]) for name in SETS]
        cells = " | ".join(f"{100 * score:.2f}" for score in scores)
        title = "nothing" if change is None else (change.__doc__ or "").rstrip(".")
        print(f"| {title} | {cells} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    main(parser.parse_args().data, [None, blind, stepless, unsettled])
