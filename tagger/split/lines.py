"""A page as paragraphs, each with the role its looks suggest."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise
from typing import Final

from tagger.split import patterns

_LINE: Final = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_HALF: Final = str.maketrans("，（）：；！？【】／　．", ",():;!?【】/ .")
#: Longest line that can be a headline; the longest seen in print has 38 characters.
_LONGEST_HEADING: Final = 40


class Role(Enum):
    """What a paragraph is, judged by itself."""

    HEADING = auto()
    BODY = auto()
    #: Who wrote it, above or below: 本报记者 苗岚, (何宝国)
    BYLINE = auto()
    #: Masthead, page number, editors; part of no article.
    FURNITURE = auto()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``page[start:end]``, blanks at both ends taken off."""

    start: int
    end: int
    #: The text in half-width punctuation; as long as the span.
    text: str
    role: Role

    @property
    def opens(self) -> bool:
        """Whether it begins as reports do: 本报讯, 新华社北京1月2日电."""
        return patterns.OPENER.match(self.text) is not None

    @property
    def closes(self) -> bool:
        """Whether an article may well end with it: signed, credited or closed."""
        tail = self.text[-120:]
        return (
            self.role is Role.BYLINE
            or patterns.SIGNED_END.search(tail) is not None
            or patterns.CLOSED.search(tail) is not None
            or patterns.CREDIT_END.search(tail) is not None
        )

    @property
    def breaks_off(self) -> bool:
        """Whether body text stops in mid-sentence."""
        return self.role is Role.BODY and not patterns.SENTENCE_END.search(
            self.text[-3:]
        )


def paragraphs(page: str) -> list[Paragraph]:
    """The paragraphs of a page in order; lines wrapped at one width are one."""
    lines = [
        span
        for span in map(re.Match.span, _LINE.finditer(page))
        if page[slice(*span)].strip()
    ]
    spans = _unwrapped(page, [_stripped(page, *span) for span in lines])
    found = [_paragraph(page, start, end) for start, end in spans]
    # Nothing but a headline stands unpunctuated right above 本报讯.
    for n, (here, below) in enumerate(pairwise(found)):
        if here.role is Role.BODY and below.opens and _could_be_long_heading(here.text):
            found[n] = replace(here, role=Role.HEADING)
    return found


def half_width(text: str) -> str:
    """The text with half-width punctuation, as long as it was."""
    return text.translate(_HALF)


def _paragraph(page: str, start: int, end: int) -> Paragraph:
    text = half_width(page[start:end])
    return Paragraph(start, end, text, _role(text))


def _role(text: str) -> Role:
    if len(text) > 90:
        return Role.BODY
    if patterns.FURNITURE.fullmatch(text):
        return Role.FURNITURE
    bylines = (
        patterns.SIGNED,
        patterns.REPORTERS,
        patterns.CREDIT,
        patterns.AUTHOR_MARK,
        patterns.CLOSED,
        patterns.CREDIT_SLASHED,
    )
    if any(pattern.fullmatch(text) for pattern in bylines):
        return Role.BYLINE
    return Role.HEADING if _is_heading(text) else Role.BODY


def _is_heading(text: str) -> bool:
    return (
        len(text) <= _LONGEST_HEADING
        and not patterns.ANNOUNCED.fullmatch(text)
        and text[-1] not in "。,、;:."
        and "。" not in text
        and not _is_clause(text)
        and patterns.OPENER.match(text) is None
        and any("\u4e00" <= char <= "\u9fff" for char in text)
    )


def _is_clause(text: str) -> bool:
    """Whether it runs on like a sentence that a column broke off."""
    commas = text.count(",")
    return commas > 1 or (commas == 1 and len(text) > 26)


def _could_be_long_heading(text: str) -> bool:
    return (
        len(text) <= 2 * _LONGEST_HEADING
        and not patterns.SENTENCE_END.search(text)
        and "。" not in text
        and patterns.OPENER.match(text) is None
    )


def _stripped(page: str, start: int, end: int) -> tuple[int, int]:
    while page[start].isspace() or page[start] in "\ufeff\u200b":
        start += 1
        if start == end:
            return end - 1, end
    while page[end - 1].isspace():
        end -= 1
    return start, end


def _unwrapped(page: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join lines that a fixed width broke: full lines, one after the other."""
    width = _width(spans)
    begin: int | None = None
    for number, (start, end) in enumerate(spans):
        begin = start if begin is None else begin
        full = width and width - 2 <= end - start <= width + 1
        follows = (
            number + 1 < len(spans) and page.count("\n", end, spans[number + 1][0]) == 1
        )
        if full and follows and page[end - 1] not in "。!！?？":
            continue
        yield begin, end
        begin = None


def _width(spans: list[tuple[int, int]]) -> int:
    """The width at which most lines are broken; 0 when they are not."""
    lengths = Counter(end - start for start, end in spans)
    if len(spans) < 8:
        return 0
    width, _ = max(lengths.items(), key=lambda item: (item[1], item[0]))
    near = sum(lengths[n] for n in range(width - 2, width + 2))
    return width if 8 <= width <= 60 and near >= 0.5 * len(spans) else 0
