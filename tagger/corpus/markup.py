"""Inline marks of one line: ``[[ORG|晋城市委]]常委[[PER|田志军]]`` and ``{记者 …}``.

Double brackets mark a name, braces the words of a byline that stands inside a
paragraph. Names may stand in a byline; nothing else nests, nothing crosses a line.
"""

import re
from dataclasses import dataclass
from typing import Final

from tagger.labels import EntityLabel
from tagger.records import Entity

_TOKEN: Final = re.compile(r"\[\[|\]\]|[{}]")


class MarkError(ValueError):
    """A mark that breaks the rules; the message says which and where."""


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line without its marks; offsets point into ``text``."""

    text: str
    entities: tuple[Entity, ...]
    #: Stretches written as a byline, braces taken off.
    bylines: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Reader:
    """What has been read of a line so far."""

    line: str
    plain: str = ""
    at: int = 0
    byline: int | None = None

    def copy_to(self, place: int) -> None:
        self.plain += self.line[self.at : place]
        self.at = place

    def around(self) -> str:
        return self.line[max(0, self.at - 8) : self.at + 12]


def read_line(line: str) -> MarkedLine:
    """Take the marks off one line.

    Raises:
        MarkError: A mark is not closed, nests, is empty, has an unknown label, or
            begins or ends with a blank.
    """
    reader = _Reader(line)
    entities: list[Entity] = []
    bylines: list[tuple[int, int]] = []
    while found := _TOKEN.search(line, reader.at):
        reader.copy_to(found.start())
        match found[0]:
            case "[[":
                entities.append(_name(reader))
            case "{":
                _open_byline(reader)
            case "}":
                bylines.append(_close_byline(reader))
            case _:
                raise MarkError(f"']]' without '[[' at …{reader.around()}…")
    reader.copy_to(len(line))
    if reader.byline is not None:
        raise MarkError("'{' is not closed on its line")
    return MarkedLine(reader.plain, tuple(entities), tuple(bylines))


def _name(reader: _Reader) -> Entity:
    around = reader.around()
    end = reader.line.find("]]", reader.at)
    inner = reader.line[reader.at + 2 : end]
    if end < 0:
        raise MarkError(f"'[[' is not closed on its line at …{around}…")
    if _TOKEN.search(inner):
        raise MarkError(f"marks do not nest: …{around}…")
    label, bar, name = inner.partition("|")
    if not bar or "|" in name:
        raise MarkError(f"a mark is [[LABEL|name]], was [[{inner}]]")
    if label not in EntityLabel.__members__:
        raise MarkError(f"label {label!r} is none of {', '.join(EntityLabel)}")
    if not name or name != name.strip():
        raise MarkError(f"a name begins and ends with a character, was [[{inner}]]")
    start = len(reader.plain)
    reader.plain += name
    reader.at = end + 2
    return Entity(start, start + len(name), EntityLabel(label))


def _open_byline(reader: _Reader) -> None:
    if reader.byline is not None:
        raise MarkError(f"'{{' inside a byline at …{reader.around()}…")
    reader.byline = len(reader.plain)
    reader.at += 1


def _close_byline(reader: _Reader) -> tuple[int, int]:
    start, end = reader.byline, len(reader.plain)
    if start is None:
        raise MarkError(f"'}}' without '{{' at …{reader.around()}…")
    if not reader.plain[start:end].strip():
        raise MarkError("an empty byline: {}")
    reader.byline = None
    reader.at += 1
    return start, end
