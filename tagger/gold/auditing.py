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
    #: The file, where a folder was read.
    path: Path | None = None


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
    #: Documents whose ids were repeated, and now have a number behind.
    numbered: int = 0
    #: Documents whose offsets may have been meant in UTF-16 units.
    unsure: int = 0
    #: Kept without the white space at their edges; counted in ``repaired`` as well.
    trimmed: list[Incident] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(
        self, document: str, line: int, problem: str, path: Path | None = None
    ) -> None:
        """Note a span that cannot be taken."""
        self.refused.append(Incident(document, line, problem, path))

    def trim(self, document: str, line: int, problem: str) -> None:
        """Note a span that is taken without the white space at its edges."""
        self.repaired["white space at an edge"] += 1
        self.trimmed.append(Incident(document, line, problem))

    def line(self) -> str:
        """One line: ``gold.jsonl (jsonl): 100 documents, 412 spans read, 409 kept``."""
        parts = [
            counted(self.documents, "document"),
            f"{counted(self.read, 'span')} read",
            f"{self.kept:,} kept",
            *(f"{n:,} repaired ({what})" for what, n in self.repaired.most_common()),
            *(f"{n:,} dropped ({what})" for what, n in self.merged.most_common()),
        ]
        if self.refused:
            parts.append(f"{len(self.refused):,} refused")
        if self.numbered:
            parts.append(f"{self.numbered:,} repeated ids numbered")
        if self.unsure:
            parts.append(
                f"{counted(self.unsure, 'document')} with characters that UTF-16 counts "
                "double: offsets taken as characters, see --offsets"
            )
        return f"{self.path.name} ({self.format}): " + ", ".join([*parts, *self.notes])

    def require_all(self, error: type[GoldError | PredictionError]) -> None:
        """Raise ``error`` when a span was refused, with the first and the number."""
        if self.refused:
            first = self.refused[0]
            more = f" ({len(self.refused)} refused in all)" if self.refused[1:] else ""
            raise error(
                f"document {first.document}: {first.problem}{more}; mend them, or "
                "leave them out with --allow-refused",
                path=first.path or self.path,
                line=first.line,
            )


def counted(number: int, noun: str) -> str:
    """``1 document``, ``1,204 documents``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
