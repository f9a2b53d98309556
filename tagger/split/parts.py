"""The parts of one article: title, kicker, subheads, byline, column, date."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tagger.split import patterns
from tagger.split.lines import Paragraph, Role

#: In one piece; subheads of two pieces may be longer.
_LONGEST_SUBHEAD: Final = 20


@dataclass(slots=True)
class Parts:
    """What is printed around the body of an article."""

    kicker: list[str] = field(default_factory=list)
    title: str | None = None
    subheads: list[str] = field(default_factory=list)
    byline: list[str] = field(default_factory=list)
    date: str | None = None


def parse(paragraphs: Sequence[Paragraph], day: date | None) -> Parts:
    """The parts of the article that these paragraphs are; ``day`` is the page's.

    The last of the headings above the body is the title, those before it kickers;
    headings further down are subheads.
    """
    parts = Parts()
    above = 0
    while above < len(paragraphs) and paragraphs[above].role is Role.HEADING:
        above += 1
    body = paragraphs[above:]
    if above and body:
        parts.kicker, parts.title = _headings([p.text for p in paragraphs[:above]])
    parts.subheads = [_one_line(p.text) for p in body if _is_subhead(p)]
    parts.byline = list(dict.fromkeys(_bylines(body)))
    parts.date = _day(body, day)
    return parts


def _is_subhead(paragraph: Paragraph) -> bool:
    """A heading inside the body; longer ones in one piece are broken-off sentences."""
    text = paragraph.text
    short = len(text) <= _LONGEST_SUBHEAD or re.search(r"[ \u3000“:]", text)
    return paragraph.role is Role.HEADING and bool(short)


def _headings(texts: Sequence[str]) -> tuple[list[str], str]:
    """Kickers and title; a line that begins with a dash is the title's second half."""
    lines = [_one_line(text) for text in texts]
    title = lines.pop()
    while lines and title.startswith("——"):
        title = lines.pop() + title
    return lines, title


def persons(text: str) -> list[str]:
    """The persons of a byline, without titles and padding.

    >>> persons("(记者 丁 洁 通讯员 王思宇)")
    ['丁洁', '王思宇']
    """
    bare = patterns.ROLE_WORDS.sub("、", text)
    bare = patterns.PADDED.sub(lambda match: "".join(match[0].split()), bare.strip())
    words = re.split(r"[、,;\s\u3000]+", bare)
    return [word for word in words if patterns.PERSON.fullmatch(word)]


def page_day(*texts: str) -> date | None:
    """The first day that one of the texts names in full, if any."""
    for text in texts:
        for match in patterns.PAGE_DAY.finditer(text):
            day = _date(*map(int, match.groups()))
            if day:
                return day
    return None


def _bylines(body: Sequence[Paragraph]) -> Iterable[str]:
    for n, paragraph in enumerate(body):
        if paragraph.role is Role.BYLINE:
            yield from persons(paragraph.text)
        elif n < 2 and (lead := patterns.LEAD_BYLINE.search(paragraph.text[:80])):
            yield from persons(lead[0])
        for pattern in (patterns.SIGNED_END, patterns.CLOSED, patterns.CREDIT_END):
            if found := pattern.search(paragraph.text[-120:]):
                yield from _closing(found[0])


def _closing(text: str) -> list[str]:
    """Persons in an article's last brackets; after 新华社…电 only those with a title."""
    if re.search(r"[电讯日完]|作者|执笔|来源|下转", text):
        named = re.search(r"记者(.*)\)", text)
        return persons(named[1]) if named else []
    return persons(text.lstrip("。)”"))


def _day(body: Sequence[Paragraph], day: date | None) -> str | None:
    """The day an opening or first sentence names, in the page's year."""
    for paragraph in body[:2]:
        found = patterns.OPENING_DAY.search(paragraph.text[:24])
        if found:
            year = int(found[1]) if found[1] else _year(day, int(found[2]))
            named = year and _date(year, int(found[2]), int(found[3]))
            return named.isoformat() if named else None
    return None


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


def _one_line(text: str) -> str:
    return " ".join(text.split())
