"""Text that remembers where each of its characters came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

#: The origin of a character that was put in.
NEW = -1


@dataclass(frozen=True, slots=True)
class Traced:
    """A text cut, joined and changed; ``origin[i]`` is a place in the first text."""

    text: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, text: str, start: int = 0) -> Self:
        """A text as it is, its first character at ``start``."""
        return cls(text, tuple(range(start, start + len(text))))

    @classmethod
    def new(cls, text: str) -> Self:
        """A text that comes from nowhere."""
        return cls(text, (NEW,) * len(text))

    @classmethod
    def join(cls, separator: str, parts: Iterable["Traced"]) -> Self:
        """The parts with new text between them."""
        parts = list(parts)
        gap = (NEW,) * len(separator)
        origin: list[int] = []
        for number, part in enumerate(parts):
            origin += (*gap, *part.origin) if number else part.origin
        return cls(separator.join(part.text for part in parts), tuple(origin))

    def __len__(self) -> int:
        return len(self.text)

    def __add__(self, other: "Traced") -> "Traced":
        return Traced(self.text + other.text, self.origin + other.origin)

    def __getitem__(self, where: slice) -> "Traced":
        return Traced(self.text[where], self.origin[where])

    def insert(self, at: int, text: str) -> "Traced":
        """The same with new text before the character at ``at``."""
        return self[:at] + Traced.new(text) + self[at:]

    def translate(self, table: Mapping[int, int]) -> "Traced":
        """The same with characters exchanged one for one.

        Raises:
            ValueError: The table drops or adds characters.
        """
        text = self.text.translate(table)
        if len(text) != len(self.text):
            raise ValueError("only one character for one keeps the origins")
        return Traced(text, self.origin)

    def places(self) -> dict[int, int]:
        """Where each character of the first text stands now, if it is still there."""
        return {o: place for place, o in enumerate(self.origin) if o != NEW}


def span_in(
    places: Mapping[int, int], start: int, end: int, *, whole: bool = True
) -> tuple[int, int] | None:
    """Where ``[start, end)`` of the first text stands now.

    None when it is gone, or, if it must be ``whole``, when a character is missing.
    What was put in between belongs to it.
    """
    found = [places[place] for place in range(start, end) if place in places]
    if not found or (whole and len(found) < end - start):
        return None
    return min(found), max(found) + 1
