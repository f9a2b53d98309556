"""Reports in a terminal."""

from collections.abc import Iterable

from rich import box
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table as RichTable
from rich.text import Text as RichText

from tagger.reporting.tables import Table


def drawn(tables: Iterable[Table], *, full: bool) -> RenderableType:
    """Tables for `rich.console.Console.print`; without ``full`` the brief ones."""
    return Group(*(_drawn(table) for table in tables if full or table.brief))


def show(console: Console, tables: Iterable[Table], *, full: bool) -> None:
    """Print tables on a console."""
    console.print(drawn(tables, full=full))


def _drawn(table: Table) -> RenderableType:
    rich = RichTable(
        title=escape(table.title.en),
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        caption=table.note and escape(table.note.en),
        caption_justify="left",
    )
    numbers = [cell.is_number for cell in table.rows[0]] if table.rows else []
    for place, head in enumerate(table.header):
        # words may wrap, numbers must not be cut; so their heads are made narrow
        if place < len(numbers) and numbers[place]:
            narrow = escape(head.en).replace(" %", "%").replace(" ", "\n")
            rich.add_column(narrow, justify="right", no_wrap=True)
        else:
            rich.add_column(escape(head.en))
    for row in table.rows:
        rich.add_row(*(RichText(cell.text.en) for cell in row))
    return rich
