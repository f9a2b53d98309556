"""A page as paragraphs, each with the role its looks suggest."""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise
from typing import Final

from tagger.split import patterns
from tagger.split.wrapping import unwrapped

_LINE: Final = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_HALF: Final = str.maketrans(
    "，（）：；！？【】／　．０１２３４５６７８９",
    ",():;!?【】/ .0123456789",
)
#: Longest line that can be a headline by itself, and right above 本报讯.
_LONGEST_HEADING: Final = 42
_LONGEST_BEFORE_OPENER: Final = 80
#: Above so many characters a line is body without a further look.
_LONGEST_SPECIAL: Final = 200
#: Blanks that `str.strip` leaves.
_INVISIBLE: Final = "\ufeff\u200b\u200c\u200d\u2060"
_TAIL: Final = 200


class Role(Enum):
    """What a paragraph is, judged by itself."""

    HEADING = auto()
    BODY = auto()
    #: Who wrote it, above or below: 本报记者 苗岚, (马小川), 制图/许某
    BYLINE = auto()
    #: Where it comes from or goes on: 上接A01版
    TURN = auto()
    #: Masthead, page number, editors; part of no article.
    FURNITURE = auto()


#: What a whole line must look like, the first that does decides.
_LOOKS: Final = {
    Role.TURN: (patterns.TURN,),
    Role.FURNITURE: (patterns.FURNITURE,),
    Role.BYLINE: (
        patterns.SIGNED,
        patterns.REPORTERS,
        patterns.CREDIT,
        patterns.AUTHOR_MARK,
        patterns.CLOSED,
        patterns.TEAM,
        patterns.READER,
    ),
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``page[start:end]``, blanks at both ends taken off."""

    start: int
    end: int
    #: The text in half-width punctuation; as long as the span.
    text: str
    role: Role
    #: Whether it begins as reports do: 本报讯, 新华社北京1月2日电.
    opens: bool
    #: Whether an article may well end with it: signed, credited, closed or dated.
    closes: bool
    #: Whether it goes on from another page: (上接第1版)停车坪认出…
    resumes: bool = False

    @property
    def breaks_off(self) -> bool:
        """Whether body text stops in mid-sentence."""
        return (
            self.role is Role.BODY
            and not self.closes
            and patterns.SENTENCE_END.search(self.text[-2:]) is None
        )


def paragraphs(page: str) -> list[Paragraph]:
    """The paragraphs of a page in order; lines wrapped at one width are one."""
    lines = [_stripped(page, *match.span()) for match in _LINE.finditer(page)]
    lines = [span for span in lines if span[0] < span[1]]
    found = [paragraph(page, *span) for span in unwrapped(page, lines)]
    # Nothing but a headline stands unpunctuated right above 本报讯.
    for n, (here, below) in enumerate(pairwise(found)):
        if here.role is Role.BODY and below.opens and _may_head(here.text):
            found[n] = replace(here, role=Role.HEADING, closes=False)
    for n in range(1, len(found)):
        if patterns.DATED.fullmatch(found[n].text):
            _sign_off(found, n)
    return found


def _sign_off(found: list[Paragraph], day: int) -> None:
    """Make a day below a text, and the issuers between, the end of an article."""
    first = day
    while found[first - 1].role is Role.HEADING and patterns.ISSUER.fullmatch(
        found[first - 1].text
    ):
        first -= 1
        if first == 0:
            return
    above = found[first - 1]
    if above.role is Role.BYLINE or (above.role is Role.BODY and not above.breaks_off):
        for n in range(first, day + 1):
            found[n] = replace(found[n], role=Role.BYLINE, closes=True)


def paragraph(page: str, start: int, end: int) -> Paragraph:
    """``page[start:end]`` as a paragraph."""
    text = half_width(page[start:end])
    role = _role(text)
    return Paragraph(
        start,
        end,
        text,
        role,
        opens=role is Role.BODY and _opens(text),
        closes=role is Role.BYLINE or _closes(role, text[-_TAIL:]),
        resumes=role is Role.BODY and patterns.RESUMED.match(text) is not None,
    )


def half_width(text: str) -> str:
    """The text with half-width punctuation and digits, as long as it was."""
    return text.translate(_HALF)


def _role(text: str) -> Role:
    if len(text) > _LONGEST_SPECIAL or patterns.RESUMED.match(text):
        return Role.BODY
    for role, looks in _LOOKS.items():
        if any(pattern.fullmatch(text) for pattern in looks):
            return role
    return Role.HEADING if _is_heading(text) else Role.BODY


def _opens(text: str) -> bool:
    opener = patterns.OPENER.match(text) or patterns.SALUTATION.fullmatch(text)
    return opener is not None


def _closes(role: Role, tail: str) -> bool:
    if role not in (Role.BODY, Role.TURN):
        return False
    turned = patterns.TURNED.search(tail) is not None
    return turned or (
        role is Role.BODY
        and any(
            pattern.search(tail)
            for pattern in (patterns.SIGNED_END, patterns.CLOSED, patterns.CREDIT_END)
        )
    )


def _is_heading(text: str) -> bool:
    return (
        len(text) <= _LONGEST_HEADING
        and text[-1] not in "。,、;:."
        and "。" not in text
        and not patterns.ANNOUNCED.fullmatch(text)
        and not _is_clause(text)
        and not _is_speech(text)
        and patterns.OPENER.match(text) is None
        and any("\u3400" <= char <= "\u9fff" for char in text)
    )


def _is_clause(text: str) -> bool:
    """Whether it runs on like a sentence that a column broke off."""
    commas = text.count(",")
    longest = {0: _LONGEST_HEADING, 1: 26}.get(commas, 20)
    return len(text) > longest or text.count("、") > 3


def _is_speech(text: str) -> bool:
    """Whether somebody says it: “6元一个,要几个?”."""
    return text.startswith("“") and text.endswith(("?”", "!”", "…”", "。”"))


def _may_head(text: str) -> bool:
    return (
        len(text) <= _LONGEST_BEFORE_OPENER
        and patterns.SENTENCE_END.search(text[-2:]) is None
        and "。" not in text
        and text[-1] not in ",、;"
        and patterns.OPENER.match(text) is None
    )


def _stripped(page: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (page[start].isspace() or page[start] in _INVISIBLE):
        start += 1
    while start < end and (page[end - 1].isspace() or page[end - 1] in _INVISIBLE):
        end -= 1
    return start, end
