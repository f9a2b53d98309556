"""The parts of all units, in order, become the files that people open."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final, cast

from tagger.batch.job import Job
from tagger.batch.ledger import Ledger, Row
from tagger.batch.outputs import TABLE, Output, Pages, Shards, Text, remove_stale
from tagger.batch.parts import Counts, Parts, opened, written_badly
from tagger.records import Record
from tagger.writing.table import write_table

#: Above so many bytes records go to several files.
SHARD_BYTES: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which files the user wants."""

    #: ``articles.csv`` in place of ``articles.jsonl``.
    table: bool = False
    html: bool = False
    shard_bytes: int = SHARD_BYTES


@dataclass(slots=True)
class Merged:
    """What all units together came to."""

    units: int = 0
    files: int = 0
    bytes: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counts)
    #: Digest of the names and the contents of all input.
    inputs: str = ""
    #: Size and digest of every file written.
    outputs: dict[str, dict[str, Any]] = field(default_factory=dict)


class DamagedPart(Exception):  # noqa: N818 news for the run, which tags the unit again
    """A part that is missing or not as it was written."""

    def __init__(self, row: Row) -> None:
        super().__init__(row.part)
        self.row = row


def merge(job: Job, ledger: Ledger, run: int, wanted: Wanted) -> Merged:
    """Write the merged files; each is replaced whole.

    Raises:
        DamagedPart: A part cannot be read back; nothing was replaced.
        OutputError: The folder cannot be written to; the disk is full.
    """
    merged, out = Merged(), job.folder
    try:
        with ExitStack() as stack:
            desk = _Desk(job, merged, wanted, stack)
            desk.take(ledger.rows(run, job.digest))
            merged.outputs = desk.put_in_place()
        remove_stale(out, merged.outputs)
        desk.pages.finish(lambda name: ledger.knows(name, run))
    except OSError as error:
        path = Path(str(error.filename)) if error.filename else out
        raise written_badly(error, path) from error
    return merged


class _Desk:
    """Sorts the lines of all parts into their files."""

    def __init__(
        self, job: Job, merged: Merged, wanted: Wanted, stack: ExitStack
    ) -> None:
        self.merged, out = merged, job.folder
        self.names = job.models.section_names()
        self.parts = Parts.of(out)
        room = self.parts.in_hand
        self.articles: Shards | Output
        if wanted.table:
            self.articles = stack.enter_context(Output(out / TABLE, room))
        else:
            self.articles = stack.enter_context(Shards(out, room, wanted.shard_bytes))
        self.refused = stack.enter_context(Output(out / "refused.jsonl", room))
        self.leftovers = stack.enter_context(Output(out / "leftovers.jsonl", room))
        self.pages = Pages(out, self.names, html=wanted.html)

    def take(self, rows: Iterator[Row]) -> None:
        """Go through all units."""
        lines = self._records(rows)
        if isinstance(self.articles, Output):
            records = (Record.from_dict(json.loads(line), self.names) for line in lines)
            write_table(records, cast("IO[str]", Text(self.articles)))
            return
        for line in lines:
            self.articles.write(line)

    def put_in_place(self) -> dict[str, dict[str, Any]]:
        """Replace the files of the last run."""
        articles = (
            [self.articles]
            if isinstance(self.articles, Output)
            else self.articles.outputs()
        )
        files = (*articles, self.refused, self.leftovers)
        for file in files:
            file.put_in_place()
        return {file.path.name: file.facts() for file in files}

    def _records(self, rows: Iterator[Row]) -> Iterator[bytes]:
        """Yield the records; everything else is filed on the way."""
        inputs, last = hashlib.sha256(), None
        for row in rows:
            self._count(row, new=row.name != last)
            last = row.name
            inputs.update(f"{row.name}\0{row.block}\0{row.content}\n".encode())
            yield from self._part(row)
        self.merged.inputs = inputs.hexdigest()

    def _count(self, row: Row, *, new: bool) -> None:
        merged = self.merged
        merged.units += 1
        merged.files += new
        merged.bytes += row.size
        merged.outcomes[row.outcome] = merged.outcomes.get(row.outcome, 0) + 1
        merged.counts.add_all(row.counts)

    def _part(self, row: Row) -> Iterator[bytes]:
        data = self.parts.get(row.part)
        found = None if data is None else opened(data)
        if found is None:
            raise DamagedPart(row)
        for line in BytesIO(found[0]):
            kind, rest = line[:1], line[1:]
            match kind:
                case b"A":
                    self.pages.record(rest)
                    yield rest
                case b"R":
                    self.refused.write(rest)
                case b"L":
                    self.leftovers.write(rest)
                case b"P":
                    self.pages.begin(rest)
                case _:
                    self.pages.source(json.loads(rest))
        self.pages.end()
