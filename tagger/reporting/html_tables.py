"""Tables and the small plots inside them."""

from collections.abc import Sequence

from tagger.reporting.html import Child, Html, h, join
from tagger.reporting.tables import Cell, Table
from tagger.scoring.statistics import Figure


def html_table(table: Table, figures: Sequence[Figure] = ()) -> Html:
    """A table with a heading; its last column draws ``figures``, one for each row."""
    low = _axis_start(figures)
    first = table.rows[0] if table.rows else ()
    numbers = [cell.is_number for cell in first]
    numbers += [False] * (len(table.header) - len(numbers))
    head = [
        h("th", {"scope": "col", "class": "number" if is_number else "words"}, text)
        for text, is_number in zip(table.header, numbers, strict=True)
    ]
    if figures:
        ends = (h("span", None, f"{100 * low:.0f}"), h("span", None, "100"))
        head.append(h("th", {"class": "plot"}, h("div", None, *ends)))
    plots = [[whisker(figure, low)] for figure in figures] or [[] for _ in table.rows]
    rows = [
        h("tr", None, *(_cell(cell, n) for n, cell in enumerate(row)), *plot)
        for row, plot in zip(table.rows, plots, strict=True)
    ]
    note = h("p", {"class": "note"}, table.note) if table.note else Html("")
    return h(
        "section",
        {"id": table.name},
        h("h3", None, table.title),
        h(
            "div",
            {"class": "scroll", "tabindex": "0"},
            h(
                "table",
                None,
                h("thead", None, h("tr", None, *head)),
                h("tbody", None, *rows),
            ),
        ),
        note,
    )


def whisker(figure: Figure, low: float) -> Html:
    """A dot with its interval on an axis from ``low`` to 1, as wide as there is room."""

    def place(value: float) -> str:
        return f"{2 + 96 * max(0.0, value - low) / max(1 - low, 1e-9):.2f}%"

    parts = [
        h("line", {"class": "axis", "x1": "2%", "x2": "98%", "y1": "9", "y2": "9"})
    ]
    if figure.low is not None and figure.high is not None:
        ends = {"x1": place(figure.low), "x2": place(figure.high), "y1": "9", "y2": "9"}
        parts.append(h("line", {"class": "range", **ends}))
    if figure.value is not None:
        at = {"cx": place(figure.value), "cy": "9", "r": "4"}
        parts.append(h("circle", {"class": "dot", **at}))
    label = "" if figure.value is None else f"{100 * figure.value:.1f}"
    box = {"class": "whisker", "role": "img", "aria-label": label, "height": "18"}
    return h("td", {"class": "plot"}, h("svg", box, *parts))


def _axis_start(figures: Sequence[Figure]) -> float:
    """The tenth under the lowest of scores and intervals."""
    ends = [f.value if f.low is None else f.low for f in figures]
    lowest = min((end for end in ends if end is not None), default=0.0)
    return max(0.0, int(lowest * 10) / 10)


def _cell(cell: Cell, place: int) -> Html:
    name = "td" if place else "th"
    attributes = {"class": "number"} if cell.is_number else {}
    if cell.is_number and cell.value is not None:
        # a wash of colour for shares, as heat in the confusion table
        attributes["style"] = f"--share: {min(max(cell.value, 0.0), 1.0):.4f}"
    if not place:
        attributes["scope"] = "row"
    content: Child = cell.text
    return h(name, attributes, join(content))
