"""What is scored: texts with names and sections, as a person or a system saw them.

Offsets are Unicode code points, end exclusive. Labels and sections are plain strings,
because foreign corpora have sets of their own; `tagger.records.Entity` is for ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """A name in a text: ``text[start:end]``.

    A named tuple, not a dataclass: corpora of millions of spans are made and dropped.
    """

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Filing:
    """The sections an article is filed under."""

    #: None when a system could not decide.
    primary: str | None
    further: tuple[str, ...] = ()
    #: Probability that the article belongs to each section; empty for a person.
    scores: Mapping[str, float] = field(default_factory=dict)
    #: Probability that the primary section is the right one.
    confidence: float | None = None

    @property
    def all(self) -> frozenset[str]:
        """The primary section and the further ones."""
        return frozenset(self.ordered)

    @property
    def ordered(self) -> tuple[str, ...]:
        """The primary section, then the further ones as given."""
        return (() if self.primary is None else (self.primary,)) + self.further

    @property
    def ranking(self) -> tuple[str, ...]:
        """Sections by falling score, the primary first; as given when nobody scored."""
        rest = [*self.further, *(s for s in self.scores if s != self.primary)]
        rest = sorted(dict.fromkeys(rest), key=lambda s: -self.scores.get(s, 0.0))
        return (() if self.primary is None else (self.primary,)) + tuple(rest)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article beside its text; None and empty where nothing is."""

    title: str | None = None
    byline: tuple[str, ...] = ()
    #: ISO 8601, or the beginning of it.
    date: str | None = None
    source: str | None = None
    #: The page or file it was cut from: articles of one page are not independent.
    page: str | None = None
    #: Start, end and role (title, kicker, subhead, byline) of parts of the text.
    parts: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An article, or a sentence of a corpus that has no articles."""

    id: str
    text: str
    #: None when nobody looked for names, which is not the same as finding none.
    spans: tuple[Span, ...] | None = None
    filing: Filing | None = None
    facts: Facts = Facts()


@dataclass(frozen=True, slots=True)
class Piece:
    """An article in its place: ``document.text`` is ``page.text[start:end]``."""

    start: int
    end: int
    document: Document


@dataclass(frozen=True, slots=True)
class CutPage:
    """A page cut into articles, in page order, not overlapping."""

    id: str
    text: str
    pieces: tuple[Piece, ...]
