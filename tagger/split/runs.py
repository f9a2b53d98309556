"""Runs: places where an article may begin, and what stands there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tagger.split import patterns
from tagger.split.lines import Paragraph, Role

#: So much of a run's beginning and end is looked at, in characters.
_SAMPLE: Final = 1200
_HAN_RUNS: Final = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")

Grams = frozenset[str]
#: What may stand between headings and text.
_UNDER: Final = frozenset({Role.BYLINE, Role.TURN})


@dataclass(frozen=True, slots=True)
class Run:
    """Headings, bylines below them and the text down to the next run.

    Paragraph numbers: headings and bylines are ``first:body``, text ``body:end``.
    """

    first: int
    body: int
    end: int
    headings: tuple[str, ...]
    #: Whether a byline stands under the headings.
    signed_above: bool
    #: Whether 上接…版 stands there, or the text begins so.
    continues: bool
    #: Whether the text begins with 本报讯 or the like, and ends with a byline.
    opens: bool
    closes: bool
    #: Whether nothing but bylines and labels stands in it.
    bare: bool
    #: Number of body paragraphs, and characters in them.
    paragraphs: int
    length: int
    #: First characters of the text.
    lead: str
    #: Groups of three characters in the text, and of two in headings and lead.
    grams: Grams
    heading_pairs: Grams
    lead_pairs: Grams
    tail_pairs: Grams


def runs(paragraphs: Sequence[Paragraph]) -> list[Run]:
    """All runs of a page, the first of them at its start."""
    firsts = [0, *(n for n in range(1, len(paragraphs)) if _may_begin(paragraphs, n))]
    ends = [*firsts[1:], len(paragraphs)]
    return [
        _run(paragraphs, first, end) for first, end in zip(firsts, ends, strict=True)
    ]


def _may_begin(paragraphs: Sequence[Paragraph], n: int) -> bool:
    before, here = paragraphs[n - 1], paragraphs[n]
    match here.role:
        case Role.HEADING:
            return before.role is not Role.HEADING
        case Role.BODY:
            under = before.role is Role.HEADING or _under_headings(paragraphs, n)
            return not under and (before.closes or here.opens or here.resumes)
        case _:
            return False


def _under_headings(paragraphs: Sequence[Paragraph], n: int) -> bool:
    """Whether only bylines stand between paragraph n and headings."""
    n -= 1
    while n > 0 and paragraphs[n].role in _UNDER:
        n -= 1
        if paragraphs[n].role is Role.HEADING:
            return True
    return False


def _run(paragraphs: Sequence[Paragraph], first: int, end: int) -> Run:
    body = first
    while body < end and paragraphs[body].role is Role.HEADING:
        body += 1
    headings = tuple(p.text for p in paragraphs[first:body])
    if first < body:
        while body < end and paragraphs[body].role in _UNDER:
            body += 1
    under = [p.role for p in paragraphs[first:body]]
    texts = [p.text for p in paragraphs[body:end] if p.role is Role.BODY]
    head, tail = _ends(texts)
    return Run(
        first,
        body,
        end,
        headings,
        signed_above=Role.BYLINE in under,
        continues=Role.TURN in under or (body < end and paragraphs[body].resumes),
        opens=body < end and paragraphs[body].opens,
        closes=paragraphs[end - 1].closes,
        bare=not texts,
        paragraphs=len(texts),
        length=sum(map(len, texts)),
        lead=texts[0][:80] if texts else "",
        grams=grams("\n".join([*headings, head, tail]), 3),
        heading_pairs=grams("\n".join(headings), 2),
        lead_pairs=grams(head[:250], 2),
        tail_pairs=grams(tail or head, 2),
    )


def _ends(texts: Sequence[str]) -> tuple[str, str]:
    """The first and last characters of a text, without overlap."""
    head = _first(texts, _SAMPLE)
    rest = sum(map(len, texts)) + len(texts) - 1 - len(head)
    return head, _last(texts, min(_SAMPLE, max(0, rest)))


def _first(texts: Sequence[str], size: int) -> str:
    parts: list[str] = []
    for text in texts:
        parts.append(text[:size])
        size -= len(parts[-1]) + 1
        if size <= 0:
            break
    return "\n".join(parts)


def _last(texts: Sequence[str], size: int) -> str:
    parts: list[str] = []
    for text in reversed(texts):
        if size <= 0:
            break
        parts.append(text[-size:])
        size -= len(parts[-1]) + 1
    return "\n".join(reversed(parts))


def grams(text: str, size: int) -> Grams:
    """All groups of ``size`` letters that stand together without punctuation."""
    return frozenset(_grams(text, size))


def _grams(text: str, size: int) -> Iterator[str]:
    for word in _HAN_RUNS.findall(text):
        for n in range(len(word) - size + 1):
            yield word[n : n + size]


def reporter_in_lead(run: Run) -> bool:
    """Whether the first words name a reporter."""
    return patterns.LEAD_BYLINE.search(run.lead) is not None
