"""What became of every span read: kept, repaired, refused. Nothing goes unsaid."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tagger.errors import GoldError, PredictionError


@dataclass(frozen=True, slots=True)
class Incident:
    """A span or document that could not be taken."""

    document: str
    line: int
    problem: str


@dataclass(slots=True)
class Audit:
    """Counts of one file. ``read`` is ``kept`` + ``merged`` + ``refused``."""

    path: Path
    format: str
    documents: int = 0
    read: int = 0
    kept: int = 0
    #: The same span twice, or one nested in a longer one: dropped as told to.
    merged: Counter[str] = field(default_factory=Counter)
    #: Kept after a correction, by what was corrected.
    repaired: Counter[str] = field(default_factory=Counter)
    refused: list[Incident] = field(default_factory=list)
    #: Kept without the white space at their edges; counted in ``repaired`` as well.
    trimmed: list[Incident] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, document: str, line: int, problem: str) -> None:
        """Note a span that cannot be taken."""
        self.refused.append(Incident(document, line, problem))

    def trim(self, document: str, line: int, problem: str) -> None:
        """Note a span that is taken without the white space at its edges."""
        self.repaired["white space at an edge"] += 1
        self.trimmed.append(Incident(document, line, problem))

    def line(self) -> str:
        """One line: ``gold.jsonl (jsonl): 100 documents, 412 spans read, 409 kept``."""
        parts = [
            f"{self.documents:,} documents",
            f"{self.read:,} spans read",
            f"{self.kept:,} kept",
            *(f"{n:,} repaired ({what})" for what, n in self.repaired.most_common()),
            *(f"{n:,} dropped ({what})" for what, n in self.merged.most_common()),
        ]
        if self.refused:
            parts.append(f"{len(self.refused):,} refused")
        return f"{self.path.name} ({self.format}): " + ", ".join([*parts, *self.notes])

    def require_all(self, error: type[GoldError | PredictionError]) -> None:
        """Raise ``error`` when a span was refused, with the first and the number."""
        if self.refused:
            first = self.refused[0]
            more = f" ({len(self.refused)} refused in all)" if self.refused[1:] else ""
            raise error(
                f"document {first.document}: {first.problem}{more}; mend them, or "
                "leave them out with --allow-refused",
                path=self.path,
                line=first.line,
            )
