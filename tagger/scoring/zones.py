"""Where in an article a name stands: headline, byline, lead or body."""

import re
from collections.abc import Iterator
from enum import IntEnum

from tagger.scoring.documents import Document


class Zone(IntEnum):
    """Parts of an article."""

    BODY = 0
    LEAD = 1
    BYLINE = 2
    HEADLINE = 3


_LINE = re.compile(r"[^\n]*\S[^\n]*")
_SENTENCE_END = re.compile(r"[。！？!?；;][”’」』）)]?\s*$")
#: 本报讯（记者 丁洁 通讯员 高原）, 新华社云川1月2日电, （记者 丁洁）
_BYLINE = re.compile(
    r"^\s*(?:本报[^\n。，]{0,12}?讯|[^\n。，,]{2,14}?日电)(?:\s*[（(][^（()）\n]{1,60}[)）])?"
    r"|[（(][^（()）\n]{0,16}(?:记者|通讯员|摄影|供稿|编辑|作者)[^（()）\n]{0,40}[)）]",
    re.MULTILINE,
)
#: ■ 本报记者 丁洁 通讯员 高原: a line of its own
_BYLINE_LINE = re.compile(
    r"\s*[■●◆□▲△◎☉/]?\s*(?:本报|见习|实习|全媒体|文)?[^\n。，]{0,8}(?:记者|通讯员|作者|摄影|编辑)[^\n。，]{0,50}$"
)
_LONGEST_HEADLINE = 44
_SHORTEST_LEAD = 20


def zones(document: Document) -> bytes:
    """The `Zone` of each character, by the article's parts where they are known.

    A text of one line without parts is body: nothing tells that it is an article.
    """
    text, parts = document.text, document.facts.parts
    marks = bytearray(len(text))
    lines = [match.span() for match in _LINE.finditer(text)]
    for start, end, role in parts:
        _fill(marks, start, end, _ROLES.get(role, Zone.BODY))
    if len(lines) > 1 and not parts:
        _mark_lines(document, lines, marks)
        for match in _BYLINE.finditer(text):
            _fill(marks, match.start(), match.end(), Zone.BYLINE)
    if len(lines) > 1:
        _mark_lead(lines, marks)
    return bytes(marks)


#: Roles of parts that are no body; subheads count as headlines.
_ROLES = {
    "title": Zone.HEADLINE,
    "kicker": Zone.HEADLINE,
    "subhead": Zone.HEADLINE,
    "byline": Zone.BYLINE,
}


def _mark_lines(
    document: Document, lines: list[tuple[int, int]], marks: bytearray
) -> None:
    headlines = set(_headlines(document, lines[:6]))
    for number, (start, end) in enumerate(lines):
        if _BYLINE_LINE.match(document.text, start, end):
            _fill(marks, start, end, Zone.BYLINE)
        elif number in headlines:
            _fill(marks, start, end, Zone.HEADLINE)


def _mark_lead(lines: list[tuple[int, int]], marks: bytearray) -> None:
    """The body's part of the first line that is long enough and not all else."""
    for start, end in lines:
        if marks.count(Zone.BODY, start, end) >= _SHORTEST_LEAD:
            marks[start:end] = marks[start:end].replace(b"\0", bytes([Zone.LEAD]))
            return


def _fill(marks: bytearray, start: int, end: int, zone: Zone) -> None:
    marks[start:end] = bytes([zone]) * (end - start)


def _headlines(document: Document, lines: list[tuple[int, int]]) -> Iterator[int]:
    """Numbers of the lines that are the headline: those of its title, or the first."""
    title = "".join((document.facts.title or "").split())
    texts = [document.text[start:end] for start, end in lines]
    if title:
        yield from (n for n, line in enumerate(texts) if "".join(line.split()) in title)
    elif len(texts[0]) <= _LONGEST_HEADLINE and not _SENTENCE_END.search(texts[0]):
        yield 0
