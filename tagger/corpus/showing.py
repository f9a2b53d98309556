"""Tables for the terminal."""

from rich.table import Table

from tagger.scoring.agreement import Agreement
from tagger.scoring.statistics import Figure

_SHOWN = {
    "strict.f1": "names, edges and type",
    "exact.f1": "names, edges alone",
    "PER.f1": "  PER, edges and type",
    "LOC.f1": "  LOC, edges and type",
    "ORG.f1": "  ORG, edges and type",
}


def agreement_table(found: Agreement) -> Table:
    """F1 on names with 95 % intervals, and Cohen's kappa on sections."""
    table = Table(title=f"Agreement on {found.articles} articles")
    table.add_column("what")
    table.add_column("F1 / κ", justify="right")
    table.add_column("95 %", justify="right")
    for name, words in _SHOWN.items():
        if name in found.names:
            table.add_row(words, *_cells(found.names[name]))
    table.add_row("primary section, κ", _number(found.kappa), "")
    of_sections = [kappa for kappa in found.kappa_of.values() if kappa is not None]
    if of_sections:
        mean = sum(of_sections) / len(of_sections)
        table.add_row("each section or not, κ, mean", _number(mean), "")
    return table


def _cells(figure: Figure) -> tuple[str, str]:
    if figure.low is None or figure.high is None:
        return _number(figure.value), "–"
    return _number(figure.value), f"{figure.low:.3f}–{figure.high:.3f}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
