"""What speaks for a cut before a run and what against it, in numbers."""

import math
from collections.abc import Sequence
from typing import Final

from tagger.split.patterns import ENUMERATED, FIRST_WORDS, NOTICE
from tagger.split.runs import Grams, Run, reporter_in_lead

#: Runs this near are compared for cohesion and for the shape of their headings.
_NEAR: Final = 2


def features(runs: Sequence[Run], beliefs: Sequence[float]) -> list[dict[str, float]]:
    """For every run but the first, what there is to say about a cut before it.

    ``beliefs[n]`` is how far run n is taken to begin an article; the page's habits
    (开头用“本报讯”, 文末署名) are read off the runs believed in.
    """
    page = _Page(runs, beliefs)
    return [
        {**_heading(runs[n]), **_text(runs, n), **_habits(page, n), **_kinship(runs, n)}
        for n in range(1, len(runs))
    ]


class _Page:
    """The page's habits, as weighted counts."""

    def __init__(self, runs: Sequence[Run], beliefs: Sequence[float]) -> None:
        self.runs = runs
        self.beliefs = beliefs
        self.weight = sum(beliefs)
        self.opening = sum(b for run, b in zip(runs, beliefs, strict=True) if run.opens)
        self.signing = sum(
            b for run, b in zip(runs, beliefs, strict=True) if run.signed_above
        )
        # Whether what stands before a beginning is closed; the page's end counts too.
        closed = [run.closes for run in runs]
        before = [closed[-1], *closed[:-1]]
        self.closing = sum(b for yes, b in zip(before, beliefs, strict=True) if yes)

    def share(self, total: float, n: int, own: bool) -> float:
        """How usual something is among the other runs, drawn to 0 when few."""
        own_weight = self.beliefs[n]
        return (total - own_weight * own) / (self.weight - own_weight + 0.5)


def _heading(run: Run) -> dict[str, float]:
    lengths = [len(text) for text in run.headings] or [0]
    longest = max(lengths)
    text = run.headings[-1] if run.headings else ""
    return {
        "one-heading": float(len(lengths) == 1 and longest > 0),
        "two-headings": float(len(lengths) == 2),
        "more-headings": float(len(lengths) > 2),
        "heading-length": min(longest, 40) / 20,
        "heading-under-8": float(0 < longest < 8),
        "heading-under-12": float(0 < longest < 12),
        "heading-in-two": float(any(" " in t or "\u3000" in t for t in run.headings)),
        "heading-asks": float(text.endswith(("?", "!", "…"))),
        "heading-quoted": float(text.startswith("“") and text.endswith("”")),
        "heading-announces": float(NOTICE.search(text) is not None),
        "enumerated": float(any(ENUMERATED.fullmatch(t) for t in run.headings)),
    }


def _text(runs: Sequence[Run], n: int) -> dict[str, float]:
    run, last = runs[n], runs[n - 1]
    return {
        "signed-above": float(run.signed_above),
        "continues": float(run.continues),
        "nothing-below": float(run.bare),
        "nothing-above": float(last.bare),
        "first-words": float(FIRST_WORDS.match(run.lead) is not None),
        "reporter-in-lead": float(reporter_in_lead(run)),
        "length": math.log1p(run.length) / 5,
        "length-before": math.log1p(last.length) / 5,
        "one-paragraph": float(run.paragraphs == 1),
        "one-paragraph-before": float(last.paragraphs == 1),
    }


def _habits(page: _Page, n: int) -> dict[str, float]:
    run, last = page.runs[n], page.runs[n - 1]
    opening = page.share(page.opening, n, run.opens)
    closing = page.share(page.closing, n, last.closes)
    signing = page.share(page.signing, n, run.signed_above)
    return {
        "opens": float(run.opens),
        "closed": float(last.closes),
        "opens-and-closed": float(run.opens and last.closes),
        "opens-not-as-others": opening * (not run.opens),
        "closed-not-as-others": closing * (not last.closes),
        "signed-not-as-others": signing * (not run.signed_above),
        "begun-like-none": float(not (run.opens or last.closes or run.signed_above)),
        "last-one-opened": float(last.opens),
        "last-one-owes-a-byline": float(
            last.opens and not (_names_its_writer(last) or last.closes)
        ),
        "both-name-a-writer": float(
            _names_its_writer(last) and (run.closes or _names_its_writer(run))
        ),
        "next-closes": float(run.closes),
        "runs": math.log(len(page.runs)),
        "believed": math.log(page.weight),
    }


def _names_its_writer(run: Run) -> bool:
    """Whether somebody is named above the text or in its lead."""
    return run.signed_above or reporter_in_lead(run)


def _kinship(runs: Sequence[Run], n: int) -> dict[str, float]:
    run, last = runs[n], runs[n - 1]
    near = _likeness(run.grams, last.grams)
    far = [
        _likeness(run.grams, runs[m].grams)
        for m in (n - 3, n - 2, n + 2, n + 3)
        if 0 <= m < len(runs)
    ]
    echo = _covered(run.heading_pairs, run.lead_pairs)
    before = _covered(run.heading_pairs, last.tail_pairs)
    return {
        "kin": near,
        "kin-than-others": near - sum(far) / len(far) if far else 0.0,
        "heading-echoed": echo,
        "heading-foretold": before,
        "like-a-neighbour": _alike(runs, n),
    }


def _likeness(one: Grams, other: Grams) -> float:
    """Share of the smaller set that is in both, as a square root; 0 to 1."""
    smaller = min(len(one), len(other))
    return math.sqrt(len(one & other) / smaller) if smaller else 0.0


def _covered(pairs: Grams, text: Grams) -> float:
    return len(pairs & text) / len(pairs) if pairs else 0.0


def _alike(runs: Sequence[Run], n: int) -> float:
    """Whether a run nearby has headings of the same lengths, as subheads do."""
    shape = [len(text) for text in runs[n].headings]
    nearby = [*runs[max(0, n - _NEAR) : n], *runs[n + 1 : n + 1 + _NEAR]]
    return float(bool(shape) and any(_near(shape, run) for run in nearby))


def _near(shape: Sequence[int], run: Run) -> bool:
    pairs = zip(shape, run.headings, strict=False)
    return len(shape) == len(run.headings) and all(
        abs(length - len(text)) <= 1 for length, text in pairs
    )
