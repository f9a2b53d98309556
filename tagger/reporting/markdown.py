"""Reports as Markdown, for a README or a pull request."""

from collections.abc import Iterable

from tagger.reporting.tables import Table


def markdown(tables: Iterable[Table], *, zh: bool = False) -> str:
    """All tables one below the other, in English or Chinese."""
    return "\n".join(_table(table, 1 if zh else 0) for table in tables)


def _table(table: Table, language: int) -> str:
    numbers = [cell.is_number for cell in table.rows[0]] if table.rows else []
    numbers += [False] * (len(table.header) - len(numbers))
    lines = [
        f"### {_plain(table.title[language])}",
        "",
        _row(head[language] for head in table.header),
        _row("---:" if is_number else "---" for is_number in numbers),
        *(_row(cell.text[language] for cell in row) for row in table.rows),
        "",
    ]
    if table.note:
        lines += [_plain(table.note[language]), ""]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_plain, cells))} |"


def _plain(text: str) -> str:
    """Text that Markdown takes for text."""
    for char in "\\`*_[]<>|":
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", " ")
