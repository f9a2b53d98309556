"""From a page to its articles: paragraphs, cuts, parts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from tagger.records import Article, Page, Split
from tagger.split.breaks import mended
from tagger.split.cuts import Weights, probabilities
from tagger.split.lines import Paragraph, Role, paragraphs
from tagger.split.parts import Parts, page_day, parse
from tagger.split.patterns import FIRST_WORDS
from tagger.split.pieces import Piece, pieces
from tagger.split.reasons import Reason
from tagger.split.runs import runs

#: An article of fewer characters is worth a look.
_SHORT: Final = 40
#: Below this confidence a cut is worth a look.
_SURE: Final = 0.7


def split(page: Page, weights: Weights | None = None) -> Split:
    """Cut a page into its articles. A page that came with a title is one article.

    ``weights`` other than those shipped are for those who fit them.
    """
    found = paragraphs(page.text)
    kept = of_articles(found, page.text)
    if page.title is not None or not kept:
        return whole(page)
    candidates = runs(kept)
    own = pieces(kept, candidates, probabilities(candidates, weights))
    articles = tuple(_articles(own, page.text, _day(page, found)))
    return Split(articles, tuple(_gaps(len(page.text), articles)))


def whole(page: Page) -> Split:
    """The page as exactly one article."""
    found = paragraphs(page.text)
    kept = of_articles(found, page.text)
    parts = parse(kept, page.text, _day(page, found))
    parts = replace(parts, title=page.title or parts.title)
    reasons = [Reason.ONE_ARTICLE, *([] if parts.title else [Reason.NO_TITLE])]
    return Split((_article((0, len(page.text)), parts, reasons),))


def of_articles(found: Sequence[Paragraph], page: str) -> list[Paragraph]:
    """The paragraphs that belong to articles, those a column broke in two mended."""
    return mended([p for p in found if p.role is not Role.FURNITURE], page)


def _articles(found: Sequence[Piece], page: str, day: date | None) -> Iterator[Article]:
    expected = sum(piece.opens for piece in found) * 2 > len(found)
    after = [*(piece.before for piece in found[1:]), 1.0]
    signed = [False, *(piece.paragraphs[-1].closes for piece in found[:-1])]
    for number, (piece, end) in enumerate(zip(found, after, strict=True)):
        parts = parse(piece.text, page, day)
        confidence = min(piece.before, piece.inside, end)
        reasons = [
            *([Reason.PAGE_START] if number == 0 else []),
            *([Reason.AFTER_BYLINE] if signed[number] else []),
            *([Reason.CUT_UNSURE] if confidence < _SURE else []),
            *_looks(piece, parts, expects_opening=expected),
        ]
        span = piece.paragraphs[0].start, piece.paragraphs[-1].end
        article = _article(span, parts, reasons)
        column = " / ".join(piece.labels) or None
        yield replace(article, column=column, confidence=confidence)


def _looks(piece: Piece, parts: Parts, *, expects_opening: bool) -> Iterator[Reason]:
    yield Reason.NO_TITLE if parts.title is None else Reason.HEADLINE
    if any(p.role is Role.TURN or p.resumes for p in piece.paragraphs):
        yield Reason.CONTINUED
    if piece.lead is None:
        yield Reason.NO_BODY
    elif piece.opens:
        yield Reason.OPENING
    elif parts.title and expects_opening and not FIRST_WORDS.match(piece.lead.text):
        yield Reason.BEGINNING_LOST
    if not parts.byline:
        yield Reason.NO_BYLINE
    if piece.paragraphs[-1].breaks_off:
        yield Reason.END_LOST
    if sum(len(p.text) for p in piece.paragraphs) < _SHORT:
        yield Reason.VERY_SHORT


def _article(span: tuple[int, int], parts: Parts, reasons: Sequence[Reason]) -> Article:
    return Article(
        *span,
        kicker=parts.kicker,
        title=parts.title,
        subheads=parts.subheads,
        byline=parts.byline,
        date=parts.date,
        reasons=tuple(map(str, reasons)),
    )


def _day(page: Page, found: Sequence[Paragraph]) -> date | None:
    """The day a page is of: from its masthead, else from its file's name or id."""
    furniture = [p.text for p in found if p.role is Role.FURNITURE]
    return page_day(*furniture, page.path, page.id or "")


def _gaps(size: int, articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
    at = 0
    for article in articles:
        if at < article.start:
            yield at, article.start
        at = article.end
    if at < size:
        yield at, size
