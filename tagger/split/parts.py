"""The parts of one article: title, kicker, subheads, byline, date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Final

from tagger.split import patterns
from tagger.split.bylines import byline
from tagger.split.lines import Paragraph, Role, half_width

#: In one piece; subheads of two pieces may be longer.
_LONGEST_SUBHEAD: Final = 24
#: So much of the body's beginning is read for a headline broken in two, and a day.
_LEAD: Final = 2000


@dataclass(frozen=True, slots=True)
class Parts:
    """What is printed around the body of an article."""

    kicker: tuple[str, ...]
    title: str | None
    subheads: tuple[str, ...]
    byline: tuple[str, ...]
    date: str | None


def parse(paragraphs: Sequence[Paragraph], page: str, day: date | None) -> Parts:
    """The parts of the article that these paragraphs of ``page`` are.

    The last of the headings above the body is the title, those before it kickers; who
    issues a notice, under its title, is neither. Headings further down are subheads. ``day`` is the day the page is of.
    """
    headings = list(takewhile(lambda p: p.role is Role.HEADING, paragraphs))
    body = paragraphs[len(headings) :]
    lines = _without_issuers(
        _titles(
            [_one_line(page[p.start : p.end]) for p in headings], _text(body)[:_LEAD]
        )
    )
    return Parts(
        kicker=tuple(lines[:-1]),
        title=lines[-1] if lines else None,
        subheads=tuple(
            _one_line(page[p.start : p.end]) for p in body if _is_subhead(p)
        ),
        byline=byline(body),
        date=_day(body, day),
    )


def page_day(*texts: str) -> date | None:
    """The first day that one of the texts names in full, if any."""
    for text in texts:
        for match in patterns.PAGE_DAY.finditer(text):
            day = _date(*map(int, match.groups()))
            if day:
                return day
    return None


def _titles(lines: Sequence[str], body: str) -> list[str]:
    """Headings as printed, those broken for the column's sake in one piece.

    A heading goes on in the next line when that begins with a dash, or when the text
    has the characters around the break together: …U18男子 / 排球锦标赛… .
    """
    joined: list[str] = []
    for line in lines:
        around = half_width(joined[-1][-2:] + line[:2]) if joined else ""
        if joined and (line.startswith("——") or around in body):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def _without_issuers(lines: list[str]) -> list[str]:
    """Headings up to what announces a notice, if only issuers stand below."""
    for count, line in enumerate(lines, start=1):
        if patterns.NOTICE.search(half_width(line)):
            issued = all(
                patterns.ISSUED.fullmatch(half_width(x)) for x in lines[count:]
            )
            return lines[:count] if issued else lines
    return lines


def _is_subhead(paragraph: Paragraph) -> bool:
    """A heading inside the body; longer ones in one piece are broken-off sentences."""
    text = paragraph.text
    short = len(text) <= _LONGEST_SUBHEAD or any(c in text for c in " \u3000“:")
    return paragraph.role is Role.HEADING and short


def _day(body: Sequence[Paragraph], day: date | None) -> str | None:
    """The day named by the opening, the first sentence or the last brackets."""
    stamped = page_day(*(p.text for p in body[:2] if p.role is Role.BYLINE))
    if stamped is not None:
        return stamped.isoformat()
    texts = [p.text for p in body if p.role is Role.BODY]
    ends = [_brackets(p.text) for p in body[-1:] if p.closes]
    for text in [text[:24] for text in texts[:1]] + ends:
        found = patterns.OPENING_DAY.search(text)
        year = found and (int(found[1]) if found[1] else _year(day, int(found[2])))
        named = _date(year, int(found[2]), int(found[3])) if found and year else None
        if named and (day is None or named <= day):
            return named.isoformat()
    return None


def _brackets(text: str) -> str:
    found = patterns.CLOSED.search(text[-200:])
    return found[0] if found else ""


def _year(day: date | None, month: int) -> int | None:
    """The year of a month named on a page of ``day``: not long after it."""
    if day is None:
        return None
    return day.year - 1 if month > day.month + 1 else day.year


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _text(body: Sequence[Paragraph]) -> str:
    return "\n".join(p.text[:_LEAD] for p in body[:12])


def _one_line(text: str) -> str:
    """A heading without layout blanks: 导 读 → 导读, two pieces one blank apart."""
    words = text.split()
    if words and all(len(word) == 1 for word in words):
        return "".join(words)
    return " ".join(words)
