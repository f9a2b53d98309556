"""What names look like: each distinct form once, with a number."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tagger.scoring.arrays import Ints
from tagger.scoring.documents import Document
from tagger.scoring.tables import SpanTable


@dataclass(frozen=True, slots=True)
class Surfaces:
    """Forms of names without white space, which only pads or wraps them."""

    forms: tuple[str, ...]
    gold: Ints
    predicted: Ints


def form(text: str) -> str:
    """A name as a catalogue has it: 丁 洁 is 丁洁, and so is one broken by a line end."""
    return "".join(text.split())


def surfaces(
    documents: Sequence[Document], gold: SpanTable, predicted: SpanTable
) -> Surfaces:
    """Number the forms of all spans."""
    numbers: dict[str, int] = {}
    as_found: dict[str, int] = {}

    def number(text: str) -> int:
        if text not in as_found:
            as_found[text] = numbers.setdefault(form(text), len(numbers))
        return as_found[text]

    def column(side: SpanTable) -> Ints:
        places = zip(
            side.article.tolist(),
            (side.start - side.offset[side.article]).tolist(),
            (side.end - side.offset[side.article]).tolist(),
            strict=True,
        )
        found = (number(documents[article].text[a:b]) for article, a, b in places)
        return np.fromiter(found, np.int64, len(side))

    gold_column, predicted_column = column(gold), column(predicted)
    return Surfaces(tuple(numbers), gold_column, predicted_column)
