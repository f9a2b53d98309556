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

    def column(side: SpanTable) -> Ints:
        offset = side.offset[side.article]
        places = (side.article, side.start - offset, side.end - offset)
        found = np.empty(len(side), np.int64)
        rows = zip(*(place.tolist() for place in places), strict=True)
        for row, (article, start, end) in enumerate(rows):
            text = documents[article].text[start:end]
            number = as_found.get(text)
            if number is None:
                number = numbers.setdefault(form(text), len(numbers))
                as_found[text] = number
            found[row] = number
        return found

    gold_column, predicted_column = column(gold), column(predicted)
    return Surfaces(tuple(numbers), gold_column, predicted_column)
