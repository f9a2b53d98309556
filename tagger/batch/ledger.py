"""The ledger of an output folder: what became of each unit. The only SQLite."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from tagger.batch.units import Unit
from tagger.errors import LedgerError, OutputError
from tagger.readers import LEDGER

#: Raised when the tables change; a ledger of another version is refused.
VERSION: Final = 1
#: "tagg": what says that a SQLite file is one of ours.
_APPLICATION: Final = 0x74616767
_SCHEMA: Final = """
CREATE TABLE unit (
  name TEXT NOT NULL,       -- of the input file, relative to the folder given
  block INTEGER NOT NULL,   -- of a JSONL file, from 0; 0 for whole files
  size INTEGER NOT NULL,    -- in bytes
  content TEXT,             -- digest of the bytes; NULL where they could not be read
  config TEXT NOT NULL,     -- digest of models and settings
  outcome TEXT NOT NULL CHECK (outcome IN ('tagged', 'refused', 'crashed')),
  part TEXT NOT NULL,       -- file with what was said of it, relative to OUT/parts
  bytes INTEGER NOT NULL,   -- of the part
  failed INTEGER NOT NULL,  -- how many of its pages were refused
  counts TEXT NOT NULL,     -- JSON object, see `Counts`
  seconds REAL NOT NULL,    -- that it took
  stages TEXT NOT NULL,     -- JSON object: seconds a stage
  run INTEGER NOT NULL,     -- the run that tagged it
  seen INTEGER NOT NULL,    -- the last run that found it in the input
  PRIMARY KEY (name, block)
) WITHOUT ROWID;
CREATE INDEX unit_part ON unit (part);
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  begun REAL NOT NULL,      -- seconds since 1970
  ended REAL,               -- NULL while it runs, or when it was killed
  state TEXT NOT NULL,      -- running, complete, partial, stopped, interrupted
  config TEXT NOT NULL,
  files INTEGER NOT NULL,   -- found
  total INTEGER NOT NULL    -- bytes found
);
"""
_COLUMNS: Final = (
    "name, block, size, content, config, outcome, part, bytes, failed, counts, "
    "seconds, stages, run, seen"
)


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a unit that was done."""

    name: str
    block: int
    size: int
    content: str | None
    config: str
    outcome: str
    part: str
    bytes: int
    failed: int
    counts: dict[str, Any]
    seconds: float
    stages: dict[str, float]


@dataclass(frozen=True, slots=True)
class Run:
    """A run as the ledger remembers it."""

    id: int
    begun: float
    ended: float | None
    state: str
    config: str
    files: int
    total: int


class Ledger:
    """What became of each unit. Changes are kept at the next `commit`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self.path = path
        self._seen: list[tuple[int, str, int]] = []

    @classmethod
    @contextmanager
    def open(cls, folder: Path, *, read_only: bool = False) -> Iterator[Self]:
        """Open the ledger of an output folder; unless ``read_only``, make it.

        Raises:
            LedgerError: It is of another version, or damaged.
            OutputError: It cannot be read or written; the disk is full.
        """
        path = folder / LEDGER
        mode = _to_look_at(path) if read_only else "rwc"
        try:
            uri = f"{path.absolute().as_uri()}?mode={mode}"
            with closing(sqlite3.connect(uri, uri=True, timeout=30)) as connection:
                if not read_only:
                    _prepare(connection, path)
                _check(connection, path)
                yield cls(connection, path)
        except sqlite3.OperationalError as error:
            raise OutputError(
                f"the ledger cannot be used: {error}", path=path
            ) from error
        except sqlite3.Error as error:
            raise LedgerError(f"damaged: {error}", path=path) from error

    def begin(self, config: str, files: int, total: int) -> int:
        """Note that a run begins; its number comes back."""
        cursor = self._db.execute(
            "INSERT INTO run (begun, state, config, files, total) "
            "VALUES (?, 'running', ?, ?, ?)",
            (time.time(), config, files, total),
        )
        self._db.commit()
        assert cursor.lastrowid is not None  # noqa: S101 for mypy
        return cursor.lastrowid

    def end(self, run: int, state: str) -> None:
        """Note how a run ended, and keep everything."""
        self._db.execute(
            "UPDATE run SET ended = ?, state = ? WHERE id = ?",
            (time.time(), state, run),
        )
        self.commit()

    def last_run(self) -> Run | None:
        """The latest run."""
        row = self._db.execute("SELECT * FROM run ORDER BY id DESC LIMIT 1").fetchone()
        return None if row is None else Run(*row)

    def find(self, unit: Unit) -> Row | None:
        """What is known of a unit."""
        found = self._db.execute(
            f"SELECT {_COLUMNS} FROM unit WHERE name = ? AND block = ?",  # noqa: S608
            (unit.name, unit.block),
        ).fetchone()
        return None if found is None else _row(found)

    def see(self, unit: Unit, run: int) -> None:
        """Note that the input still holds a unit that is done."""
        self._seen.append((run, unit.name, unit.block))

    def put(self, row: Row, run: int) -> None:
        """Note what became of a unit in this run."""
        self._db.execute(
            f"INSERT OR REPLACE INTO unit ({_COLUMNS}) "  # noqa: S608
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(row.name, row.block, row.size, row.content, row.config),
                *(row.outcome, row.part, row.bytes, row.failed),
                *(json.dumps(row.counts), row.seconds, json.dumps(row.stages)),
                *(run, run),
            ),
        )

    def commit(self) -> None:
        """Keep what was noted."""
        self._db.executemany(
            "UPDATE unit SET seen = ? WHERE name = ? AND block = ?", self._seen
        )
        self._seen.clear()
        self._db.commit()

    def forget_unseen(self, run: int) -> int:
        """Forget the units that this run did not find; how many files that were."""
        (files,) = self._db.execute(
            "SELECT count(DISTINCT name) FROM unit AS gone WHERE seen <> ? AND NOT "
            "EXISTS (SELECT 1 FROM unit WHERE name = gone.name AND seen = ?)",
            (run, run),
        ).fetchone()
        self._db.execute("DELETE FROM unit WHERE seen <> ?", (run,))
        self.commit()
        return int(files)

    def forget(self, row: Row) -> None:
        """Forget a unit, so that it is tagged again."""
        key = (row.name, row.block)
        self._db.execute("DELETE FROM unit WHERE name = ? AND block = ?", key)
        self.commit()

    def rows(self, run: int, config: str) -> Iterator[Row]:
        """The units that this run found and that are done as it wants them, in order."""
        cursor = self._db.execute(
            f"SELECT {_COLUMNS} FROM unit WHERE seen = ? AND config = ? "  # noqa: S608
            "ORDER BY name, block",
            (run, config),
        )
        yield from map(_row, cursor)

    def rows_of(self, config: str) -> Iterator[Row]:
        """All units done with these models and settings, in any order."""
        query = f"SELECT {_COLUMNS} FROM unit WHERE config = ?"  # noqa: S608
        yield from map(_row, self._db.execute(query, (config,)))

    def parts_between(self, first: str, after: str) -> set[str]:
        """The parts in use whose names lie in a range."""
        query = "SELECT part FROM unit WHERE part >= ? AND part < ?"
        return {part for (part,) in self._db.execute(query, (first, after))}

    def knows(self, name: str, run: int) -> bool:
        """Whether this run found an input file of this name that is done."""
        query = "SELECT 1 FROM unit WHERE name = ? AND seen = ?"
        return self._db.execute(query, (name, run)).fetchone() is not None

    def speed(self) -> float | None:
        """Characters a second and process so far; None before there are any."""
        (characters, seconds) = self._db.execute(
            "SELECT sum(json_extract(counts, '$.characters')), sum(seconds) FROM unit "
            "WHERE outcome = 'tagged'"
        ).fetchone()
        return characters / seconds if seconds else None


def _to_look_at(path: Path) -> str:
    """How to open a ledger so that nothing is written beside it, if that can be."""
    at_work = path.with_name(f"{path.name}-wal").exists()
    return "ro" if at_work else "ro&immutable=1"


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    # A power cut may cost the last rows, never the ledger; their parts are found again.
    connection.execute("PRAGMA synchronous = NORMAL")
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if not tables:
        marks = (
            f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {VERSION};"
        )
        connection.executescript(f"BEGIN; {_SCHEMA} {marks} COMMIT;")
    _check(connection, path)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != _APPLICATION:
        raise LedgerError("not a ledger of tagger", path=path)
    if version != VERSION:
        raise LedgerError(f"version {version}, this tagger writes {VERSION}", path=path)


def _row(found: tuple[Any, ...]) -> Row:
    *plain, counts, seconds, stages = found[:12]
    values = (*plain, json.loads(counts), seconds, json.loads(stages))
    return Row(*values)
