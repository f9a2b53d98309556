"""A unit's bytes, read once: what stands for them, and the pages they hold."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tagger.batch.units import BLOCK, Unit, content_of
from tagger.errors import (
    ChangedFileError,
    EmptyPageError,
    OutOfMemoryError,
    TaggerError,
    UnreadableFileError,
)
from tagger.readers import (
    ReadOptions,
    jsonl_pages,
    open_regular,
    read_bytes,
    whole_bytes,
)
from tagger.records import Page


@dataclass(slots=True)
class Read:
    """What a unit holds: pages, and errors where there should be pages."""

    #: See `content_of`; None when the bytes could not be read.
    content: str | None = None
    pages: list[Page | TaggerError] = field(default_factory=list)


def read_unit(unit: Unit, options: ReadOptions) -> Read:
    """Read a unit; what cannot be read is an error among its pages."""
    read = Read()
    try:
        with _errors_named(unit):
            if unit.problem is not None:
                raise UnreadableFileError(unit.problem)
            if unit.lined:
                _read_block(unit, options, read)
            else:
                data = whole_bytes(Path(unit.path), options.max_bytes)
                read.content = content_of(hashlib.sha256(data).hexdigest())
                suffix = Path(unit.path).suffix.lower()
                read.pages.append(read_bytes(data, unit.name, suffix, options))
    except TaggerError as error:
        read.pages.append(error)
    return read


@contextmanager
def _errors_named(unit: Unit) -> Iterator[None]:
    try:
        yield
    except TaggerError as error:
        error.path = unit.name
        raise
    except OSError as error:
        problem = error.strerror or str(error)
        raise UnreadableFileError(problem, path=unit.name) from error
    except MemoryError as error:
        raise OutOfMemoryError("takes too much memory", path=unit.name) from error


def _read_block(unit: Unit, options: ReadOptions, read: Read) -> None:
    with open_regular(Path(unit.path)) as file:
        file.seek(unit.start)
        window = _Window(file, unit.size)
        read.pages.extend(
            jsonl_pages(window, unit.name, options.max_bytes, unit.before)
        )
    content = content_of(window.digest.hexdigest(), unit.before)
    if content != unit.content:
        read.pages.clear()
        raise ChangedFileError("changed since it was found; run again")
    read.content = content
    if not read.pages and unit.block == 0 and unit.size < BLOCK:
        raise EmptyPageError("no line in it" if unit.size else "the file is empty")


@dataclass(slots=True)
class _Window:
    """The next ``left`` bytes of a file, line by line, and their digest."""

    file: IO[bytes]
    left: int
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def readline(self, limit: int, /) -> bytes:
        line = self.file.readline(min(limit, self.left))
        self.left -= len(line)
        self.digest.update(line)
        return line
