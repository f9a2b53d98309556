"""Offsets that count something else than characters, and the way back.

JavaScript tools count UTF-16 units, so that 𠮷 is two; others count bytes, or counted
before line ends or widths of letters were changed. Where a file says what its spans
say, the right reading is the first under which all of them say it.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Sequence
from enum import StrEnum
from itertools import accumulate
from typing import Final

from tagger.gold.raw import RawSpan


class Offsets(StrEnum):
    """What offsets count."""

    #: Found out where spans say what they say, characters else.
    SEEN = "seen"
    CHARACTERS = "characters"
    UTF16 = "utf-16"
    UTF8 = "utf-8"


#: How much each character counts elsewhere; given the text and its place.
_Width = Callable[[str, int], int]


def _utf16(text: str, place: int) -> int:
    return 2 if text[place] > "\uffff" else 1


def _crlf_elsewhere(text: str, place: int) -> int:
    lone = text[place] == "\n" and text[place - 1 : place] != "\r"
    return 2 if lone else 1


def _lf_elsewhere(text: str, place: int) -> int:
    return 0 if text[place : place + 2] == "\r\n" else 1


def _nfkc(text: str, place: int) -> int:
    return len(unicodedata.normalize("NFKC", text[place]))


def _utf8(text: str, place: int) -> int:
    return len(text[place].encode("utf-8", "surrogatepass"))


_READINGS: Final[dict[str, _Width]] = {
    "offsets in UTF-16 units": _utf16,
    "offsets with CRLF line ends": _crlf_elsewhere,
    "offsets with LF line ends": _lf_elsewhere,
    "offsets into NFKC text": _nfkc,
    "offsets in UTF-8 bytes": _utf8,
}
_INCLUSIVE: Final = "inclusive ends"
_SAID: Final[dict[Offsets, _Width]] = {Offsets.UTF16: _utf16, Offsets.UTF8: _utf8}


def reread(
    text: str, spans: Sequence[RawSpan]
) -> tuple[tuple[RawSpan, ...], str | None]:
    """The spans in characters, and how they had been counted; None if in characters.

    Only what spans say of themselves (`RawSpan.surface`) can tell; without it, or
    where no reading makes all of them right, they come back as they are.
    """
    given = tuple(spans)
    if not any(span.surface for span in given) or _all_right(text, given):
        return given, None
    for name, width in _READINGS.items():
        found = _recounted(text, given, width)
        if found and _all_right(text, found):
            return found, name
    found = tuple(span._replace(end=span.end + 1) for span in given)
    return (found, _INCLUSIVE) if _all_right(text, found) else (given, None)


def recount(
    text: str, spans: Sequence[RawSpan], offsets: Offsets
) -> list[RawSpan | None]:
    """The spans in characters, counted as is said; None for one inside a character."""
    if offsets not in _SAID:
        return list(spans)
    before = _before(text, _SAID[offsets])
    return [_back(span, before) for span in spans]


def may_be_utf16(text: str, spans: Sequence[RawSpan]) -> bool:
    """Whether UTF-16 would give other places, and no span says what it says."""
    silent = bool(spans) and not any(span.surface for span in spans)
    return silent and any(char > "\uffff" for char in text)


def says(text: str, span: RawSpan) -> bool:
    """Whether the text has at the span what the span says, widths and blanks aside."""
    return span.surface is None or _folded(text[span.start : span.end]) == _folded(
        span.surface
    )


def _all_right(text: str, spans: Sequence[RawSpan]) -> bool:
    return all(span.start >= 0 and says(text, span) for span in spans)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _recounted(
    text: str, spans: Sequence[RawSpan], width: _Width
) -> tuple[RawSpan, ...] | None:
    before = _before(text, width)
    if before[-1] == len(text):
        return None
    found = [_back(span, before) for span in spans]
    fitting = tuple(span for span in found if span is not None)
    return fitting if len(fitting) == len(found) else None


def _before(text: str, width: _Width) -> list[int]:
    """How much is before each character, and, last, in all."""
    widths = (width(text, place) for place in range(len(text)))
    return list(accumulate(widths, initial=0))


def _back(span: RawSpan, before: list[int]) -> RawSpan | None:
    start, end = bisect_left(before, span.start), bisect_left(before, span.end)
    on_characters = (
        end < len(before) and before[start] == span.start and before[end] == span.end
    )
    return span._replace(start=start, end=end) if on_characters else None
