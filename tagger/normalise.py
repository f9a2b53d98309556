"""Even out a text for the models' eyes, and keep the way back to the source.

Compatibility forms are folded (ＧＤＰ → GDP, ，→ ,), format characters dropped,
runs of blanks become one, and a name padded to three characters' width loses its
padding (丁 洁 → 丁洁). A line broken by a column in mid-sentence is joined.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

_HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
#: A blank line or a plain line end inside a sentence: 作为\n\n全国最大的
_BREAK = re.compile(r"[^\S\n]*(?:\n[^\S\n]*)+")
#: Characters after which a paragraph may end.
_CLOSERS = frozenset("。!?！？…”’」』)）:：;；—>》")
#: How an article opens: a line before it is a headline, not the start of a sentence.
_OPENING = re.compile(
    r"(?:本报|新华社|中新社|中新网|人民网|据|[■●◆□▲△(（【〔“])|.{0,12}(?:讯|电)(?:[(（ 　]|$)"
)
#: One character, blank, one character, between non-Han: (丁 洁) 记者 丁 洁\n
_PADDED = re.compile(
    rf"(?:(?<!\S)|(?<=[(（、,，/]))({_HAN})[ \u3000]{{1,4}}({_HAN})(?=[)）、,，/\s]|$)"
)
#: Characters in a row that stay as they are, most of any text, or another one.
_STEPS = re.compile(r"(?P<plain>[!-~。、“”‘’《》\u4e00-\u9fff]+)|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A text evened out; ``origin[i]`` is where its i-th character came from."""

    text: str
    origin: tuple[int, ...]
    source: str

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that ``text[start:end]`` was made of."""
        return self.origin[start], self.origin[end - 1] + 1

    def from_source(self, start: int, end: int) -> tuple[int, int]:
        """The span of this text that ``source[start:end]`` became; may be empty."""
        return bisect_left(self.origin, start), bisect_left(self.origin, end)


def normalise(source: str) -> NormalisedText:
    """Even out ``source``. Never longer in lines, never empty unless it was blank."""
    dropped = _blanks_in_names(source) | _line_breaks(source)
    chars: list[str] = []
    origin: list[int] = []
    last = "\n"
    for match in _STEPS.finditer(source):
        place, char = match.start(), match[0]
        if match.lastgroup:
            chars.append(char)
            origin.extend(range(place, match.end()))
            last = char[-1]
            continue
        if place in dropped:
            continue
        for folded in _fold(char):
            if folded in " \n" and last in " \n":
                if folded == "\n" and last == " ":
                    chars[-1], origin[-1], last = "\n", place, "\n"
                continue
            chars.append(folded)
            origin.append(place)
            last = folded
    return NormalisedText("".join(chars), tuple(origin), source)


@lru_cache(maxsize=65536)
def _fold(char: str) -> str:
    """What one character becomes: nothing, itself, or its compatibility form."""
    if char in "\n\r\u2028\u2029\x0b\x0c\x85":
        return "\n"
    if unicodedata.category(char) in {"Cf", "Cc", "Co", "Cs"} and char != "\t":
        return ""
    folded = unicodedata.normalize("NFKC", char)
    return " " if folded.isspace() else folded.replace(" ", "")


def _blanks_in_names(source: str) -> set[int]:
    """Places of the blanks that only pad a two-character name."""
    return {
        place
        for match in _PADDED.finditer(source)
        for place in range(match.end(1), match.start(2))
    }


def _line_breaks(source: str) -> set[int]:
    """Places of line ends that a column made, not a paragraph.

    A break is the column's when the text before it does not end a sentence, is
    long enough to be a line of body, and Han text goes on after it.
    """
    places: set[int] = set()
    line_start = 0
    for match in _BREAK.finditer(source):
        before = source[line_start : match.start()]
        line_start = match.end()
        if _goes_on(before) and not _OPENING.match(source, match.end()):
            places.update(range(match.start(), match.end()))
    return places


def _goes_on(line: str) -> bool:
    return len(line) >= 24 and line[-1] not in _CLOSERS
