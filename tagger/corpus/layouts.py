"""How pages come out as text: indents, blank lines, columns, widths."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tagger.corpus.damage import (
    Damage,
    Line,
    half_width,
    kicker_below_title,
    kicker_beside_title,
    label_below,
    pad_names,
)
from tagger.corpus.traced import Traced

_MARGIN: Final = 30


@dataclass(frozen=True, slots=True)
class Layout:
    """A habit of dumping pages."""

    name: str
    #: What stands between two lines of an article, and between two articles.
    gap: str
    between: str
    #: What stands before a paragraph and before a heading.
    indent: str = ""
    heading_indent: str = ""
    #: Characters a line of a column holds; 0 where lines are not broken.
    width: int = 0
    #: Share of long paragraphs that a column broke in two, a blank line between.
    broken: float = 0.0
    #: What always happens to an article, and what happens to one in four.
    always: tuple[Damage, ...] = ()
    sometimes: tuple[Damage, ...] = ()


LAYOUTS: Final = (
    Layout(
        "columns",
        gap="\n\n",
        between="\n\n",
        broken=0.5,
        always=(half_width, pad_names),
        sometimes=(label_below, kicker_below_title),
    ),
    Layout(
        "plain",
        gap="\n",
        between="\n",
        sometimes=(kicker_beside_title,),
    ),
    Layout(
        "indented",
        gap="\n\n",
        between="\n\n\n",
        indent="\u3000\u3000",
        heading_indent=" ",
        broken=0.25,
        always=(half_width, pad_names),
        sometimes=(label_below, kicker_beside_title),
    ),
    Layout(
        "wrapped",
        gap="\n",
        between="\n\n",
        indent="\u3000\u3000",
        width=26,
        always=(pad_names,),
        sometimes=(label_below,),
    ),
    Layout(
        "narrow",
        gap="\n",
        between="\n",
        indent="\u3000\u3000",
        width=17,
        broken=0.4,
        sometimes=(kicker_below_title, label_below),
    ),
    Layout(
        "spaced",
        gap="\n \n",
        between="\n\n \n",
        indent="    ",
        heading_indent="  ",
        broken=0.35,
        always=(half_width,),
        sometimes=(pad_names, kicker_beside_title),
    ),
)


def render(lines: Sequence[Line], layout: Layout, rng: random.Random) -> Traced:
    """An article's lines as one text."""
    return Traced.join(layout.gap, (_line(line, layout, rng) for line in lines))


def _line(line: Line, layout: Layout, rng: random.Random) -> Traced:
    if line.role is not None:
        return Traced.new(layout.heading_indent) + line.text
    text = line.text
    if len(text) > 4 * _MARGIN and rng.random() < layout.broken:
        text = text.insert(rng.randrange(_MARGIN, len(text) - _MARGIN), "\n\n")
    text = Traced.new(layout.indent) + text
    return _wrapped(text, layout.width) if layout.width else text


def _wrapped(text: Traced, width: int) -> Traced:
    """Lines of ``width`` characters; no line begins with a closing mark."""
    lines: list[Traced] = []
    for paragraph in _paragraphs(text):
        rest = paragraph
        while len(rest) > width:
            at = width
            while at < len(rest) and rest.text[at] in "，。、；：！？”’）》,):;!?":
                at += 1
            lines.append(rest[:at])
            rest = rest[at:]
        lines.append(rest)
    return Traced.join("\n", lines)


def _paragraphs(text: Traced) -> list[Traced]:
    found, at = [], 0
    for piece in text.text.split("\n"):
        found.append(text[at : at + len(piece)])
        at += len(piece) + 1
    return found
