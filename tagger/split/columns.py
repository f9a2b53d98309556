"""Column labels (志愿服务, 智慧城市): short lines above an article, or below it."""

from collections.abc import Sequence
from typing import Final

from tagger.split.lines import Paragraph, Role

_LONGEST_LABEL: Final = 8
#: Characters too common to tell what a text is about.
_COMMON: Final = frozenset("的一是在不了有和人这中大为上个与及")


def is_label(paragraph: Paragraph) -> bool:
    """Whether a line could be the name of a column rather than a headline."""
    text = paragraph.text
    return (
        paragraph.role is Role.HEADING
        and len(text) <= _LONGEST_LABEL
        and not any(char in ' \u3000,!?“”"《》:' for char in text)
    )


def belongs_above(
    label: Paragraph, above: Sequence[Paragraph], below: Sequence[Paragraph]
) -> bool:
    """Whether a label between two articles is the one above's.

    A label shares pairs of characters with the article it stands for, or characters
    that come back there and never in the other; when in doubt it heads what follows.
    """
    upper, lower = _text(above), _text(below)
    pairs = {label.text[n : n + 2] for n in range(len(label.text) - 1)}
    balance = sum((pair in upper) - (pair in lower) for pair in pairs)
    if balance:
        return balance > 0
    told = set(label.text) - _COMMON
    return sum(_lean(upper.count(c), lower.count(c)) for c in told) > 0


def _text(paragraphs: Sequence[Paragraph]) -> str:
    return "\n".join(paragraph.text for paragraph in paragraphs)


def _lean(above: int, below: int) -> int:
    """1 or -1 for a character that comes back in one text and is never in the other."""
    if min(above, below) or max(above, below) < 2:
        return 0
    return 1 if above else -1
