"""Scores of cutting pages into articles.

White space at the edges of an article is nobody's. What lies between articles and is
not white, such as a masthead, is a segment too: a system that adds the masthead to an
article has missed a border.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from tagger.scoring.documents import CutPage, Document, Piece
from tagger.scoring.matching import match_by_overlap
from tagger.scoring.segmentation import pk, window, window_diff
from tagger.scoring.surfaces import form
from tagger.scoring.tallies import (
    COUNTED,
    Measure,
    Tally,
    column,
    precision_recall_f1,
    share,
)

#: What stands before and between the persons of a byline, their paper included:
#: 海南日报全媒体记者丁洁 通讯员高原, 文/图 丁洁
_ROLES: Final = re.compile(
    r"[^\s、,，/（(]*(?:记者|通讯员|实习生|评论员|作者|编辑|供稿|供图|摄影|整理|统筹)"
    r"|[■●◆□▲△/、,，;；:：()（）\s]+"
)
_NO_PERSONS: Final = frozenset("文 图 摄 影 文图 报道 撰文 摄影报道".split())


def cuts_tally(gold: Sequence[CutPage], predicted: Sequence[CutPage]) -> Tally:
    """Count the cuts of each page; a row is a page."""
    rows = [_row(*pair) for pair in zip(gold, predicted, strict=True)]
    counts = {
        name: np.array([row.get(name, 0.0) for row in rows], np.float64)
        for name in _COLUMNS
    }
    measures: dict[str, Measure] = {}
    for prefix in ("cuts", "cuts.line", "cuts.articles"):
        sums = (column(f"{prefix}.{what}") for what in COUNTED)
        measures |= precision_recall_f1(f"{prefix}.", *sums)
    measures["cuts.windowdiff"] = share("cuts.windowdiff", "cuts.pages")
    measures["cuts.pk"] = share("cuts.pk", "cuts.pages")
    for part in _PARTS:
        measures[f"cuts.{part}"] = share(f"cuts.{part}.right", f"cuts.{part}.n")
    return Tally.of(counts, measures)


def borders(page: CutPage) -> list[int]:
    """Where segments begin, all but the page's first: places of visible characters."""
    found, done = [], 0
    for start, end in (*_spans(page), (len(page.text), len(page.text))):
        gap = page.text[done:start]
        if gap and not gap.isspace():
            found.append(done + len(gap) - len(gap.lstrip()))
        if start < end:
            found.append(start)
        done = max(done, end)
    return found[1:]


def trimmed(page: CutPage, piece: Piece) -> tuple[int, int]:
    """A piece's span without white space at its edges."""
    text = page.text[piece.start : piece.end]
    begin = piece.start + len(text) - len(text.lstrip())
    return begin, max(begin, piece.start + len(text.rstrip()))


def aligned(gold: CutPage, predicted: CutPage) -> dict[int, int]:
    """The predicted article that stands for each gold article, by shared characters."""
    return match_by_overlap(
        [(piece.start, piece.end) for piece in gold.pieces],
        [(piece.start, piece.end) for piece in predicted.pieces],
    )


def _spans(page: CutPage) -> list[tuple[int, int]]:
    return [trimmed(page, piece) for piece in page.pieces]


def _row(gold: CutPage, predicted: CutPage) -> dict[str, float]:
    ours, theirs = borders(gold), borders(predicted)
    row = _counted("cuts", len({*ours} & {*theirs}), len(ours), len(theirs))
    near = _within_a_line(gold.text, ours, theirs)
    row |= _counted("cuts.line", near, len(ours), len(theirs))
    articles, found = {*_spans(gold)}, {*_spans(predicted)}
    row |= _counted("cuts.articles", len(articles & found), len(articles), len(found))
    size = len(gold.text)
    width = window(size, len(ours))
    difference = window_diff(size, ours, theirs, width)
    if difference is not None:
        apart = pk(size, ours, theirs, width) or 0.0
        row |= {"cuts.pages": 1, "cuts.windowdiff": difference, "cuts.pk": apart}
    pairs = aligned(gold, predicted)
    for part, of in _PARTS.items():
        for number, piece in enumerate(gold.pieces):
            wanted = of(piece.document)
            if wanted:
                row[f"cuts.{part}.n"] = row.get(f"cuts.{part}.n", 0) + 1
                other = predicted.pieces[pairs[number]] if number in pairs else None
                right = other is not None and of(other.document) == wanted
                row[f"cuts.{part}.right"] = row.get(f"cuts.{part}.right", 0) + right
    return row


def _counted(name: str, hit: int, gold: int, predicted: int) -> dict[str, float]:
    counts = (hit, gold, predicted)
    return {f"{name}.{what}": n for what, n in zip(COUNTED, counts, strict=True)}


def _within_a_line(text: str, gold: list[int], predicted: list[int]) -> int:
    """How many borders pair up at most one line apart; blank lines do not count."""
    starts = [match.start() for match in re.finditer(r"[^\n]*\S", text)]
    ours = [bisect_right(starts, border) for border in gold]
    theirs = [bisect_right(starts, border) for border in predicted]
    pairs = place = 0
    for line in ours:
        while place < len(theirs) and theirs[place] < line - 1:
            place += 1
        if place < len(theirs) and theirs[place] <= line + 1:
            pairs += 1
            place += 1
    return pairs


def _title(document: Document) -> str:
    return form(document.facts.title or "")


def _byline(document: Document) -> frozenset[str]:
    """The persons of a byline: 本报记者 丁洁 通讯员 高原 are 丁洁 and 高原."""
    names = (name for line in document.facts.byline for name in _ROLES.split(line))
    return frozenset(name for name in names if name) - _NO_PERSONS


_PARTS: Final[dict[str, Callable[[Document], object]]] = {
    "title": _title,
    "byline": _byline,
}
_COLUMNS: Final = [
    *(f"{p}.{w}" for p in ("cuts", "cuts.line", "cuts.articles") for w in COUNTED),
    *("cuts.pages", "cuts.windowdiff", "cuts.pk"),
    *(f"cuts.{part}.{what}" for part in _PARTS for what in ("n", "right")),
]
