"""Tables as values: titles, headers and cells, before anyone draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tagger.reporting.words import Text, same
from tagger.scoring.statistics import Figure

UNDEFINED = "–"


class Cell(NamedTuple):
    """What a cell shows; ``value`` is the number behind it, where bars or colours help."""

    text: Text
    value: float | None = None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report."""

    name: str
    title: Text
    header: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Text | None = None
    #: Whether the terminal shows it unasked.
    brief: bool = True


def words(text: Text | str) -> Cell:
    """A cell of words."""
    return Cell(same(text) if isinstance(text, str) else text)


def count(number: float | None) -> Cell:
    """A cell with a whole number."""
    if number is None:
        return Cell(same(UNDEFINED), None, is_number=True)
    return Cell(same(f"{number:,.0f}"), None, is_number=True)


def percent(value: float | None) -> Cell:
    """A share in percent, two decimals; undefined is a dash."""
    text = UNDEFINED if value is None else f"{100 * value:.2f}"
    return Cell(same(text), value, is_number=True)


def number(value: float | None, digits: int = 3) -> Cell:
    """A plain number."""
    text = UNDEFINED if value is None else f"{value:.{digits}f}"
    return Cell(same(text), None, is_number=True)


def interval(figure: Figure, scale: float = 100, digits: int = 1) -> Cell:
    """A 95 % interval: ``91.2–94.0``, or ``−0.4 … 1.2`` where signs would tangle."""
    if figure.low is None or figure.high is None:
        return Cell(same(UNDEFINED), None, is_number=True)
    low, high = (f"{scale * end:.{digits}f}" for end in (figure.low, figure.high))
    between = " … " if "-" in low + high else "–"
    return Cell(same(f"{low}{between}{high}".replace("-", "−")), None, is_number=True)


def three(figures: dict[str, Figure], prefix: str) -> Sequence[Cell]:
    """Precision, recall, F1 and the interval of the F1."""
    f1 = figures[f"{prefix}f1"]
    return (
        percent(figures[f"{prefix}p"].value),
        percent(figures[f"{prefix}r"].value),
        percent(f1.value),
        interval(f1),
    )


P_R_F1 = (
    Text("P", "准确率"),
    Text("R", "召回率"),
    Text("F1", "F1"),
    Text("95 % interval", "95%区间"),
)
