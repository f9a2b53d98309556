"""Sentences that a column broke off and a blank line tore apart, mended.

A line broken off early can look like a headline. Whether its last character and the
next line's first belong together is asked of ``pairs.txt``: for every character
those that follow it in news e times more often than chance has it (20 million
characters of news counted; pairs seen 60 times and more).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from tagger.split.lines import Paragraph, Role
from tagger.split.patterns import BODY_WORDS

_PAIRS: Final = Path(__file__).with_name("pairs.txt")
#: Breaks beyond doubt that a page must have before a doubtful one is believed.
_BROKEN_PAGE: Final = 2
#: A line broken off has at least so many characters; headlines have fewer or blanks.
_SHORTEST: Final = 12
_LONGEST_DATELINE: Final = 80


def mended(paragraphs: Sequence[Paragraph], page: str) -> list[Paragraph]:
    """The paragraphs, those that a column broke in two as one again."""
    certain = sum(_goes_on(here, below) for here, below in pairwise(paragraphs))
    return list(_mended(paragraphs, page, broken=certain >= _BROKEN_PAGE))


def _mended(
    paragraphs: Sequence[Paragraph], page: str, *, broken: bool
) -> Iterator[Paragraph]:
    here: Paragraph | None = None
    for below in paragraphs:
        if here is None:
            here = below
        elif _goes_on(here, below) or (broken and _headless(here, below, page)):
            here = _joined(here, below)
        else:
            yield here
            here = below
    if here is not None:
        yield here


def _goes_on(here: Paragraph, below: Paragraph) -> bool:
    """Whether body text surely goes on in the paragraph below."""
    goes_on = here.breaks_off or (here.opens and not _says_something(here.text))
    begins = below.opens or below.resumes
    return goes_on and below.role is Role.BODY and not begins


def _says_something(text: str) -> bool:
    """Whether more than a dateline stands there: 本报讯 (记者 苗岚) says nothing."""
    return len(text) > _LONGEST_DATELINE or any(char in text for char in "。,;!?")


def _headless(here: Paragraph, below: Paragraph, page: str) -> bool:
    """Whether what looks like a headline is the beginning of the text below."""
    return (
        here.role is Role.HEADING
        and below.role is Role.BODY
        and not below.opens
        and len(here.text) >= _SHORTEST
        and " " not in here.text
        and (
            BODY_WORDS.match(here.text) is not None
            or page[here.end - 1] + page[below.start] in _pairs()
        )
    )


def _joined(here: Paragraph, below: Paragraph) -> Paragraph:
    return replace(
        here,
        end=below.end,
        text=f"{here.text}\n{below.text}",
        role=Role.BODY,
        closes=below.closes,
    )


@cache
def _pairs() -> frozenset[str]:
    """Pairs of characters that attract each other: 企业, 机构."""
    lines = _PAIRS.read_text("utf-8").split()
    return frozenset(line[0] + char for line in lines for char in line[1:])
