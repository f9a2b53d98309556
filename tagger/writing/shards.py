"""Records as JSON lines, in one file or in several of a size."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from tagger.catalogue.finding import shard_name
from tagger.files import whole_bytes
from tagger.records import Record


def write_lines(records: Iterable[Record], file: IO[str]) -> None:
    """Write a line a record."""
    file.writelines(f"{record.to_json()}\n" for record in records)


def write_shards(records: Iterable[Record], folder: Path, most: int) -> list[Path]:
    """Write ``articles-00001.jsonl`` and so on, none over ``most`` bytes.

    A record that is larger alone has a shard of its own. Without a record there is one
    empty shard, so that the folder is a catalogue all the same.
    """
    paths: list[Path] = []
    lines = (f"{record.to_json()}\n".encode() for record in records)
    line = next(lines, None)
    while line is not None or not paths:
        paths.append(folder / shard_name(len(paths) + 1))
        with whole_bytes(paths[-1]) as file:
            line = _fill(file, line, lines, most)
    return paths


def _fill(
    file: IO[bytes], line: bytes | None, lines: Iterator[bytes], most: int
) -> bytes | None:
    """Write lines up to the size; the first that belongs to the next shard, if any."""
    size = 0
    while line is not None and (not size or size + len(line) <= most):
        size += file.write(line)
        line = next(lines, None)
    return line
