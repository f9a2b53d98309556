"""Which files of a folder hold its records: one, or shards in their order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tagger.catalogue.lines import read_lines
from tagger.catalogue.parquet import read_parquet
from tagger.errors import NothingToReadError, UnreadableFileError
from tagger.records import Record

MERGED: Final = "articles.jsonl"
_PARQUET: Final = "articles.parquet"
#: ``articles-00001.jsonl`` and so on, from 1.
_SHARD: Final = re.compile(r"articles-(\d{5,})\.jsonl")
#: Other files that hold articles, and why no record can be made of them.
_TABLES: Final = (
    "a table leaves out the text; records are read from .jsonl and .parquet"
)


def shard_name(number: int) -> str:
    """The name of a folder's shard, counted from 1."""
    return f"articles-{number:05}.jsonl"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The records of a run, in one file or several."""

    #: As the user gave it.
    path: Path
    files: tuple[Path, ...]

    def records(self) -> Iterator[Record]:
        """Every record in the order written, in memory one after the other.

        Raises:
            UnreadableFileError: A file cannot be read, or holds something else.
            MissingExtraError: A Parquet file, and pyarrow is not installed.
        """
        for file in self.files:
            yield from (read_parquet if file.suffix == ".parquet" else read_lines)(file)


def find(path: Path) -> Catalogue:
    """The catalogue in a folder that ``tagger tag`` or ``export`` wrote, or in a file.

    Raises:
        UnreadableFileError: There is nothing of that name, it is of another kind, or
            the folder holds two catalogues or gaps.
        NothingToReadError: The folder holds no records.
    """
    if path.is_dir():
        return Catalogue(path, _in_folder(path))
    if not path.exists():
        raise UnreadableFileError("no such file or folder", path=path)
    if path.suffix not in {".jsonl", ".parquet"}:
        raise UnreadableFileError(_TABLES, path=path)
    return Catalogue(path, (path,))


def _in_folder(folder: Path) -> tuple[Path, ...]:
    shards = _shards(folder)
    merged = folder / MERGED
    if merged.exists() and shards:
        problem = f"holds {MERGED} and {shards[0].name}; one is of another run"
        raise UnreadableFileError(problem, path=folder)
    if merged.exists():
        return (merged,)
    if shards:
        return shards
    if (folder / _PARQUET).exists():
        return (folder / _PARQUET,)
    problem = f"no {MERGED}, no shards of it, no {_PARQUET}"
    if (folder / "ledger.sqlite").exists():
        problem += '; the run has not ended: give it to "tagger tag" again'
    elif any(folder.glob("articles*.csv")):
        problem += f"; {_TABLES}"
    raise NothingToReadError(problem, path=folder)


def _shards(folder: Path) -> tuple[Path, ...]:
    """All shards in order.

    Raises:
        UnreadableFileError: One is missing between others.
    """
    found = {
        int(match[1]): path
        for path in folder.iterdir()
        if (match := _SHARD.fullmatch(path.name))
    }
    for number in range(1, max(found, default=0) + 1):
        if number not in found:
            problem = f"{shard_name(number)} is missing among the shards"
            raise UnreadableFileError(problem, path=folder)
    return tuple(found[number] for number in sorted(found))
