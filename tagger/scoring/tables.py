"""Spans of many articles as columns, so that millions are compared at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from tagger.errors import MisalignedSpanError
from tagger.scoring.arrays import Ints
from tagger.scoring.documents import Document, Span


@dataclass(frozen=True, slots=True)
class SpanTable:
    """All spans of one side in reading order.

    ``start`` and ``end`` count from the beginning of all articles put behind each
    other with a gap of one, so that spans of different articles never touch.
    """

    article: Ints
    start: Ints
    end: Ints
    #: Index into the labels the table was made with.
    label: Ints
    #: Where each article begins.
    offset: Ints

    def __len__(self) -> int:
        return len(self.start)

    def span(self, row: int, labels: Sequence[str]) -> Span:
        """One row as a value, counted from the start of its article."""
        offset = self.offset[self.article[row]]
        return Span(
            int(self.start[row] - offset),
            int(self.end[row] - offset),
            labels[self.label[row]],
        )


def labels_of(*sides: Sequence[Document]) -> tuple[str, ...]:
    """All labels that occur, sorted; PER, LOC, ORG in that order when among them."""
    known = {"PER": 0, "LOC": 1, "ORG": 2}
    found = {
        span.label
        for side in sides
        for document in side
        for span in document.spans or ()
    }
    return tuple(sorted(found, key=lambda label: (known.get(label, 3), label)))


def table(documents: Sequence[Document], labels: Sequence[str]) -> SpanTable:
    """Put the spans of all documents in columns.

    Raises:
        MisalignedSpanError: A span is empty, outside its text, or overlaps another.
    """
    spans = list(chain.from_iterable(d.spans or () for d in documents))
    lengths = np.fromiter((len(d.text) for d in documents), np.int64, len(documents))
    counts = np.fromiter(
        (len(d.spans or ()) for d in documents), np.int64, len(documents)
    )
    offset = np.concatenate([[0], np.cumsum(lengths + 1)])[:-1].astype(np.int64)
    article = np.repeat(np.arange(len(documents)), counts)
    codes = {label: code for code, label in enumerate(labels)}
    size = len(spans)
    start = np.fromiter((span[0] for span in spans), np.int64, size)
    end = np.fromiter((span[1] for span in spans), np.int64, size)
    label = np.fromiter((codes[span[2]] for span in spans), np.int64, size)
    bad = (start < 0) | (end <= start) | (end > lengths[article])
    if bad.any():
        row = int(bad.argmax())
        raise _misfit(documents[article[row]], spans[row], "is not inside the text")
    start, end = start + offset[article], end + offset[article]
    order = np.argsort(start, kind="stable")
    overlaps = start[order][1:] < end[order][:-1]
    if overlaps.any():
        row = order[int(overlaps.argmax()) + 1]
        raise _misfit(documents[article[row]], spans[row], "overlaps another span")
    return SpanTable(article[order], start[order], end[order], label[order], offset)


def _misfit(document: Document, span: Span, problem: str) -> MisalignedSpanError:
    return MisalignedSpanError(
        f"{document.id}: {span.label} {span.start}-{span.end} {problem}"
    )
