"""Everything there is to say of predictions against gold, put together."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from tagger.scoring.confusion import Confusion, confusion
from tagger.scoring.curves import (
    Bin,
    CoveragePoint,
    average_precision,
    coverage_curve,
    reliability,
)
from tagger.scoring.cuts import cuts_tally
from tagger.scoring.documents import CutPage, Document
from tagger.scoring.matching import Matching, match
from tagger.scoring.mistakes import Mistake, find_mistakes
from tagger.scoring.names import names_tally
from tagger.scoring.sections import confusions, sections_of, sections_tally
from tagger.scoring.slices import Scored, Seen, Slicing, slices_tally, slicings
from tagger.scoring.statistics import (
    Difference,
    Figure,
    Resampling,
    articles_needed,
    compare,
    figures,
)
from tagger.scoring.surfaces import surfaces
from tagger.scoring.tables import labels_of, table
from tagger.scoring.tallies import Tally, join
from tagger.scoring.through import through_tally

#: The half width that "how many more gold articles" is asked for.
HALF_WIDTH: Final = 0.02


@dataclass(frozen=True, slots=True)
class NamesReport:
    """Mistakes and tables of names; the scores are among the figures."""

    labels: tuple[str, ...]
    confusion: Confusion
    mistakes: tuple[Mistake, ...]
    matching: Matching
    slicings: tuple[Slicing, ...]

    @property
    def buckets(self) -> dict[str, tuple[str, ...]]:
        """Each slicing's name with its buckets."""
        return {slicing.name: slicing.buckets for slicing in self.slicings}

    def buckets_of(self, mistake: Mistake) -> dict[str, str]:
        """The bucket of a mistake by slicing: of its first gold span, or predicted."""
        side = self.matching.gold if mistake.gold else self.matching.predicted
        place = (
            int(side.offset[mistake.article])
            + (mistake.gold or mistake.predicted)[0].start
        )
        row = int(np.searchsorted(side.start, place))
        return {
            slicing.name: slicing.buckets[
                (slicing.gold if mistake.gold else slicing.predicted)[row]
            ]
            for slicing in self.slicings
        }


@dataclass(frozen=True, slots=True)
class SectionsReport:
    """Curves and tables of sections; the scores are among the figures."""

    sections: tuple[str, ...]
    average_precision: dict[str, float | None]
    reliability: list[Bin]
    coverage: list[CoveragePoint]
    #: Gold, predicted, how often; the commonest first.
    confusions: list[tuple[str, str | None, int]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores with intervals, the counts they are made of, and what lies behind them."""

    figures: dict[str, Figure]
    counts: dict[str, float]
    gold: tuple[Document, ...]
    predicted: tuple[Document, ...]
    names: NamesReport | None
    sections: SectionsReport | None
    how: Resampling
    #: More articles wanted for ± `HALF_WIDTH`, of the headline scores.
    needed: dict[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CutsEvaluation:
    """Scores of cuts, and what they cost in names, tags and sections."""

    figures: dict[str, Figure]
    counts: dict[str, float]
    how: Resampling
    gold: tuple[CutPage, ...]
    predicted: tuple[CutPage, ...]
    #: Through own cuts (a) against the gold's (b); empty without predictions on those.
    cost: dict[str, Difference]


def evaluate(
    gold: Sequence[Document],
    predicted: Sequence[Document],
    how: Resampling | None = None,
    seen: Seen | None = None,
) -> Evaluation:
    """Score predictions; ``predicted[i]`` is about the text of ``gold[i]``.

    Names are scored when both sides have any annotated, sections when both file.

    Raises:
        MisalignedSpanError: Spans of one side overlap, or leave the text.
    """
    how = clustered(how or Resampling(), gold)
    predicted = _asked_for(gold, predicted)
    tallies: list[Tally] = []
    names = sections = None
    if has_names(gold, predicted):
        tally, names = _names(gold, predicted, seen)
        tallies.append(tally)
    if has_sections(gold, predicted):
        tally, sections = _sections(gold, predicted)
        tallies.append(tally)
    if not tallies:
        return Evaluation({}, {}, tuple(gold), tuple(predicted), None, None, how)
    joined = join(tallies)
    scores = figures(joined, how)
    return Evaluation(
        scores,
        _totals(joined),
        tuple(gold),
        tuple(predicted),
        names,
        sections,
        how,
        {
            name: articles_needed(scores[name], len(gold), HALF_WIDTH)
            for name in _headlines(scores, names)
        },
    )


def evaluate_cuts(
    gold: Sequence[CutPage],
    predicted: Sequence[CutPage],
    given_cuts: Sequence[CutPage] | None = None,
    how: Resampling | None = None,
) -> CutsEvaluation:
    """Score cuts of pages, in the same order; pages are what is drawn.

    Args:
        gold: Pages as cut and annotated by hand.
        predicted: The same pages as a system cut and tagged them.
        given_cuts: What the system says of the gold's articles, to tell what its own
            cuts cost.
        how: How intervals are drawn; its clusters are left alone.
    """
    how = replace(how or Resampling(), clusters=None)
    through = through_tally(gold, predicted)
    joined = join([cuts_tally(gold, predicted), through])
    cost = {}
    if given_cuts is not None:
        cost = compare(through, through_tally(gold, given_cuts), how)
    scores, counts = figures(joined, how), _totals(joined)
    return CutsEvaluation(scores, counts, how, tuple(gold), tuple(predicted), cost)


def compare_cuts(
    gold: Sequence[CutPage],
    a: Sequence[CutPage],
    b: Sequence[CutPage],
    how: Resampling | None = None,
) -> dict[str, Difference]:
    """A against B on the same pages: scores of cuts, and of what came through them."""
    sides = [
        join([cuts_tally(gold, system), through_tally(gold, system)])
        for system in (a, b)
    ]
    return compare(sides[0], sides[1], replace(how or Resampling(), clusters=None))


def compare_systems(
    gold: Sequence[Document],
    a: Sequence[Document],
    b: Sequence[Document],
    how: Resampling | None = None,
) -> dict[str, Difference]:
    """A against B on the same gold: every score of names and sections both have."""
    how = clustered(how or Resampling(), gold)
    a, b = _asked_for(gold, a), _asked_for(gold, b)
    sides: list[list[Tally]] = [[], []]
    if has_names(gold, a) and has_names(gold, b):
        labels = labels_of(gold, a, b)
        for side, system in zip(sides, (a, b), strict=True):
            side.append(_names_tally(gold, system, labels))
    if has_sections(gold, a) and has_sections(gold, b):
        sections = tuple(sorted({*sections_of(gold, a), *sections_of(gold, b)}))
        for side, system in zip(sides, (a, b), strict=True):
            side.append(sections_tally(gold, system, sections))
    return compare(join(sides[0]), join(sides[1]), how) if sides[0] else {}


def clustered(how: Resampling, gold: Sequence[Document]) -> Resampling:
    """Draw whole pages, where any article says which page it is from."""
    if how.clusters is not None or not any(d.facts.page for d in gold):
        return how
    keys: list[Hashable] = [d.facts.page or (d.id,) for d in gold]
    return replace(how, clusters=keys)


def has_names(*sides: Sequence[Document]) -> bool:
    """Whether names were looked for on every side."""
    return all(any(d.spans is not None for d in side) for side in sides)


def has_sections(*sides: Sequence[Document]) -> bool:
    """Whether every side files articles under sections."""
    return all(any(d.filing is not None for d in side) for side in sides)


def _asked_for(
    gold: Sequence[Document], predicted: Sequence[Document]
) -> list[Document]:
    """Predictions without names for articles whose names nobody annotated."""
    return [
        replace(found, spans=None) if document.spans is None else found
        for document, found in zip(gold, predicted, strict=True)
    ]


def _names(
    gold: Sequence[Document], predicted: Sequence[Document], seen: Seen | None
) -> tuple[Tally, NamesReport]:
    labels = labels_of(gold, predicted)
    ours, theirs = table(gold, labels), table(predicted, labels)
    matching = match(ours, theirs)
    forms = surfaces(gold, ours, theirs)
    cut = slicings(Scored(gold, matching, forms, labels), seen)
    report = NamesReport(
        labels,
        confusion(matching, labels),
        tuple(find_mistakes(gold, matching, labels)),
        matching,
        tuple(cut),
    )
    tally = names_tally(gold, matching, forms, labels)
    return join([tally, slices_tally(cut, matching, len(gold))]), report


def _names_tally(
    gold: Sequence[Document], predicted: Sequence[Document], labels: Sequence[str]
) -> Tally:
    ours, theirs = table(gold, labels), table(predicted, labels)
    return names_tally(gold, match(ours, theirs), surfaces(gold, ours, theirs), labels)


def _sections(
    gold: Sequence[Document], predicted: Sequence[Document]
) -> tuple[Tally, SectionsReport]:
    sections = sections_of(gold, predicted)
    report = SectionsReport(
        sections,
        {s: average_precision(gold, predicted, s) for s in sections},
        reliability(gold, predicted),
        coverage_curve(gold, predicted),
        confusions(gold, predicted),
    )
    return sections_tally(gold, predicted, sections), report


def _headlines(scores: dict[str, Figure], names: NamesReport | None) -> list[str]:
    labels = names.labels if names else ()
    wanted = ["strict.f1", *(f"{label}.f1" for label in labels), "tags.f1"]
    return [n for n in (*wanted, "sections.primary") if n in scores]


def _totals(tally: Tally) -> dict[str, float]:
    sums = tally.totals().tolist()
    return dict(zip(tally.columns, sums, strict=True))
