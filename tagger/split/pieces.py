"""Articles being put together: paragraphs between two cuts, and how sure these are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from tagger.split.columns import belongs_above, heads, is_label, trails
from tagger.split.lines import Paragraph, Role
from tagger.split.runs import Run

#: From this probability on the page is cut.
CUT: Final = 0.5


@dataclass(slots=True)
class Piece:
    """An article being put together."""

    paragraphs: list[Paragraph]
    #: Probability of the cut before it, and of no cut inside it.
    before: float
    inside: float = 1.0
    #: Labels of columns, above and below.
    labels: list[str] = field(default_factory=list)

    @property
    def lead(self) -> Paragraph | None:
        """The first paragraph of the body."""
        return next((p for p in self.paragraphs if p.role is Role.BODY), None)

    @property
    def opens(self) -> bool:
        """Whether its body begins with 本报讯 or the like."""
        return self.lead is not None and self.lead.opens

    @property
    def text(self) -> list[Paragraph]:
        """Its paragraphs without the labels."""
        ends = self.paragraphs[0], self.paragraphs[-1]
        return [p for p in self.paragraphs if not (p in ends and p.text in self.labels)]


def pieces(
    paragraphs: Sequence[Paragraph], runs: Sequence[Run], sure: Sequence[float]
) -> list[Piece]:
    """The page's articles; ``sure`` holds the probability of a cut before each run."""
    found: list[Piece] = []
    for run, probability in zip(runs, sure, strict=True):
        own = list(paragraphs[run.first : run.end])
        if probability >= CUT or not found:
            found.append(Piece(own, probability))
        else:
            found[-1].paragraphs += own
            found[-1].inside = min(found[-1].inside, 1 - probability)
    found = _with_bodies(found)
    _share_labels(found)
    return found


def _with_bodies(found: Sequence[Piece]) -> list[Piece]:
    """Join headings without a body to what follows; the last ones to what precedes."""
    joined: list[Piece] = []
    waiting: Piece | None = None
    for piece in found:
        if waiting is not None:
            piece.paragraphs = waiting.paragraphs + piece.paragraphs
            piece.before = min(waiting.before, piece.before)
            waiting = None
        if all(p.role is Role.HEADING for p in piece.paragraphs):
            waiting = piece
        else:
            joined.append(piece)
    if waiting is not None and joined:
        joined[-1].paragraphs += waiting.paragraphs
    elif waiting is not None:
        joined.append(waiting)
    return joined


def _share_labels(found: Sequence[Piece]) -> None:
    """Take column labels out of the headings and give each to its article."""
    labelled = trails(found[-1].paragraphs)
    for above, below in pairwise(found):
        first = below.paragraphs[0]
        if (
            heads(below.paragraphs, labelled=labelled)
            and above.paragraphs[-1].closes
            and belongs_above(first, above.paragraphs, below.paragraphs[1:])
        ):
            above.paragraphs.append(below.paragraphs.pop(0))
    labelled = any(trails(piece.paragraphs) for piece in found)
    for piece in found:
        if heads(piece.paragraphs, labelled=labelled):
            piece.labels.append(piece.paragraphs[0].text)
        if trails(piece.paragraphs) and is_label(piece.paragraphs[-1]):
            piece.labels.append(piece.paragraphs[-1].text)
