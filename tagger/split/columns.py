"""Column labels (志愿服务, 智慧城市): short lines above an article, or below it."""

from collections.abc import Sequence
from typing import Final

from tagger.split.lines import Paragraph, Role

_LONGEST_LABEL: Final = 8


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

    A label shares more characters pairs with the article it stands for; when in
    doubt it is the heading of what follows.
    """
    return _shared(label, above) > _shared(label, below)


def _shared(label: Paragraph, paragraphs: Sequence[Paragraph]) -> int:
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    pairs = {label.text[n : n + 2] for n in range(len(label.text) - 1)}
    return sum(pair in text for pair in pairs)
