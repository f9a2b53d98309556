"""A catalogue in another format: read record by record, written whole or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from tagger.catalogue import Catalogue
from tagger.catalogue.parquet import write_parquet
from tagger.errors import SettingsError
from tagger.files import whole_bytes, whole_file, whole_folder
from tagger.records import Record
from tagger.writing.long_table import write_long_table
from tagger.writing.shards import write_lines, write_shards
from tagger.writing.table import write_table


class Format(StrEnum):
    """What a catalogue is written as."""

    JSONL = "jsonl"
    CSV = "csv"
    CSV_LONG = "csv-long"
    PARQUET = "parquet"


#: What a file is called when only its folder is given.
_NAMES: Final = {
    Format.JSONL: "articles.jsonl",
    Format.CSV: "articles.csv",
    Format.CSV_LONG: "articles-long.csv",
    Format.PARQUET: "articles.parquet",
}
#: Excel shows no rows beyond.
_MOST_ROWS: Final = 1_048_575


@dataclass(slots=True)
class Exported:
    """What was written."""

    files: list[Path] = field(default_factory=list)
    articles: int = 0
    #: Articles that the long table has nothing to say of.
    without_tags: int = 0
    #: Rows of a table, without the header; 0 of other formats.
    rows: int = 0

    @property
    def too_long_for_excel(self) -> bool:
        """Whether a table has more rows than Excel shows."""
        return self.rows > _MOST_ROWS


def export(
    catalogue: Catalogue, out: Path, format_: Format, shard_bytes: int | None = None
) -> Exported:
    """Write every record to ``out``: a file, or a folder that is there already.

    With ``shard_bytes`` ``out`` is a folder, made anew, of JSON lines in several files.

    Raises:
        SettingsError: It cannot be written there.
        UnreadableFileError: The catalogue breaks off or holds something else.
        MissingExtraError: Parquet, and pyarrow is not installed.
    """
    done = Exported()
    records = _counted(catalogue.records(), done, format_)
    try:
        if shard_bytes is not None:
            done.files = _shards(records, out, shard_bytes)
            return done
        file = out / _NAMES[format_] if out.is_dir() else out
        file.parent.mkdir(parents=True, exist_ok=True)
        _WRITERS[format_](records, file)
    except OSError as error:
        problem = f"the export cannot be written: {error.strerror}"
        raise SettingsError(problem, path=error.filename or out) from error
    done.files = [file]
    return done


def _shards(records: Iterator[Record], out: Path, most: int) -> list[Path]:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        problem = "shards are written to a new folder, and this is there already"
        raise SettingsError(problem, path=out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with whole_folder(out) as folder:
        names = [path.name for path in write_shards(records, folder, most)]
    return [out / name for name in names]


def _counted(
    records: Iterator[Record], done: Exported, format_: Format
) -> Iterator[Record]:
    for record in records:
        tags = len(record.entities) + len(record.sections)
        done.articles += 1
        done.without_tags += not tags
        if format_ is Format.CSV:
            done.rows += 1
        elif format_ is Format.CSV_LONG:
            done.rows += tags
        yield record


def _lines(records: Iterator[Record], path: Path) -> None:
    with whole_file(path) as file:
        write_lines(records, file)


def _table(records: Iterator[Record], path: Path) -> None:
    with whole_file(path) as file:
        write_table(records, file)


def _long_table(records: Iterator[Record], path: Path) -> None:
    with whole_file(path) as file:
        write_long_table(records, file)


def _parquet(records: Iterator[Record], path: Path) -> None:
    with whole_bytes(path) as file:
        write_parquet(records, file)


_WRITERS: Final[dict[Format, Callable[[Iterator[Record], Path], None]]] = {
    Format.JSONL: _lines,
    Format.CSV: _table,
    Format.CSV_LONG: _long_table,
    Format.PARQUET: _parquet,
}
