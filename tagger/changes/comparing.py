"""Two runs compared: cuts, names, sections, reasons for review, parts as printed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from tagger.catalogue import Catalogue
from tagger.changes.pages import PagePair, page_pairs
from tagger.changes.pairing import overlaps_any, pair
from tagger.changes.tally import (
    NOTHING,
    Changes,
    CutKind,
    Example,
    NameKind,
    PageKind,
    Quote,
    Run,
)
from tagger.quoting import sentence
from tagger.records import Record

PARTS: Final = ("kicker", "title", "subheads", "byline", "column", "date")
#: How much of an article an example of cuts shows.
_OPENING: Final = 60


@dataclass(frozen=True, slots=True)
class _Name:
    """A name with its place in the page, so that cuts may differ around it."""

    start: int
    end: int
    label: str
    record: Record = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Cut:
    """An article's place in the page."""

    start: int
    end: int
    record: Record = field(compare=False)
    label: str = ""


def compare(before: Catalogue, after: Catalogue, examples: int = 20) -> Changes:
    """Count every change from one run to the other; keep so many examples of each kind.

    Names are compared in pages that both runs have; a page that only one has counts as
    such.

    Raises:
        UnsortedError: A run's records are not in order.
        UnreadableFileError: A file breaks off or holds something else.
    """
    changes = Changes(Run(before.path), Run(after.path), examples)
    for page in page_pairs(before, after):
        changes.before.add(page.before)
        changes.after.add(page.after)
        kind = _page_kind(page)
        changes.pages[kind] += 1
        if kind is PageKind.BOTH:
            _names(page, changes)
            _articles(page, changes)
        else:
            _page(page, kind, changes)
    return changes


def _page_kind(page: PagePair) -> PageKind:
    if not page.before:
        return PageKind.ONLY_AFTER
    if not page.after:
        return PageKind.ONLY_BEFORE
    same = page.before[0].source.sha256 == page.after[0].source.sha256
    return PageKind.BOTH if same else PageKind.OTHER_TEXT


def _page(page: PagePair, kind: PageKind, changes: Changes) -> None:
    record = (page.before or page.after)[0]

    def make() -> Example:
        sides = (
            _opening(side[0]) if side else None for side in (page.before, page.after)
        )
        return _example(record, 0, *sides)

    changes.show(("pages", kind), f"{page.key}", make)


def _names(page: PagePair, changes: Changes) -> None:
    paired = pair(_placed(page.before), _placed(page.after))
    for one, other in paired.pairs:
        kind = NameKind.SAME
        if (one.start, one.end) != (other.start, other.end):
            kind = NameKind.MOVED
        elif one.label != other.label:
            kind = NameKind.RELABELLED
        _name(one, other, kind, changes)
    for one in paired.before:
        _name(one, None, NameKind.REMOVED, changes)
    for other in paired.after:
        _name(None, other, NameKind.ADDED, changes)


def _placed(records: Iterable[Record]) -> list[_Name]:
    return [
        _Name(
            record.source.start + entity.start,
            record.source.start + entity.end,
            str(entity.label),
            record,
        )
        for record in records
        for entity in sorted(record.entities)
    ]


def _name(
    one: _Name | None, other: _Name | None, kind: NameKind, changes: Changes
) -> None:
    labels = (one.label if one else NOTHING, other.label if other else NOTHING)
    changes.names[kind, *labels] += 1
    if kind is NameKind.SAME:
        return
    seen = other or one
    assert seen is not None  # noqa: S101 for mypy
    record = seen.record
    changes.names_by_section[_primary(record), kind] += 1
    start = min(name.start for name in (one, other) if name)
    changes.show(
        ("names", kind, *labels),
        f"{record.source.path}:{record.source.line}:{start}",
        lambda: _example(record, start, _quote(one), _quote(other)),
    )


def _quote(name: _Name | None) -> Quote | None:
    if name is None:
        return None
    first = name.record.source.start
    start, end = name.start - first, name.end - first
    begin, stop = sentence(name.record.text, start, end)
    text = name.record.text[begin:stop]
    return Quote(text, start - begin, end - begin, name.label)


def _articles(page: PagePair, changes: Changes) -> None:
    before, after = _cuts(page.before), _cuts(page.after)
    paired = pair(before, after)
    for one, other in paired.pairs:
        same = (one.start, one.end) == (other.start, other.end)
        kind = CutKind.SAME if same else CutKind.MOVED
        _cut(one.record, other.record, kind, changes)
        _contents(one.record, other.record, changes)
    for one in paired.before:
        kind = CutKind.MERGED if overlaps_any(one, after) else CutKind.LOST
        _cut(one.record, None, kind, changes)
    for other in paired.after:
        kind = CutKind.SPLIT if overlaps_any(other, before) else CutKind.FOUND
        _cut(None, other.record, kind, changes)


def _cuts(records: Iterable[Record]) -> list[_Cut]:
    return [_Cut(r.source.start, r.source.end, r) for r in records]


def _cut(
    one: Record | None, other: Record | None, kind: CutKind, changes: Changes
) -> None:
    changes.cuts[kind] += 1
    if kind is not CutKind.SAME:
        sides = [_cut_quote(record) for record in (one, other)]
        _show(("cuts", kind), one, other, sides, changes)


def _contents(one: Record, other: Record, changes: Changes) -> None:
    """Compare what both runs say of an article."""
    sections = _primary(one), _primary(other)
    changes.primary[sections] += 1
    if sections[0] != sections[1]:
        quotes = [_sections(one), _sections(other)]
        _show(("sections", *sections), one, other, quotes, changes)
    for section, new in _differing(_shelves(one), _shelves(other)):
        changes.filed[section, new] += 1
    for reason, new in _differing(set(one.review), set(other.review)):
        changes.review[reason, new] += 1
        group = ("review", "new" if new else "gone", reason)
        quotes = [Quote(", ".join(record.review)) for record in (one, other)]
        _show(group, one, other, quotes, changes)
    for part in PARTS:
        texts = [_part(record, part) for record in (one, other)]
        if texts[0] != texts[1]:
            changes.parts[part] += 1
            quotes = [Quote(text) for text in texts]
            _show(("parts", part), one, other, quotes, changes)


def _show(
    group: tuple[str, ...],
    one: Record | None,
    other: Record | None,
    sides: Iterable[Quote | None],
    changes: Changes,
) -> None:
    records = [record for record in (one, other) if record]
    start = min(record.source.start for record in records)
    where = records[0].source
    changes.show(
        group,
        f"{where.path}:{where.line}:{start}",
        lambda: _example(records[-1], start, *sides),
    )


def _example(
    record: Record, start: int, before: Quote | None, after: Quote | None
) -> Example:
    title = record.article.title or " ".join(record.text[:_OPENING].split())
    where = record.source
    return Example(where.path, where.line, start, title, before, after)


def _opening(record: Record) -> Quote:
    return Quote(" ".join(record.text[:_OPENING].split()))


def _cut_quote(record: Record | None) -> Quote | None:
    """How an article begins and ends, and where."""
    if record is None:
        return None
    ending = " ".join(record.text[-_OPENING // 2 :].split())
    where = f"{record.source.start}–{record.source.end}"
    return Quote(f"{where} {_opening(record).text} … {ending}")


def _sections(record: Record) -> Quote:
    guesses = sorted(record.sections, key=lambda guess: not guess.primary)
    return Quote(", ".join(f"{guess.section} {guess.score:.2f}" for guess in guesses))


def _shelves(record: Record) -> set[str]:
    return {str(guess.section) for guess in record.sections}


def _primary(record: Record) -> str:
    found = (str(guess.section) for guess in record.sections if guess.primary)
    return next(found, NOTHING)


def _differing(before: set[str], after: set[str]) -> Iterator[tuple[str, bool]]:
    """What is in one only, and whether that is the later one."""
    for item in sorted(before ^ after):
        yield item, item in after


def _part(record: Record, name: str) -> str:
    value = getattr(record.article, name)
    return " / ".join(value) if isinstance(value, tuple) else value or ""
