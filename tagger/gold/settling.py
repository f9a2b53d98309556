"""Raw annotations → documents whose spans fit their texts, and an audit of the rest."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import pairwise
from typing import Final

from tagger.errors import GoldError
from tagger.gold.auditing import Audit
from tagger.gold.offsets import reread, says
from tagger.gold.raw import RawDocument, RawSpan
from tagger.scoring.documents import Document, Span

#: One object a number: millions of spans would otherwise hold as many equal ones.
_NUMBERS: Final = tuple(range(1 << 16))


class Overlaps(StrEnum):
    """What to do with a span that overlaps a longer one."""

    REFUSE = "refuse"
    LONGEST = "longest"


def settle(
    raws: Iterable[RawDocument], audit: Audit, overlaps: Overlaps
) -> Iterator[Document]:
    """Check every span against its text; the audit learns what became of each.

    Raises:
        GoldError: Two documents have the same id, or one has no text.
    """
    seen: set[str] = set()
    for raw in raws:
        if raw.id in seen:
            raise GoldError(f"id {raw.id!r} twice", path=audit.path, line=raw.line)
        seen.add(raw.id)
        audit.documents += 1
        yield _settled(raw, audit, overlaps)


def _settled(raw: RawDocument, audit: Audit, overlaps: Overlaps) -> Document:
    if raw.text is None:
        raise GoldError(
            f"document {raw.id} has no text, and no gold has its id",
            path=audit.path,
            line=raw.line,
        )
    spans = None
    if raw.spans is not None:
        audit.read += len(raw.spans)
        placed = _plain(raw.text, raw.spans)
        if placed is None:
            placed = list(_placed(raw, raw.text, audit))
        spans = tuple(_without_overlaps(raw, placed, audit, overlaps))
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


def _placed(raw: RawDocument, text: str, audit: Audit) -> Iterator[Span]:
    spans, how = reread(text, raw.spans or ())
    if how is not None:
        audit.repaired[how] += len(spans)
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            audit.refuse(raw.id, raw.line, f"{_named(span)} is outside the text")
        elif not says(text, span):
            found = text[span.start : span.end]
            audit.refuse(raw.id, raw.line, f"{_named(span)} is {found!r} in the text")
        else:
            yield from _trimmed(raw, text, span, audit)


def _trimmed(
    raw: RawDocument, text: str, span: RawSpan, audit: Audit
) -> Iterator[Span]:
    own = text[span.start : span.end]
    visible = own.strip()
    if not visible:
        audit.refuse(raw.id, raw.line, f"{_named(span)} is only white space")
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
        rival = next(
            (k for k in kept if k.start < span.end and span.start < k.end), None
        )
        if rival is None:
            kept.append(span)
        elif overlaps is Overlaps.LONGEST:
            audit.merged["inside or across a longer one"] += 1
        else:
            problem = f"{_named(span)} overlaps {_named(rival)}"
            audit.refuse(raw.id, raw.line, f"{problem} (or: --overlaps longest)")
    return sorted(kept)


def _in_order(spans: list[Span]) -> bool:
    return all(a.end <= b.start for a, b in pairwise(spans))


def _named(span: RawSpan | Span) -> str:
    surface = span.surface if isinstance(span, RawSpan) else None
    said = f" {surface!r}" if surface else ""
    return f"{span.label} {span.start}-{span.end}{said}"
