"""Where one article ends and the next begins: candidates, features, probabilities.

A logistic regression over a dozen readable features; `eval/splitting.py --fit` fits
its weights on real pages and writes ``weights.json``.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tagger.split.lines import Paragraph, Role
from tagger.split.patterns import (
    ENUMERATED,
    FIRST_WORDS,
    LEAD_BYLINE,
    SIGNED,
    SIGNED_END,
)

_WEIGHTS: Final = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where an article may begin: a run of headings, or a bare paragraph.

    Paragraph numbers: the run is ``first:body``, its text ``body:end``; ``end`` is
    the next candidate's ``first``.
    """

    first: int
    body: int
    end: int


def candidates(paragraphs: Sequence[Paragraph]) -> list[Candidate]:
    """All places where an article may begin, the first of them the page's start."""
    firsts = [0, *(n for n in range(1, len(paragraphs)) if _may_begin(paragraphs, n))]
    ends = [*firsts[1:], len(paragraphs)]
    return [
        Candidate(first, _body(paragraphs, first, end), end)
        for first, end in zip(firsts, ends, strict=True)
    ]


def _may_begin(paragraphs: Sequence[Paragraph], n: int) -> bool:
    before, here = paragraphs[n - 1], paragraphs[n]
    match here.role:
        case Role.HEADING:
            return before.role is not Role.HEADING
        case Role.BODY:
            above = before.role is Role.HEADING or _heads(paragraphs, n - 1)
            return not above and (before.closes or here.opens)
        case _:
            return False


def _heads(paragraphs: Sequence[Paragraph], n: int) -> bool:
    """Whether paragraph n is a byline right under a headline."""
    return (
        n > 0
        and paragraphs[n].role is Role.BYLINE
        and paragraphs[n - 1].role is Role.HEADING
    )


def _body(paragraphs: Sequence[Paragraph], first: int, end: int) -> int:
    """The first paragraph after a run's headings and the byline below them."""
    n = first
    while n < end and paragraphs[n].role is Role.HEADING:
        n += 1
    if first < n < end and paragraphs[n].role is Role.BYLINE:
        n += 1
    return n


def features(
    paragraphs: Sequence[Paragraph], found: Sequence[Candidate]
) -> list[dict[str, float]]:
    """For every candidate after the first, what speaks for a cut and against it."""
    runs = found[1:]
    opening = [_opens(paragraphs, run) for run in found]
    closing = [paragraphs[run.first - 1].closes for run in runs]
    openings = sum(opening) / len(found)
    closings = sum(closing) / max(1, len(runs))
    single = sum(_single(paragraphs, run) for run in found) / len(found)
    rows = []
    for n, run in enumerate(runs, 1):
        row = _own(paragraphs, found, n)
        row["opens"] = float(opening[n])
        row["closed"] = float(closing[n - 1])
        row["opens-not-but-others-do"] = (1 - row["opens"]) * openings
        row["closed-not-but-others-are"] = (1 - row["closed"]) * closings
        row["last-one-owes-a-byline"] = float(
            _owes_byline(paragraphs, found[n - 1]) and not closing[n - 1]
        )
        row["last-one-named-another"] = float(
            _names_reporter(paragraphs, found[n - 1])
            and _is_signed(paragraphs, found[n])
        )
        row["neither"] = (1 - row["opens"]) * (1 - row["closed"])
        row["last-one-opened"] = float(opening[n - 1])
        row["single-paragraphs"] = (
            single * float(_single(paragraphs, run)) * min(1.0, len(found) / 4)
        )
        row["runs"] = math.log(len(found))
        rows.append(row)
    return rows


def _own(
    paragraphs: Sequence[Paragraph], found: Sequence[Candidate], n: int
) -> dict[str, float]:
    run, before = found[n], paragraphs[found[n].first - 1]
    headings = [p for p in paragraphs[run.first : run.body] if p.role is Role.HEADING]
    byline = _has_byline(paragraphs, run)
    lengths = [len(p.text) for p in headings] or [0]
    lead = paragraphs[run.body].text[:60] if run.body < run.end else ""
    return {
        "one-heading": float(len(headings) == 1),
        "two-headings": float(len(headings) == 2),
        "more-headings": float(len(headings) > 2),
        "byline-below": float(byline),
        "no-byline-below-but-first": float(
            not byline and _has_byline(paragraphs, found[0])
        ),
        "shorter-than-first": (_longest(paragraphs, found[0]) - max(lengths)) / 20,
        "heading-length": max(lengths) / 20,
        "heading-short": float(0 < max(lengths) < 9),
        "heading-in-two": float(
            any(" " in p.text or "\u3000" in p.text for p in headings)
        ),
        "heading-quoted": float(any(p.text[-1] in "”!?…" for p in headings)),
        "enumerated": float(any(ENUMERATED.fullmatch(p.text) for p in headings)),
        "like-a-neighbour": _alike(paragraphs, found, n),
        "before-breaks-off": float(before.breaks_off and not before.closes),
        "before-furniture": float(before.role is Role.FURNITURE),
        "reporter-in-lead": float("记者" in lead),
        "first-words": float(FIRST_WORDS.match(lead) is not None),
        "nothing-below": float(run.body >= run.end),
        "length": math.log1p(_characters(paragraphs, run)) / 5,
        "length-before": math.log1p(_characters(paragraphs, found[n - 1])) / 5,
    }


def _has_byline(paragraphs: Sequence[Paragraph], run: Candidate) -> bool:
    return run.body > run.first and paragraphs[run.body - 1].role is Role.BYLINE


def _longest(paragraphs: Sequence[Paragraph], run: Candidate) -> int:
    return max(_shape(paragraphs, run), default=0)


def _opens(paragraphs: Sequence[Paragraph], run: Candidate) -> bool:
    return run.body < run.end and paragraphs[run.body].opens


def _names_reporter(paragraphs: Sequence[Paragraph], run: Candidate) -> bool:
    """Whether its first words name a reporter: 本报讯(记者 苗 岚)."""
    if run.body >= run.end:
        return False
    return LEAD_BYLINE.search(paragraphs[run.body].text[:80]) is not None


def _is_signed(paragraphs: Sequence[Paragraph], run: Candidate) -> bool:
    """Whether a person's name stands below it: (丁 帆)."""
    last = paragraphs[run.end - 1]
    whole = run.end - 1 > run.body and SIGNED.fullmatch(last.text)
    return bool(whole or SIGNED_END.search(last.text[-60:]))


def _owes_byline(paragraphs: Sequence[Paragraph], run: Candidate) -> bool:
    """Whether it opens as the paper's own report and names no reporter there."""
    own = _opens(paragraphs, run) and paragraphs[run.body].text.startswith("本报")
    return own and not _names_reporter(paragraphs, run)


def _single(paragraphs: Sequence[Paragraph], run: Candidate) -> bool:
    bodies = [p for p in paragraphs[run.body : run.end] if p.role is Role.BODY]
    return len(bodies) == 1 and run.body > run.first


def _characters(paragraphs: Sequence[Paragraph], run: Candidate) -> int:
    return sum(len(p.text) for p in paragraphs[run.body : run.end])


def _alike(
    paragraphs: Sequence[Paragraph], found: Sequence[Candidate], n: int
) -> float:
    """Whether a run nearby has headings of the same lengths, as subheads do."""
    shape = _shape(paragraphs, found[n])
    nearby = [*found[max(0, n - 2) : n], *found[n + 1 : n + 3]]
    return float(
        bool(shape) and any(_near(shape, _shape(paragraphs, run)) for run in nearby)
    )


def _shape(paragraphs: Sequence[Paragraph], run: Candidate) -> tuple[int, ...]:
    return tuple(
        len(p.text) for p in paragraphs[run.first : run.body] if p.role is Role.HEADING
    )


def _near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and all(abs(a - b) <= 1 for a, b in pairs)


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads(_WEIGHTS.read_text("utf-8"))
    return weights


def probabilities(
    paragraphs: Sequence[Paragraph], found: Sequence[Candidate]
) -> list[float]:
    """For every candidate, the probability that an article begins there."""
    weights = _weights()
    sums = [
        weights["bias"] + sum(weights[name] * value for name, value in row.items())
        for row in features(paragraphs, found)
    ]
    return [1.0, *(1 / (1 + math.exp(-max(-30.0, min(30.0, s)))) for s in sums)]
