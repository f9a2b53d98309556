"""What a wrong cut costs: names, tags and sections scored through a system's own cuts.

Names are compared where they stand on the page. Tags and sections are compared between
each gold article and the predicted article that shares most characters with it: the
names of an article glued to another are filed with the wrong one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from tagger.scoring.arrays import Floats
from tagger.scoring.cuts import aligned
from tagger.scoring.documents import CutPage, Document, Filing, Span
from tagger.scoring.surfaces import form
from tagger.scoring.tallies import (
    COUNTED,
    Measure,
    Tally,
    column,
    precision_recall_f1,
    share,
)

_COLUMNS: Final = (
    *(f"{level}.{what}" for level in ("names", "tags") for what in COUNTED),
    "primary.right",
    "primary.n",
)


def through_tally(gold: Sequence[CutPage], predicted: Sequence[CutPage]) -> Tally:
    """Count names, tags and primary sections of each page; a row is a page.

    Names count on pages whose articles are all annotated with names, sections on
    articles that the gold files.
    """
    rows = [_row(*pair) for pair in zip(gold, predicted, strict=True)]
    values: Floats = np.array(rows, np.float64).reshape(len(rows), len(_COLUMNS))
    measures: dict[str, Measure] = {
        "through.sections.primary": share("primary.right", "primary.n")
    }
    for level, name in (("names", "through.strict."), ("tags", "through.tags.")):
        sums = (column(f"{level}.{what}") for what in COUNTED)
        measures |= precision_recall_f1(name, *sums)
    return Tally(_COLUMNS, (values,), measures)


def on_gold_cuts(gold: CutPage, predicted: Sequence[Document]) -> CutPage:
    """The gold's cuts with what a system said of each article, in order."""
    pieces = (
        replace(piece, document=document)
        for piece, document in zip(gold.pieces, predicted, strict=True)
    )
    return replace(gold, pieces=tuple(pieces))


def _row(gold: CutPage, predicted: CutPage) -> list[int]:
    pairs = aligned(gold, predicted)
    filed = [n for n, piece in enumerate(gold.pieces) if piece.document.filing]
    right = sum(
        _primary(gold.pieces[n].document)
        == _primary(predicted.pieces[pairs[n]].document)
        for n in filed
        if n in pairs
    )
    return [*_name_counts(gold, predicted, pairs), right, len(filed)]


def _name_counts(
    gold: CutPage, predicted: CutPage, pairs: Mapping[int, int]
) -> list[int]:
    """Hits, gold and predicted of names, then of tags; 0 where gold has no names."""
    if any(piece.document.spans is None for piece in gold.pieces):
        return [0] * 6
    ours, theirs = {*_names(gold)}, {*_names(predicted)}
    our_tags = [_tags(piece.document) for piece in gold.pieces]
    their_tags = [_tags(piece.document) for piece in predicted.pieces]
    return [
        len(ours & theirs),
        len(ours),
        len(theirs),
        sum(len(our_tags[g] & their_tags[p]) for g, p in pairs.items()),
        sum(map(len, our_tags)),
        sum(map(len, their_tags)),
    ]


def _names(page: CutPage) -> Iterator[Span]:
    """The page's names, counted from its start."""
    for piece in page.pieces:
        for start, end, label in piece.document.spans or ():
            yield Span(start + piece.start, end + piece.start, label)


def _tags(document: Document) -> set[tuple[str, str]]:
    return {
        (form(document.text[span.start : span.end]), span.label)
        for span in document.spans or ()
    }


def _primary(document: Document) -> str | None:
    return (document.filing or Filing(None)).primary
