"""What happens to an article on its way from the press to a text dump.

Each function takes the lines of one article and gives them back damaged. Names are
never cut: a place is chosen so that no name straddles it, or the name's characters
stay together. Only breaks of lines may fall inside one, as they do in print.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tagger.corpus.articles import CorpusArticle, Role
from tagger.corpus.traced import Traced
from tagger.labels import EntityLabel

_HALF: Final = str.maketrans("，（）：；！？", ",():;!?")
_TWO_HAN: Final = re.compile(r"[\u4e00-\u9fff]{2}")
#: What is longer than this is no label of a column: 志愿服务, 以案说法.
_LABEL: Final = 8
#: A body paragraph shorter than this is not cut.
_LONG: Final = 120


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an article: body, or one of the other roles."""

    text: Traced
    role: Role | None = None


Lines = Sequence[Line]
Damage = Callable[[Lines, CorpusArticle, random.Random], list[Line]]


def lines_of(article: CorpusArticle) -> list[Line]:
    """The lines of an article, blank ones left out."""
    roles = {
        part.start: part.role
        for part in article.parts
        if part.start == 0 or article.text[part.start - 1] == "\n"
        if part.end == len(article.text) or article.text[part.end] == "\n"
    }
    found, at = [], 0
    for text in article.text.split("\n"):
        if text.strip():
            found.append(Line(Traced.of(text, at), roles.get(at)))
        at += len(text) + 1
    return found


def half_width(lines: Lines, article: CorpusArticle, rng: random.Random) -> list[Line]:
    """，（）：；！？ become half-width; 。“”、 stay, as typesetters' exports have it."""
    del article, rng
    return [replace(line, text=line.text.translate(_HALF)) for line in lines]


def pad_names(lines: Lines, article: CorpusArticle, rng: random.Random) -> list[Line]:
    """Two-character names of bylines are set with a blank: 丁洁 becomes 丁 洁."""
    blank = rng.choice((" ", "\u3000"))
    signed = [part for part in article.parts if part.role is Role.BYLINE]
    inside = {
        entity.start + 1
        for entity in article.entities
        if entity.label is EntityLabel.PER
        if _TWO_HAN.fullmatch(article.text[entity.start : entity.end])
        if any(p.start <= entity.start and entity.end <= p.end for p in signed)
    }
    return [
        replace(line, text=_insert_before(line.text, inside, blank)) for line in lines
    ]


def lose_beginning(
    lines: Lines, article: CorpusArticle, rng: random.Random
) -> list[Line]:
    """The first column is missing: headline, then text that begins in mid-sentence."""
    body = [number for number, line in enumerate(lines) if line.role is None]
    if len(body) < 2 or len(lines[body[0]].text) < _LONG // 2:
        return list(lines)
    first = lines[body[0]]
    at = _free_place(first.text, article, rng)
    if at is None:
        return list(lines)
    kept = replace(first, text=first.text[at:])
    return [*_headings(lines[: body[0]]), kept, *lines[body[0] + 1 :]]


def lose_end(lines: Lines, article: CorpusArticle, rng: random.Random) -> list[Line]:
    """The last column is missing; the text stops in mid-sentence."""
    body = [number for number, line in enumerate(lines) if line.role is None]
    long = [n for n in body[1:] if len(lines[n].text) >= _LONG]
    if not long:
        return list(lines)
    at = _free_place(lines[long[-1]].text, article, rng)
    if at is None:
        return list(lines)
    last = lines[long[-1]]
    return [*lines[: long[-1]], replace(last, text=last.text[:at])]


def label_below(lines: Lines, article: CorpusArticle, rng: random.Random) -> list[Line]:
    """A label, set in a box of its own, comes out behind the article; no long kicker."""
    del article, rng
    if len(lines) < 3 or lines[0].role is not Role.KICKER:
        return list(lines)
    if len(lines[0].text) > _LABEL:
        return list(lines)
    return [*lines[1:], lines[0]]


def kicker_below_title(
    lines: Lines, article: CorpusArticle, rng: random.Random
) -> list[Line]:
    """Kicker and title change places: the larger type was read first."""
    del article, rng
    roles = [line.role for line in lines[:2]]
    if roles != [Role.KICKER, Role.TITLE]:
        return list(lines)
    return [lines[1], lines[0], *lines[2:]]


def kicker_beside_title(
    lines: Lines, article: CorpusArticle, rng: random.Random
) -> list[Line]:
    """Kicker and title come out on one line; the line counts as title."""
    del article, rng
    roles = [line.role for line in lines[:2]]
    if roles != [Role.KICKER, Role.TITLE]:
        return list(lines)
    both = Traced.join(" ", (lines[0].text, lines[1].text))
    return [Line(both, Role.TITLE), *lines[2:]]


def turn_page(
    lines: Lines, article: CorpusArticle, rng: random.Random
) -> tuple[list[Line], list[Line]] | None:
    """Front part and continuation of an article that goes on at another page.

    None when it is too short to be continued.
    """
    body = [number for number, line in enumerate(lines) if line.role is None]
    long = [n for n in body[1:] if len(lines[n].text) >= _LONG]
    at = _free_place(lines[long[0]].text, article, rng) if long else None
    if at is None:
        return None
    torn = lines[long[0]]
    front = [*lines[: long[0]], replace(torn, text=torn.text[:at])]
    return front, [replace(torn, text=torn.text[at:]), *lines[long[0] + 1 :]]


def _headings(lines: Lines) -> list[Line]:
    return [line for line in lines if line.role is not Role.BYLINE]


def _insert_before(text: Traced, origins: set[int], blank: str) -> Traced:
    found = [n for n, origin in enumerate(text.origin) if origin in origins]
    for place in reversed(found):
        text = text.insert(place, blank)
    return text


def _free_place(text: Traced, article: CorpusArticle, rng: random.Random) -> int | None:
    """A place in the middle of a line, after a comma's clause or within, but in no name."""
    inside = {
        place
        for entity in article.entities
        for place in range(entity.start + 1, entity.end)
    }
    open_bylines = {
        place
        for part in article.parts
        for place in range(part.start - 1, part.end + 2)
        if part.role is Role.BYLINE
    }
    free = [
        at
        for at in range(len(text) // 3, len(text) - 20)
        if text.origin[at] not in inside | open_bylines
        and text.text[at].isalpha()
        and text.text[at - 1].isalpha()
    ]
    return rng.choice(free) if free else None
