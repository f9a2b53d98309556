"""Column labels (志愿服务, 智慧城市): short lines above an article, or below it."""

from collections.abc import Sequence
from typing import Final

from tagger.split.lines import Paragraph, Role

_LONGEST_LABEL: Final = 8
#: On a page not known to have labels: so short, and the headline so much longer.
_LONGEST_ALONE: Final = 6
_HEADLINE_LONGER: Final = 1.8
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


def trails(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a label stands below the signed article at their end."""
    return len(paragraphs) > 1 and is_label(paragraphs[-1]) and paragraphs[-2].closes


def heads(paragraphs: Sequence[Paragraph], *, labelled: bool) -> bool:
    """Whether a label stands above the headline at their beginning.

    ``labelled``: whether the page is known to have labels.
    """
    if len(paragraphs) < 2 or not is_label(paragraphs[0]):
        return False
    label, headline = paragraphs[0], paragraphs[1]
    longer = len(headline.text) >= _HEADLINE_LONGER * len(label.text)
    alone = len(label.text) <= _LONGEST_ALONE and longer
    return headline.role is Role.HEADING and (labelled or alone)


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
    if not balance:
        told = set(label.text) - _COMMON
        balance = sum(_lean(upper.count(c), lower.count(c)) for c in told)
    return balance > 0


def _text(paragraphs: Sequence[Paragraph]) -> str:
    return "\n".join(paragraph.text for paragraph in paragraphs)


def _lean(above: int, below: int) -> int:
    """1 or -1 for a character that comes back in one text and is never in the other."""
    if min(above, below) or max(above, below) < 2:
        return 0
    return 1 if above else -1
