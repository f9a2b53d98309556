"""How well a name model does on an annotated file, in its own conventions."""

from pathlib import Path

from tagger.names import NameModel
from tagger.training.corpora import read_jsonl


def strict_f1(model: NameModel, gold: Path, conventions: str | None = None) -> float:
    """Strict span F1, 0 to 1, on JSONL with ``text`` and ``entities``; may be ``.xz``.

    The quick figure between rounds of training; `tagger.scoring` has the rest.
    """
    articles = list(read_jsonl(gold))
    found = model.find([article["text"] for article in articles], conventions)
    wanted = {
        (number, *span)
        for number, article in enumerate(articles)
        for span in map(tuple, article["entities"])
    }
    predicted = {
        (number, entity.start, entity.end, str(entity.label))
        for number, entities in enumerate(found)
        for entity in entities
    }
    return 2 * len(wanted & predicted) / (len(wanted) + len(predicted))
