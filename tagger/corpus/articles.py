"""One article of the corpus, as its file says it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tagger.labels import EntityLabel, Section
from tagger.records import Entity


class Role(StrEnum):
    """What a part of an article is in print."""

    TITLE = "title"
    #: Lines above or below the title, and labels of a series.
    KICKER = "kicker"
    SUBHEAD = "subhead"
    BYLINE = "byline"


class Kind(StrEnum):
    """What sort of text an article is."""

    REPORT = "report"
    BRIEF = "brief"
    CAPTION = "caption"
    MEETING = "meeting"
    BRIEFING = "briefing"
    STATISTICS = "statistics"
    COMPANY = "company"
    PROFILE = "profile"
    FEATURE = "feature"
    LETTER = "letter"
    OBITUARY = "obituary"
    NOTICE = "notice"
    RESULT = "result"
    COURT = "court"
    FOREIGN = "foreign"
    COMMENT = "comment"
    FORECAST = "forecast"
    HONOURS = "honours"


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A stretch of an article's text with a role: ``text[start:end]``."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Front:
    """What the head of an article's file says of it."""

    date: date
    #: Province first: 山西省晋城市. Where the paper appears, not where the event was.
    place: str
    #: The primary section first.
    sections: tuple[Section, ...]
    writer: str
    kind: Kind
    #: The page or column it stood in: 综合新闻.
    column: str | None = None


@dataclass(frozen=True, slots=True)
class CorpusArticle:
    """An article with its names, sections and parts. Offsets point into ``text``."""

    id: str
    front: Front
    text: str
    entities: tuple[Entity, ...]
    parts: tuple[Part, ...]

    def texts_of(self, role: Role) -> tuple[str, ...]:
        """The parts with a role, as printed."""
        return tuple(self.text[p.start : p.end] for p in self.parts if p.role is role)

    @property
    def title(self) -> str | None:
        """The headline on one line; None where none is printed."""
        return " ".join(self.texts_of(Role.TITLE)) or None

    @property
    def byline(self) -> tuple[str, ...]:
        """Who wrote or photographed it, without padding, each once, as printed."""
        signed = [p for p in self.parts if p.role is Role.BYLINE]
        names = [
            "".join(self.text[e.start : e.end].split())
            for e in self.entities
            if e.label is EntityLabel.PER
            and any(p.start <= e.start and e.end <= p.end for p in signed)
        ]
        return tuple(dict.fromkeys(names))

    def to_dict(self) -> dict[str, Any]:
        """The article as the compiled corpus holds it."""
        return {
            "id": self.id,
            "text": self.text,
            "entities": [[e.start, e.end, str(e.label)] for e in self.entities],
            "sections": [str(section) for section in self.front.sections],
            "title": self.title,
            "kicker": list(self.texts_of(Role.KICKER)),
            "subheads": list(self.texts_of(Role.SUBHEAD)),
            "byline": list(self.byline),
            "date": self.front.date.isoformat(),
            "column": self.front.column,
            "place": self.front.place,
            "kind": str(self.front.kind),
            "writer": self.front.writer,
            "parts": [[p.start, p.end, str(p.role)] for p in self.parts],
        }
