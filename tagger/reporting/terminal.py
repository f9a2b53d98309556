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
        caption=table.note and escape(table.note.en),
        caption_justify="left",
    )
    numbers = [cell.is_number for cell in table.rows[0]] if table.rows else []
    for place, head in enumerate(table.header):
        is_number = place < len(numbers) and numbers[place]
        rich.add_column(escape(head.en), justify="right" if is_number else "left")
    for row in table.rows:
        rich.add_row(*(RichText(cell.text.en) for cell in row))
    return rich
