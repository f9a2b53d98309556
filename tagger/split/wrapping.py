"""Lines that a fixed width broke, put together again."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

#: How far lines broken at one width differ, in columns and in characters.
_COLUMNS: Final = 3
_LETTERS: Final = 1
_LINE_ENDS: Final = frozenset("\n\r\u2028\u2029\x0b\x0c\x85")


def unwrapped(page: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join lines that a fixed width broke: full lines, one after the other."""
    full = _full([page[_line_start(page, start) : end] for start, end in spans])
    begin: int | None = None
    for number, (start, end) in enumerate(spans):
        begin = start if begin is None else begin
        last = number + 1 == len(spans)
        if full[number] and not last and page[end - 1] not in "。!！?？":
            below = spans[number + 1][0]
            # A line that begins with a blank begins a paragraph.
            if not page[below - 1].isspace() or page[below - 1] in _LINE_ENDS:
                continue
        yield begin, end
        begin = None


def _line_start(page: str, place: int) -> int:
    """Where the line begins, its indent included."""
    while place > 0 and page[place - 1] in " \u3000":
        place -= 1
    return place


def _full(lines: list[str]) -> list[bool]:
    """Of each line, whether a width broke it: so many columns, or so many characters."""
    found = [False] * len(lines)
    for measure, slack in ((_width, _COLUMNS), (len, _LETTERS)):
        sizes = [measure(line) for line in lines]
        usual = _usual(sizes, slack)
        if usual:
            near = range(usual - slack, usual + min(slack, 2) + 1)
            found = [full or n in near for full, n in zip(found, sizes, strict=True)]
    return found


def _width(line: str) -> int:
    """Columns on the screen: two for a Han character, one for a Latin."""
    return (len(line.encode("utf-8", "surrogatepass")) + len(line)) // 2


def _usual(sizes: list[int], slack: int) -> int:
    """The size at which most lines are broken; 0 when they are not."""
    if len(sizes) < 8:
        return 0
    counts = Counter(sizes)
    size = max(counts, key=lambda w: (sum(counts[w - n] for n in range(slack)), w))
    near = sum(counts[n] for n in range(size - slack, size + slack))
    return size if 16 <= size <= 120 and near >= 0.5 * len(sizes) else 0
