"""Scores as a gate: floors that a system must not fall under."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from tagger.errors import SettingsError
from tagger.scoring.documents import CutPage, Document
from tagger.scoring.statistics import Figure

#: Scores are kept to four decimals; one that rounds to its floor holds.
TOLERANCE: Final = 0.00005
_LIMIT: Final = re.compile(r"\s*(.+?)\s*=\s*([0-9]*\.?[0-9]+)\s*(%?)\s*")


@dataclass(frozen=True, slots=True)
class Fall:
    """A score under its floor, or one that is undefined."""

    name: str
    value: float | None
    floor: float

    def __str__(self) -> str:
        found = "undefined" if self.value is None else f"{self.value:.4f}"
        return f"{self.name} is {found}, under its floor of {self.floor:.4f}"


def parse_limits(text: str) -> dict[str, float]:
    """``strict.f1=.90,ORG.f1=85%`` as floors by name.

    Raises:
        SettingsError: A part is no name and number, or the number is not in 0 to 1.
    """
    limits = {}
    for part in text.split(","):
        match = _LIMIT.fullmatch(part)
        if match is None:
            raise SettingsError(f"{part!r} is no limit such as strict.f1=.90")
        value = float(match[2]) / (100 if match[3] else 1)
        if not 0 <= value <= 1:
            raise SettingsError(f"{part!r}: a score is between 0 and 1, or has a %")
        limits[match[1]] = value
    return limits


def falls(figures: Mapping[str, Figure], floors: Mapping[str, float]) -> list[Fall]:
    """The scores under their floors.

    Raises:
        SettingsError: A floor is about a score that was not made.
    """
    found = []
    for name, floor in floors.items():
        if name not in figures:
            near = get_close_matches(name, figures, 6, 0.5) or list(figures)[:6]
            raise SettingsError(f"no score {name!r}; there are {', '.join(near)}, …")
        value = figures[name].value
        if value is None or value < floor - TOLERANCE:
            found.append(Fall(name, value, floor))
    return found


def digest(gold: Sequence[Document], pages: Sequence[CutPage] = ()) -> str:
    """SHA-256 of what gold says, whatever file it is in and in whatever order."""
    lines = [
        json.dumps(
            [d.id, d.text, sorted(d.spans or ()), d.filing and d.filing.ordered],
            ensure_ascii=False,
        )
        for d in gold
    ]
    lines += [
        json.dumps(
            [p.id, p.text, [[c.start, c.end] for c in p.pieces]], ensure_ascii=False
        )
        for p in pages
    ]
    content = "\n".join(sorted(lines))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
