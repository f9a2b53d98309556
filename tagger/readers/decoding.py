"""Bytes to text: find the encoding by what makes plausible Chinese, or refuse.

Decoding without error proves little: 太原 in GB18030 is valid UTF-8 for two letters
nobody uses together, and most Big5 is valid GB18030. So every encoding that decodes
strictly is tried, and the one whose characters are the most usual wins.
"""

import codecs
import re
import unicodedata
from functools import cache
from typing import Final

from tagger.errors import UnknownEncodingError

#: In the order in which ties are broken.
ENCODINGS: Final = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Below this share of usual characters a text is not Chinese newspaper text.
_LEAST_USUAL: Final = 0.7
_SAMPLE: Final = 20_000
#: Punctuation, signs, circled numbers, boxes, CJK punctuation, full-width forms.
_BLOCKS: Final = re.compile(
    r"[\u2000-\u206f\u2100-\u21ff\u2460-\u25ff\u3000-\u303f\uff00-\uffe6]"
)
#: Control characters that text files do hold; others speak for a binary file.
_TOLERATED: Final = frozenset("\t\n\r\f\v\x1a\x1b")


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text and the name of its encoding; a byte order mark is taken off.

    Args:
        data: A whole file.
        encoding: What the user says it is; nothing else is tried.

    Raises:
        UnknownEncodingError: No encoding fits, or not the one given.
    """
    if encoding is not None:
        return _strictly(data, encoding)
    for mark, marked in _BOMS:
        if data.startswith(mark):
            text, name = _strictly(data, marked)
            return text.removeprefix("\ufeff"), name
    best, name, text = 0.0, "", ""
    for encoding_tried in ENCODINGS:
        decoded = _try(data, encoding_tried)
        usual = 0.0 if decoded is None else _usual(decoded)
        if decoded is not None and usual > best:
            best, name, text = usual, encoding_tried, decoded
        if best == 1.0:
            break  # nothing later can be more usual
    if best < _LEAST_USUAL:
        raise UnknownEncodingError(_complaint(data))
    return text, name


def _strictly(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        bad = data[error.start]
        raise UnknownEncodingError(
            f"not {encoding}: byte 0x{bad:02x} at offset {error.start}, "
            f"line {data.count(10, 0, error.start) + 1}"
        ) from error
    except LookupError as error:
        raise UnknownEncodingError(f"no encoding is called {encoding!r}") from error


def _try(data: bytes, encoding: str) -> str | None:
    """The text, or None where it cannot be this encoding."""
    if encoding.startswith("utf-16") and len(data) % 2:
        return None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _complaint(data: bytes) -> str:
    if b"\0" in data[:4096]:
        return "a binary file, not text"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(10, 0, error.start) + 1
        return (
            "not Chinese text in UTF-8, GB18030, Big5 or UTF-16 "
            f"(as UTF-8 it fails at offset {error.start}, line {line})"
        )
    return "not Chinese text in UTF-8, GB18030, Big5 or UTF-16"


def _usual(text: str) -> float:
    """The mean usualness of a text's characters, 0 to 1; an empty text is usual."""
    if not text:
        return 1.0
    step = max(1, len(text) // _SAMPLE)
    sample = text[::step]
    return sum(map(_weight, sample)) / len(sample)


@cache
def _weight(char: str) -> float:
    """How usual a character is: 1 in any newspaper, -1 in no text at all."""
    category = unicodedata.category(char)
    if category in {"Co", "Cn", "Cs"} or (category == "Cc" and char not in _TOLERATED):
        return -1.0
    if char.isascii() or char in _usual_han() or _BLOCKS.match(char):
        return 1.0
    return 0.4 if "\u4e00" <= char <= "\u9fff" else 0.1


@cache
def _usual_han() -> frozenset[str]:
    """The first levels of GB 2312 (3,755 characters) and Big5 (5,401)."""
    simplified = _level("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    tails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    return simplified | _level("big5", range(0xA4, 0xC7), tails)


def _level(
    encoding: str, leads: range, tails: range | tuple[int, ...]
) -> frozenset[str]:
    codes = (bytes((lead, tail)) for lead in leads for tail in tails)
    return frozenset("".join(code.decode(encoding, "ignore") for code in codes))
