"""Units of work: an input file, or a block of a large JSONL file."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from tagger.errors import TaggerError
from tagger.readers import Found, Walk, open_regular

#: A JSONL file is cut at the first line end after so many bytes, some eighty articles.
BLOCK: Final = 256 * 1024
_PIECE: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Unit:
    """What is tagged as a whole, has one outcome, and is known by name and block."""

    name: str
    path: str
    #: Bytes of it.
    size: int
    #: Number of the block of a JSONL file, from 0; 0 for whole files.
    block: int = 0
    #: Where the block begins: byte, and how many lines come before.
    start: int = 0
    before: int = 0
    #: What the bytes were when the block was cut; None where that is not known yet.
    content: str | None = None
    #: Tag it even if a part is there.
    fresh: bool = False
    #: What is wrong with it, known before it is read (a folder that cannot be listed).
    problem: str | None = None

    @property
    def lined(self) -> bool:
        """Whether it is read line by line."""
        return self.path.lower().endswith(".jsonl") and self.problem is None

    @property
    def id(self) -> str:
        """A short name for files about it."""
        key = f"{self.name}\0{self.block}"
        return hashlib.sha256(key.encode("utf-8")).hexdigest()[:32]


def units(walk: Walk) -> Iterator[Unit]:
    """Every unit under the paths walked, in the order in which they are merged."""
    broken = [
        Unit(str(error.path), str(error.path), 0, problem=error.problem)
        for error in walk.errors
    ]
    yield from broken
    for file in walk.files:
        yield from units_of(file)


def units_of(file: Found) -> Iterator[Unit]:
    """The units of one file, blocks cut where they are always cut."""
    path = str(file.path)
    if file.path.suffix.lower() != ".jsonl":
        yield Unit(file.name, path, size_of(file.path))
        return
    number = 0
    try:
        with open_regular(file.path) as opened:
            for block in _blocks(file.name, path, opened):
                yield block
                number = block.block + 1
    except TaggerError as error:
        yield Unit(file.name, path, 0, number, problem=error.problem)
    except OSError as error:
        problem = error.strerror or str(error)
        yield Unit(file.name, path, 0, number, problem=problem)


def size_of(path: Path) -> int:
    """Bytes of a file; 0 where it cannot be said."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _blocks(name: str, path: str, file: IO[bytes]) -> Iterator[Unit]:
    number = start = before = 0
    while True:
        digest, size, lines = _block(file)
        if size or not number:
            content = content_of(digest, before)
            yield Unit(name, path, size, number, start, before, content)
        if size < BLOCK:
            return
        number, start, before = number + 1, start + size, before + lines


def _block(file: IO[bytes]) -> tuple[str, int, int]:
    """Digest, bytes and line ends of the next block; never much of it in memory."""
    digest, size, lines = hashlib.sha256(), 0, 0
    while size < BLOCK and (piece := file.read(min(_PIECE, BLOCK - size))):
        digest.update(piece)
        size, lines = size + len(piece), lines + piece.count(b"\n")
    ended = size < BLOCK or piece.endswith(b"\n")
    while not ended and (piece := file.readline(_PIECE)):
        digest.update(piece)
        ended = piece.endswith(b"\n")
        size, lines = size + len(piece), lines + ended
    return digest.hexdigest(), size, lines


def content_of(digest: str, before: int = 0) -> str:
    """What stands for the bytes of a unit: their digest, and where the lines stand."""
    return f"{digest}:{before}" if before else digest
