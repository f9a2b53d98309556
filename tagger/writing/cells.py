"""Cells of tables that people open in a spreadsheet: no text runs as a formula."""

import re
from typing import Final

#: What a spreadsheet takes for the beginning of a formula: = + - @, their full-width
#: forms (some versions even those out), and what makes it look into the next line or
#: column. Blanks before it are cut off by some, so they don't help.
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")

Cell = str | int | float


def safe(cell: Cell) -> Cell:
    """The cell, with an apostrophe before what would run; numbers are what they are."""
    if isinstance(cell, str) and _FORMULA.match(cell):
        return f"'{cell}"
    return cell
