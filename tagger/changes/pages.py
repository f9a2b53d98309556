"""The records of two runs, page beside page, read in step without holding either."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from tagger.catalogue import Catalogue
from tagger.errors import UnsortedError
from tagger.records import Record

#: A page: the file's name, and its line where lines are pages of their own.
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class PagePair:
    """What both runs made of a page; a run that made nothing of it has no records."""

    key: Key
    before: tuple[Record, ...]
    after: tuple[Record, ...]


def page_pairs(before: Catalogue, after: Catalogue) -> Iterator[PagePair]:
    """Every page that either run has articles of, in order.

    Raises:
        UnsortedError: The records of a run are not in order, or lie across each other.
        UnreadableFileError: A file breaks off or holds something else.
    """
    ours, theirs = _pages(before), _pages(after)
    one, other = next(ours, None), next(theirs, None)
    while one is not None or other is not None:
        key = min(page[0] for page in (one, other) if page is not None)
        here: tuple[Record, ...] = ()
        there: tuple[Record, ...] = ()
        if one is not None and one[0] == key:
            here, one = one[1], next(ours, None)
        if other is not None and other[0] == key:
            there, other = other[1], next(theirs, None)
        yield PagePair(key, here, there)


def _pages(catalogue: Catalogue) -> Iterator[tuple[Key, tuple[Record, ...]]]:
    for key, group in groupby(_in_order(catalogue), _key):
        yield key, tuple(group)


def _in_order(catalogue: Catalogue) -> Iterator[Record]:
    last: Record | None = None
    for record in catalogue.records():
        if last is not None and not _follows(record, last):
            problem = f"{_name(record)} comes after {_name(last)}: not in order"
            raise UnsortedError(problem, path=catalogue.path)
        yield record
        last = record


def _follows(record: Record, last: Record) -> bool:
    if _key(record) == _key(last):
        return record.source.start >= last.source.end
    return _key(record) > _key(last)


def _key(record: Record) -> Key:
    return record.source.path, record.source.line


def _name(record: Record) -> str:
    where = record.source
    line = f":{where.line}" if where.line else ""
    return f"{where.path}{line} {where.start}–{where.end}"
