"""Why an article was given a section, as values and as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from tagger.labels import NO_NAMES, Names, OwnSection, Section, section_of


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of text, wherever it occurs, and what it adds to the logit."""

    text: str
    weight: float
    #: Where it stands in the article's text; none when only in a title apart from it.
    spans: tuple[tuple[int, int], ...]

    def to_dict(self) -> dict[str, Any]:
        """The term as a JSON object."""
        spans = [list(span) for span in self.spans]
        return {"text": self.text, "weight": round(self.weight, 3), "spans": spans}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Read back what `to_dict` wrote."""
        spans = tuple((start, end) for start, end in data["spans"])
        return cls(data["text"], data["weight"], spans)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one section was given."""

    section: Section | OwnSection
    #: The section it had to beat; None for a further section, judged by itself.
    runner_up: Section | OwnSection | None
    #: Logit of the section less that of the runner-up.
    margin: float
    #: The strongest stretches of text for it and against it, strongest first.
    terms: tuple[Term, ...]
    against: tuple[Term, ...]
    #: Other sections in the set that favour it over the runner-up, or the reverse.
    beside: tuple[tuple[Section | OwnSection, float], ...] = ()

    def __str__(self) -> str:
        """As a person reads it: ``energy, not economy (+1.20): 煤层气 +0.80; …``."""
        head = str(self.section)
        if self.runner_up is not None:
            head += f", not {self.runner_up}"
        beside = "".join(f"; beside {key} {value:+.2f}" for key, value in self.beside)
        return (
            f"{head} ({self.margin:+.2f}): {_listed(self.terms)}; "
            f"against: {_listed(self.against)}{beside}"
        )

    def to_dict(self) -> dict[str, Any]:
        """What stands in the record's section under ``reason``."""
        runner_up = None if self.runner_up is None else str(self.runner_up)
        return {
            "runner_up": runner_up,
            "margin": round(self.margin, 3),
            "for": [term.to_dict() for term in self.terms],
            "against": [term.to_dict() for term in self.against],
            "beside": [
                {"section": str(key), "weight": round(value, 3)}
                for key, value in self.beside
            ],
        }

    @classmethod
    def from_dict(
        cls,
        section: Section | OwnSection,
        data: dict[str, Any],
        names: Names = NO_NAMES,
    ) -> Self:
        """Read back what `to_dict` wrote; ``names`` are those of a scheme's sections.

        Raises:
            KeyError: A field is missing.
        """

        def named(key: str) -> Section | OwnSection:
            return section_of(key, names.get(key, ""))

        rival = data["runner_up"]
        return cls(
            section,
            None if rival is None else named(rival),
            data["margin"],
            tuple(map(Term.from_dict, data["for"])),
            tuple(map(Term.from_dict, data["against"])),
            tuple((named(b["section"]), b["weight"]) for b in data["beside"]),
        )


def _listed(terms: Sequence[Term]) -> str:
    return ", ".join(f"{term.text} {term.weight:+.2f}" for term in terms) or "–"
