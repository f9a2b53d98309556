"""Tag sequences ↔ spans of tokens: BIO, IOB1, BIOES, BMES, BMEWO, BILOU.

A tag is a letter, ``-`` or ``_``, and a label; O is outside. B begins; I and M go on;
E and L end; S, U and W stand alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from tagger.errors import GoldError

_TAG: Final = re.compile(r"([BIMELSUW])[-_](.+)")
_CLOSING: Final = frozenset("ESLUWM")


class BrokenTags(StrEnum):
    """What to do with a tag that nothing leads up to, as I-PER after O."""

    REFUSE = "refuse"
    #: Begin a name with it, as conlleval does and seqeval by default.
    BEGIN = "begin"
    #: Leave the fragment out, as seqeval does in strict mode.
    DISCARD = "discard"


class Scheme(StrEnum):
    """How tags are written."""

    BIO = "bio"
    BIOES = "bioes"
    BMES = "bmes"
    BILOU = "bilou"
    #: B only between names that touch; cannot be told from broken BIO, so say so.
    IOB1 = "iob1"


class TokenSpan(NamedTuple):
    """A name from one token to another, end exclusive."""

    start: int
    end: int
    label: str


class Break(NamedTuple):
    """A place where tags do not fit."""

    token: int
    problem: str


def split_tag(tag: str) -> tuple[str, str]:
    """Letter and label; ``("O", "")`` outside.

    Raises:
        GoldError: It is no tag.
    """
    if tag in {"O", "o", "_", "-"}:
        return "O", ""
    match = _TAG.fullmatch(tag)
    if match is None:
        raise GoldError(f"{tag!r} is no tag such as O, B-PER, I-PER, E_PER")
    return match[1], match[2]


def closes(letters: set[str]) -> bool:
    """Whether a scheme with these letters marks how names end."""
    return bool(letters & _CLOSING)


@dataclass(slots=True)
class Decoder:
    """Reads the tags of one sentence."""

    broken: BrokenTags
    #: Whether a name of several tokens must end with E or L.
    closing: bool = False
    iob1: bool = False

    def decode(
        self, tags: Sequence[tuple[str, str]]
    ) -> tuple[list[TokenSpan], list[Break]]:
        """Names, and the places where tags broke off or came from nowhere."""
        breaks: list[Break] = []
        return list(self._names(tags, breaks)), breaks

    def _names(
        self, tags: Sequence[tuple[str, str]], breaks: list[Break]
    ) -> Iterator[TokenSpan]:
        begun: tuple[int, str] | None = None
        for place, (letter, label) in enumerate([*tags, ("O", "")]):
            goes_on = letter in "IMEL"
            if goes_on and begun is not None and begun[1] == label:
                if letter in "EL":
                    yield TokenSpan(begun[0], place + 1, label)
                    begun = None
                continue
            if begun is not None:
                yield from self._cut_off(begun, place, breaks)
            begun = None
            if letter in "SUW":
                yield TokenSpan(place, place + 1, label)
            elif letter == "B" or (
                goes_on and self._begins(place, letter, label, breaks)
            ):
                begun = (place, label)
                if letter in "EL":
                    yield TokenSpan(place, place + 1, label)
                    begun = None

    def _begins(self, place: int, letter: str, label: str, breaks: list[Break]) -> bool:
        if self.iob1 and letter == "I":
            return True
        breaks.append(Break(place, f"{letter}-{label} goes on with no name before it"))
        return self.broken is BrokenTags.BEGIN

    def _cut_off(
        self, begun: tuple[int, str], place: int, breaks: list[Break]
    ) -> Iterator[TokenSpan]:
        start, label = begun
        if self.closing:
            breaks.append(Break(place - 1, f"{label} begins and does not end"))
            if self.broken is not BrokenTags.BEGIN:
                return
        yield TokenSpan(start, place, label)


def encode(size: int, spans: Sequence[TokenSpan], scheme: Scheme) -> list[str]:
    """The tags of ``size`` tokens; spans must not overlap."""
    single, begin, inside, end = tuple(_LETTERS[scheme])
    tags = ["O"] * size
    last = -1
    for start, stop, label in sorted(spans):
        letters = [begin, *[inside] * (stop - start - 2), end]
        if stop - start == 1:
            letters = [single]
        if scheme is Scheme.IOB1:
            touches = start == last and tags[start - 1].endswith(f"-{label}")
            letters[0] = "B" if touches else "I"
        tags[start:stop] = [f"{letter}-{label}" for letter in letters]
        last = stop
    return tags


_LETTERS: Final = {
    Scheme.BIO: "BBII",
    Scheme.IOB1: "IIII",
    Scheme.BIOES: "SBIE",
    Scheme.BMES: "SBME",
    Scheme.BILOU: "UBIL",
}
