"""Raw annotations → documents whose spans fit their texts, and an audit of the rest."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from tagger.errors import GoldError
from tagger.gold.auditing import Audit
from tagger.gold.formats import Format
from tagger.gold.offsets import Offsets, may_be_utf16, recount, reread, says
from tagger.gold.raw import RawDocument, RawSpan
from tagger.scoring.documents import Document, Span

#: One object a number: millions of spans would otherwise hold as many equal ones.
_NUMBERS: Final = tuple(range(1 << 16))


class Overlaps(StrEnum):
    """What to do with a span that overlaps a longer one."""

    REFUSE = "refuse"
    LONGEST = "longest"


@dataclass(frozen=True, slots=True)
class Settling:
    """How spans are brought to fit."""

    overlaps: Overlaps = Overlaps.REFUSE
    offsets: Offsets = Offsets.SEEN


def settle(
    raws: Iterable[RawDocument], audit: Audit, how: Settling
) -> Iterator[Document]:
    """Check every span against its text; the audit learns what became of each.

    Raises:
        GoldError: A document has no text.
    """
    for raw in raws:
        audit.documents += 1
        yield _settled(raw, audit, how)


def _settled(raw: RawDocument, audit: Audit, how: Settling) -> Document:
    if raw.text is None:
        raise GoldError(
            f"document {raw.id} has no text, and no gold has its id",
            path=audit.path,
            line=raw.line,
        )
    spans = None
    if raw.spans is not None:
        audit.read += len(raw.spans)
        if audit.format == Format.DOCCANO and how.offsets is Offsets.SEEN:
            audit.unsure += may_be_utf16(raw.text, raw.spans)
        placed = None
        if how.offsets in {Offsets.SEEN, Offsets.CHARACTERS}:
            placed = _plain(raw.text, raw.spans)
        if placed is None:
            placed = list(_placed(raw, raw.text, audit, how.offsets))
        spans = tuple(_without_overlaps(raw, placed, audit, how.overlaps))
        audit.kept += len(spans)
    return Document(raw.id, raw.text, spans, raw.filing, raw.facts)


def _plain(text: str, spans: tuple[RawSpan, ...]) -> list[Span] | None:
    """The spans, if nothing about them needs a second look; for speed."""
    size = len(text)
    found = []
    for start, end, label, surface in spans:
        if not 0 <= start < end <= size or surface is not None:
            return None
        if text[start].isspace() or text[end - 1].isspace():
            return None
        if end < len(_NUMBERS):
            start, end = _NUMBERS[start], _NUMBERS[end]  # noqa: PLW2901 the same numbers
        found.append(Span(start, end, label))
    return found


def _placed(
    raw: RawDocument, text: str, audit: Audit, offsets: Offsets
) -> Iterator[Span]:
    given = raw.spans or ()
    for span, found in zip(given, _counted(text, given, audit, offsets), strict=True):
        if found is None:
            _refuse(audit, raw, f"{_named(span)} does not end on {offsets} characters")
        elif not 0 <= found.start < found.end <= len(text):
            _refuse(audit, raw, f"{_named(found)} is outside the text")
        elif not says(text, found):
            own = text[found.start : found.end]
            _refuse(audit, raw, f"{_named(found)} is {own!r} in the text")
        else:
            yield from _trimmed(raw, text, found, audit)


def _counted(
    text: str, spans: tuple[RawSpan, ...], audit: Audit, offsets: Offsets
) -> list[RawSpan | None]:
    """The spans in characters; None for one that is not on characters."""
    if offsets is not Offsets.SEEN:
        return recount(text, spans, offsets)
    found, how = reread(text, spans)
    if how is not None:
        audit.repaired[how] += len(found)
    return list(found)


def _refuse(audit: Audit, raw: RawDocument, problem: str) -> None:
    audit.refuse(raw.id, raw.line, problem, raw.path)


def _trimmed(
    raw: RawDocument, text: str, span: RawSpan, audit: Audit
) -> Iterator[Span]:
    own = text[span.start : span.end]
    visible = own.strip()
    if not visible:
        _refuse(audit, raw, f"{_named(span)} is only white space")
        return
    if visible != own:
        problem = f"{_named(span)} has white space at an edge: {own!r}"
        audit.trim(raw.id, raw.line, problem)
    start = span.start + len(own) - len(own.lstrip())
    yield Span(start, start + len(visible), span.label)


def _without_overlaps(
    raw: RawDocument, spans: list[Span], audit: Audit, overlaps: Overlaps
) -> list[Span]:
    """The spans in reading order; where two overlap, the longer, then the first."""
    distinct = dict.fromkeys(spans)
    if len(distinct) < len(spans):
        audit.merged["the same twice"] += len(spans) - len(distinct)
    if _in_order(ordered := sorted(distinct)):
        return ordered
    kept: list[Span] = []
    for span in sorted(distinct, key=lambda s: (s.start - s.end, s)):
        place = bisect_left(kept, span)
        near = kept[max(0, place - 1) : place + 1]
        rival = next(
            (k for k in near if k.start < span.end and span.start < k.end), None
        )
        if rival is None:
            kept.insert(place, span)
        elif overlaps is Overlaps.LONGEST:
            audit.merged["inside or across a longer one"] += 1
        else:
            problem = f"{_named(span)} overlaps {_named(rival)}"
            _refuse(audit, raw, f"{problem} (or: --overlaps longest)")
    return kept


def _in_order(spans: list[Span]) -> bool:
    return all(a.end <= b.start for a, b in pairwise(spans))


def _named(span: RawSpan | Span) -> str:
    surface = span.surface if isinstance(span, RawSpan) else None
    said = f" {surface!r}" if surface else ""
    return f"{span.label} {span.start}-{span.end}{said}"
