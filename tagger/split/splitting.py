"""From a page to its articles: paragraphs, cuts, parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from tagger.records import Article, Page, Split
from tagger.split.columns import belongs_above, is_label
from tagger.split.cuts import candidates, probabilities
from tagger.split.lines import Paragraph, Role, paragraphs
from tagger.split.parts import Parts, page_day, parse
from tagger.split.patterns import FIRST_WORDS
from tagger.split.reasons import Reason

_CUT: Final = 0.5
#: An article of fewer characters is worth a look.
_SHORT: Final = 40


@dataclass(slots=True)
class _Piece:
    """An article being put together."""

    paragraphs: list[Paragraph]
    #: Probability of the cut before it, and of no cut inside it.
    before: float
    inside: float
    #: Labels of columns, above or below.
    labels: list[str]

    @property
    def lead(self) -> Paragraph | None:
        """The first paragraph of the body."""
        return next((p for p in self.paragraphs if p.role is Role.BODY), None)

    @property
    def opens(self) -> bool:
        """Whether its body begins with 本报讯 or the like."""
        return self.lead is not None and self.lead.opens


def split(page: Page) -> Split:
    """Cut a page into its articles. A page that came with a title is one article."""
    found = paragraphs(page.text)
    kept = [p for p in found if p.role is not Role.FURNITURE]
    if page.title is not None or not kept:
        return whole(page)
    pieces = _pieces(kept)
    _share_labels(pieces)
    articles = tuple(_articles(pieces, _day(page, found)))
    return Split(articles, tuple(_gaps(page, articles)))


def whole(page: Page) -> Split:
    """The page as exactly one article."""
    found = paragraphs(page.text)
    kept = [p for p in found if p.role is not Role.FURNITURE]
    parts = parse(kept, _day(page, found))
    parts.title = page.title or parts.title
    untitled = (Reason.NO_TITLE,) if parts.title is None else ()
    article = _with_parts(parts, (0, len(page.text)), (Reason.ONE_ARTICLE, *untitled))
    return Split((article,))


def _pieces(kept: Sequence[Paragraph]) -> list[_Piece]:
    places = candidates(kept)
    pieces: list[_Piece] = []
    for place, sure in zip(places, probabilities(kept, places), strict=True):
        own = list(kept[place.first : place.end])
        if sure >= _CUT or not pieces:
            pieces.append(_Piece(own, sure, 1.0, []))
        else:
            pieces[-1].paragraphs += own
            pieces[-1].inside = min(pieces[-1].inside, 1 - sure)
    return _with_bodies(pieces)


def _with_bodies(pieces: list[_Piece]) -> list[_Piece]:
    """Join headings without a body to the article after them, or the last to the one before."""
    joined: list[_Piece] = []
    waiting: list[Paragraph] = []
    for piece in pieces:
        piece.paragraphs = waiting + piece.paragraphs
        waiting = []
        if all(p.role is Role.HEADING for p in piece.paragraphs):
            waiting = piece.paragraphs
        else:
            joined.append(piece)
    if waiting and joined:
        joined[-1].paragraphs += waiting
    elif waiting:
        joined.append(_Piece(waiting, 1.0, 1.0, []))
    return joined


def _share_labels(pieces: list[_Piece]) -> None:
    """Take column labels out of the headings and give each to its article."""
    for above, below in pairwise(pieces):
        first = below.paragraphs[0]
        if (
            _spare_heading(below)
            and is_label(first)
            and above.paragraphs[-1].closes
            and belongs_above(first, above.paragraphs, below.paragraphs[1:])
        ):
            above.paragraphs.append(below.paragraphs.pop(0))
    for piece in pieces:
        last = piece.paragraphs[-1]
        if len(piece.paragraphs) > 1 and is_label(last) and piece.paragraphs[-2].closes:
            piece.labels.append(last.text)
        if _spare_heading(piece) and is_label(piece.paragraphs[0]):
            piece.labels.insert(0, piece.paragraphs[0].text)


def _spare_heading(piece: _Piece) -> bool:
    """Whether a headline is left when the first heading is taken away."""
    return len(piece.paragraphs) > 1 and piece.paragraphs[1].role is Role.HEADING


def _articles(pieces: Sequence[_Piece], day: date | None) -> Iterator[Article]:
    expected = sum(piece.opens for piece in pieces) * 2 > len(pieces)
    after = [*(piece.before for piece in pieces[1:]), 1.0]
    for number, (piece, end) in enumerate(zip(pieces, after, strict=True)):
        parts = parse(_without_labels(piece), day)
        span = piece.paragraphs[0].start, piece.paragraphs[-1].end
        signed = number > 0 and pieces[number - 1].paragraphs[-1].closes
        reasons = (
            *((Reason.PAGE_START,) if number == 0 else ()),
            *((Reason.AFTER_BYLINE,) if signed else ()),
            *_looks(piece, parts, expected),
        )
        confidence = min(piece.before, piece.inside, end)
        yield _with_parts(parts, span, reasons, " / ".join(piece.labels), confidence)


def _without_labels(piece: _Piece) -> list[Paragraph]:
    ends = piece.paragraphs[0], piece.paragraphs[-1]
    return [p for p in piece.paragraphs if not (p in ends and p.text in piece.labels)]


def _looks(piece: _Piece, parts: Parts, expects_opening: bool) -> Iterator[Reason]:
    yield Reason.NO_TITLE if parts.title is None else Reason.HEADLINE
    if piece.opens:
        yield Reason.OPENING
    elif parts.title and expects_opening and _starts_oddly(piece):
        yield Reason.BEGINNING_LOST
    if not parts.byline:
        yield Reason.NO_BYLINE
    if piece.paragraphs[-1].breaks_off and not piece.paragraphs[-1].closes:
        yield Reason.END_LOST
    if sum(len(p.text) for p in piece.paragraphs) < _SHORT:
        yield Reason.VERY_SHORT


def _starts_oddly(piece: _Piece) -> bool:
    return piece.lead is not None and not FIRST_WORDS.match(piece.lead.text)


def _with_parts(
    parts: Parts,
    span: tuple[int, int],
    reasons: tuple[Reason, ...],
    column: str = "",
    confidence: float = 1.0,
) -> Article:
    return Article(
        *span,
        kicker=tuple(parts.kicker),
        title=parts.title,
        subheads=tuple(parts.subheads),
        byline=tuple(parts.byline),
        column=column or None,
        date=parts.date,
        confidence=confidence,
        reasons=tuple(map(str, reasons)),
    )


def _day(page: Page, found: Sequence[Paragraph]) -> date | None:
    """The day a page is of: from its masthead, else from its file's name."""
    furniture = [p.text for p in found if p.role is Role.FURNITURE]
    return page_day(*furniture, page.path)


def _gaps(page: Page, articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
    at = 0
    for article in articles:
        if at < article.start:
            yield at, article.start
        at = article.end
    if at < len(page.text):
        yield at, len(page.text)
