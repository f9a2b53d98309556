"""What flows: a page, its articles, their names and sections, the record written.

Offsets are Unicode code points, end exclusive. Those of an `Article` point into
the page; those of an `Entity` into the text of its article.
"""

import json
from dataclasses import dataclass, field
from typing import Any, Self

from tagger.grounds import Reason
from tagger.labels import (
    NO_NAMES,
    EntityLabel,
    Names,
    OwnSection,
    Section,
    section_of,
)

SCHEMA = "tagger/1"


@dataclass(frozen=True, slots=True)
class Page:
    """A file as read: its text, and where it came from."""

    text: str
    #: Relative to the folder given, with forward slashes.
    path: str
    #: Digest of the file's bytes, hexadecimal.
    sha256: str
    #: How the bytes were decoded, or the format they were taken out of.
    encoding: str
    #: What a JSONL line said of itself; None for whole files.
    id: str | None = None
    title: str | None = None
    #: Number of the JSONL line, from 1; 0 for whole files.
    line: int = 0
    #: True when ``text`` is not the file's own text but taken out of a format.
    extracted: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Article:
    """One article of a page: ``page.text[start:end]``, and its parts as printed."""

    start: int
    end: int
    kicker: tuple[str, ...] = ()
    title: str | None = None
    subheads: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    column: str | None = None
    #: ISO 8601, when the text says which day it is of.
    date: str | None = None
    #: How sure the splitter is of both cuts, 0 to 1.
    confidence: float = 1.0
    #: Why it was cut here, and what looks wrong; codes of `tagger.split.Reason`.
    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"an article needs 0 <= start < end, was {self}")

    def parts(self) -> dict[str, Any]:
        """Everything but the span, as JSON objects hold it."""
        return {
            "kicker": list(self.kicker),
            "title": self.title,
            "subheads": list(self.subheads),
            "byline": list(self.byline),
            "column": self.column,
            "date": self.date,
            "cut": {
                "confidence": round(self.confidence, 4),
                "reasons": list(self.reasons),
            },
        }


@dataclass(frozen=True, slots=True)
class Split:
    """A page cut up: the articles, and what belongs to none (masthead, page numbers).

    Articles and leftovers, sorted together, cover the page without a gap.
    """

    articles: tuple[Article, ...]
    leftovers: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """A name in a text: ``text[start:end]``."""

    start: int
    end: int
    label: EntityLabel
    #: Probability that span and label are both right; None when nobody said.
    score: float | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"an entity needs 0 <= start < end, was {self}")

    def overlaps(self, other: "Entity") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class SectionGuess:
    """A section an article is filed under, and how surely."""

    section: Section | OwnSection
    score: float
    primary: bool
    #: Why, when that was asked for.
    reason: Reason | None = field(default=None, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The guess as a record holds it; ``reason`` only where there is one."""
        found: dict[str, Any] = {
            "section": str(self.section),
            "score": round(self.score, 4),
            "primary": self.primary,
        }
        if self.reason is not None:
            found["reason"] = self.reason.to_dict()
        return found

    @classmethod
    def from_dict(cls, data: dict[str, Any], names: Names = NO_NAMES) -> Self:
        """Read back what `to_dict` wrote; ``names`` are those of a scheme's sections."""
        key, why = data["section"], data.get("reason")
        section = section_of(key, names.get(key, ""))
        reason = None if why is None else Reason.from_dict(section, why, names)
        return cls(section, data["score"], data["primary"], reason)


@dataclass(frozen=True, slots=True)
class ModelId:
    """Which model said so."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record's text stands: ``text_of(path)[start:end]``."""

    path: str
    sha256: str
    start: int
    end: int
    #: Number of the JSONL line whose text it is, from 1; 0 for whole files.
    line: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The fields; ``line`` only where there are lines."""
        line = {"line": self.line} if self.line else {}
        span = {"start": self.start, "end": self.end}
        return {"path": self.path, "sha256": self.sha256, **span, **line}


@dataclass(frozen=True, slots=True)
class Record:
    """A catalogue entry: one article with its names and sections."""

    id: str
    source: Source
    article: Article
    text: str
    entities: tuple[Entity, ...]
    sections: tuple[SectionGuess, ...]
    model: ModelId
    #: Why a person should look at this entry; empty when nothing speaks against it.
    review: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as the JSON object that ``articles.jsonl`` holds."""
        return {
            "schema": SCHEMA,
            "id": self.id,
            "source": self.source.to_dict(),
            **self.article.parts(),
            "text": self.text,
            "entities": [self._entity(entity) for entity in self.entities],
            "sections": [guess.to_dict() for guess in self.sections],
            "review": list(self.review),
            "model": {"name": self.model.name, "version": self.model.version},
        }

    def _entity(self, entity: Entity) -> dict[str, Any]:
        return {
            "start": entity.start,
            "end": entity.end,
            "label": str(entity.label),
            "text": self.text[entity.start : entity.end],
            "score": None if entity.score is None else round(entity.score, 4),
        }

    def to_json(self) -> str:
        """One line of UTF-8 JSON, without a line end."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_dict(cls, data: dict[str, Any], names: Names = NO_NAMES) -> Self:
        """Read back what `to_dict` wrote.

        It does not hold the names of an own scheme's sections, only their keys; with
        ``names`` they are shown by name again.

        Raises:
            KeyError: A field of the schema is missing.
            ValueError: A label or offset is not one.
        """
        source = Source(**data["source"])
        cut = data["cut"]
        return cls(
            id=data["id"],
            source=source,
            article=Article(
                start=source.start,
                end=source.end,
                kicker=tuple(data["kicker"]),
                title=data["title"],
                subheads=tuple(data["subheads"]),
                byline=tuple(data["byline"]),
                column=data["column"],
                date=data["date"],
                confidence=cut["confidence"],
                reasons=tuple(cut["reasons"]),
            ),
            text=data["text"],
            entities=tuple(
                Entity(e["start"], e["end"], EntityLabel(e["label"]), e["score"])
                for e in data["entities"]
            ),
            sections=tuple(
                SectionGuess.from_dict(guess, names) for guess in data["sections"]
            ),
            model=ModelId(**data["model"]),
            review=tuple(data["review"]),
        )
