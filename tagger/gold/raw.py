"""Annotations as a file has them, before anyone has checked them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tagger.scoring.documents import Facts, Filing


class RawSpan(NamedTuple):
    """A span as given; offsets may count bytes or UTF-16 units, for all we know."""

    start: int
    end: int
    label: str
    #: What the file says the span says, where it says so.
    surface: str | None = None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A document as given."""

    id: str
    #: None when a prediction leaves the text to the gold.
    text: str | None
    spans: tuple[RawSpan, ...] | None
    #: Line of the file it begins at, 0 if the format has no lines.
    line: int = 0
    filing: Filing | None = None
    facts: Facts = field(default_factory=Facts)
    #: The file it is in, where a folder was read.
    path: Path | None = None
