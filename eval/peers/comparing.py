"""Scores and speeds of several systems, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from measuring import LABELS, Result

from tagger.scoring import Document
from tagger.scoring.evaluation import clustered
from tagger.scoring.matching import match
from tagger.scoring.names import names_tally
from tagger.scoring.statistics import Figure, Resampling, figures
from tagger.scoring.surfaces import surfaces
from tagger.scoring.tables import table

SCORES: Final = ("strict.f1", *(f"{label}.f1" for label in LABELS))
#: Less of a core than this, and others were at work on it.
BUSY: Final = 0.9
HEADS: Final = (
    "system",
    "tags read as",
    "strict F1 (95 %)",
    *LABELS,
    "characters a second",
    "× jieba",
    "× ours",
    "loads in, s",
    "peak MiB",
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A result with the scores of its best reading."""

    result: Result
    reading: str
    scores: dict[str, Figure]


def score(gold: Sequence[Document], result: Result, trials: int) -> Scored:
    """Score every reading of a result and keep the best by strict F1.

    Choosing on the very texts that are scored leans to the system: meant so.
    """
    every = [
        Scored(result, name, _scores(gold, found, trials))
        for name, found in result.readings.items()
    ]
    return max(every, key=lambda one: one.scores["strict.f1"].value or 0.0)


def _scores(
    gold: Sequence[Document], found: Sequence[Document], trials: int
) -> dict[str, Figure]:
    wanted, own = table(gold, LABELS), table(found, LABELS)
    forms = surfaces(gold, wanted, own)
    tally = names_tally(gold, match(wanted, own), forms, LABELS)
    return figures(tally.only(SCORES), clustered(Resampling(trials), gold))


def rows(scored: Sequence[Scored]) -> str:
    """The systems by falling strict F1, as a Markdown table."""
    by_name = {one.result.system.name: one.result for one in scored}
    ordered = sorted(scored, key=lambda s: -(s.scores["strict.f1"].value or 0.0))
    lines = [HEADS, ("---", "---", *("---:",) * (len(HEADS) - 2))]
    for one in ordered:
        result = one.result
        rates = [run.rate for run in result.runs]
        lines.append(
            (
                result.system.title,
                one.reading,
                _percent(one.scores["strict.f1"], interval=True),
                *(_percent(one.scores[f"{label}.f1"]) for label in LABELS),
                _spread(rates, ",.0f"),
                _ratios(result, by_name.get("jieba")),
                _ratios(result, by_name.get("ours")),
                f"{median(run.load_seconds for run in result.runs):.1f}",
                f"{max(run.peak_mib for run in result.runs):,.0f}",
            )
        )
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def busy(scored: Sequence[Scored]) -> str | None:
    """A warning, if processes had to share their core, and speeds mean little."""
    shares = [r.cpu_seconds / r.seconds for s in scored for r in s.result.runs]
    if not shares or min(shares) >= BUSY:
        return None
    return (
        "The machine was busy: of the time that speeds are made of, a system had its "
        f"core for as little as {100 * min(shares):.0f} %. Measure again on an idle one."
    )


def _ratios(result: Result, other: Result | None) -> str:
    """How many times as fast, round by round, since rounds share the same moments."""
    if other is None:
        return "–"
    pairs = zip(result.runs, other.runs, strict=False)
    return _spread([run.rate / theirs.rate for run, theirs in pairs], ",.3f")


def _spread(numbers: Sequence[float], form: str) -> str:
    middle = f"{median(numbers):{form}}"
    if len(numbers) < 2:
        return middle
    return f"{middle} ({min(numbers):{form}}–{max(numbers):{form}})"


def _percent(figure: Figure, *, interval: bool = False) -> str:
    if figure.value is None:
        return "–"
    value = f"{100 * figure.value:.1f}"
    if not interval or figure.low is None or figure.high is None:
        return value
    return f"{value} ({100 * figure.low:.1f}–{100 * figure.high:.1f})"
