"""What becomes of a page: tagged, or refused with the reason. Nothing in between."""

from dataclasses import dataclass
from typing import Any

from tagger.errors import TaggerError
from tagger.records import Page, Record


@dataclass(frozen=True, slots=True)
class TaggedPage:
    """A page with the records of its articles, in order."""

    page: Page
    records: tuple[Record, ...]
    #: Spans of the page that belong to no article.
    leftovers: tuple[tuple[int, int], ...]

    def leftover_dicts(self) -> list[dict[str, Any]]:
        """As written to ``leftovers.jsonl``."""
        page = self.page
        return [
            {
                "path": page.path,
                "start": start,
                "end": end,
                "text": page.text[start:end],
            }
            for start, end in self.leftovers
            if not page.text[start:end].isspace()
        ]


@dataclass(frozen=True, slots=True)
class Refused:
    """A page, file or folder without records, and why."""

    path: str
    #: Line of a JSONL file, from 1; 0 when it is not about a line.
    line: int
    reason: str
    problem: str

    @classmethod
    def by(cls, error: TaggerError) -> "Refused":
        """The outcome that an error in reading means."""
        path = "" if error.path is None else str(error.path)
        return cls(path, error.line, error.reason, error.problem)

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        return f"{self.path}{line}: {self.problem}"

    def to_dict(self) -> dict[str, Any]:
        """As written to ``refused.jsonl``."""
        line = {"line": self.line} if self.line else {}
        rest = {"reason": self.reason, "problem": self.problem}
        return {"path": self.path, **line, **rest}


Outcome = TaggedPage | Refused
