"""What a report is made from."""

from dataclasses import dataclass, field

from tagger.gold.auditing import Audit
from tagger.scoring.documents import Document
from tagger.scoring.evaluation import CutsEvaluation, Evaluation
from tagger.scoring.statistics import Difference, Figure


@dataclass(frozen=True, slots=True)
class Comparison:
    """A second system beside the first."""

    name: str
    differences: dict[str, Difference]
    audit: Audit
    #: What it said of the gold's articles; empty where systems cut pages themselves.
    predicted: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """An evaluation and where everything in it came from."""

    #: How the system is called.
    system: str
    #: How the gold is called.
    gold: str
    gold_sha256: str
    audits: tuple[Audit, ...]
    evaluation: Evaluation | None = None
    cuts: CutsEvaluation | None = None
    comparison: Comparison | None = None
    #: What was matched, left out or moved between gold and predictions.
    notes: tuple[str, ...] = field(default=())

    @property
    def figures(self) -> dict[str, Figure]:
        """All scores by name."""
        found = dict(self.evaluation.figures) if self.evaluation else {}
        return found | (dict(self.cuts.figures) if self.cuts else {})
