"""A page put together, and its gold: where each article, name and part stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tagger.corpus.articles import CorpusArticle, Role
from tagger.corpus.damage import Line
from tagger.corpus.traced import Traced, span_in
from tagger.errors import GoldError
from tagger.labels import EntityLabel


@dataclass(frozen=True, slots=True)
class Placed:
    """An article, or what is left of it, on a page: ``page[start : start + len(text)]``."""

    article: CorpusArticle
    lines: Sequence[Line]
    text: Traced
    start: int
    #: What happened to it: "beginning lost", "end lost", "continued", "continuation".
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ComposedPage:
    """A page's text, the articles on it in order, and how it is to be dumped."""

    id: str
    text: str
    placed: tuple[Placed, ...]
    layout: str
    #: Name of the file below the split's folder, with its ending.
    file: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where the characters of a text stand in another that differs in blanks only."""

    places: dict[int, int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span that ``[start, end)`` became, blanks at its edges left out."""
        found = [self.places[p] for p in range(start, end) if p in self.places]
        return found[0], found[-1] + 1


def align(text: str, other: str) -> Alignment:
    """Align two texts that differ in blanks only.

    Raises:
        GoldError: They differ in more.
    """
    ours = [place for place, char in enumerate(text) if not char.isspace()]
    theirs = [place for place, char in enumerate(other) if not char.isspace()]
    pairs = list(zip(ours, theirs, strict=False))
    wrong = next((a for a, b in pairs if text[a] != other[b]), None)
    if wrong is None and len(ours) != len(theirs):
        wrong = len(text)
    if wrong is not None:
        around = text[max(0, wrong - 8) : wrong + 8]
        raise GoldError(f"a dumped page reads back otherwise at {around!r}")
    return Alignment(dict(pairs))


def gold(page: ComposedPage, read_back: str) -> dict[str, Any]:
    """The page's gold: offsets are code points of the text as our readers read it.

    Raises:
        GoldError: What was read back is not what was written.
    """
    alignment = align(page.text, read_back)
    return {
        "id": page.id,
        "file": page.file,
        "encoding": page.encoding,
        "layout": page.layout,
        "text": read_back,
        "articles": [_article(placed, alignment) for placed in page.placed],
    }


def _article(placed: Placed, alignment: Alignment) -> dict[str, Any]:
    article, places = placed.article, placed.text.places()

    def spans(
        items: Sequence[tuple[int, int, str]],
    ) -> list[tuple[int, int, str]]:
        kept = []
        for start, end, label in items:
            span = span_in(places, start, end)
            if span is not None:
                at = placed.start
                kept.append((*alignment.span(span[0] + at, span[1] + at), label))
        return sorted(kept)

    start, end = alignment.span(placed.start, placed.start + len(placed.text))
    entities = spans([(e.start, e.end, str(e.label)) for e in article.entities])
    parts = spans([(p.start, p.end, str(p.role)) for p in article.parts])
    return {
        "id": article.id,
        "start": start,
        "end": end,
        "title": _texts(placed, Role.TITLE, " ") or None,
        "kicker": [line.text.text for line in placed.lines if line.role is Role.KICKER],
        "byline": _byline(placed),
        "sections": [str(section) for section in article.front.sections],
        "entities": [list(entity) for entity in entities],
        "parts": [list(part) for part in parts],
        "state": placed.state,
    }


def _texts(placed: Placed, role: Role, between: str) -> str:
    return between.join(line.text.text for line in placed.lines if line.role is role)


def _byline(placed: Placed) -> list[str]:
    """The persons of the bylines that are left."""
    article, places = placed.article, placed.text.places()
    signed = [part for part in article.parts if part.role is Role.BYLINE]
    names = [
        "".join(article.text[entity.start : entity.end].split())
        for entity in article.entities
        if entity.label is EntityLabel.PER
        if any(p.start <= entity.start and entity.end <= p.end for p in signed)
        if span_in(places, entity.start, entity.end)
    ]
    return list(dict.fromkeys(names))
