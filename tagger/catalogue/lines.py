"""Records from JSON lines."""

import json
from collections.abc import Iterator
from pathlib import Path

from tagger.catalogue.checking import checked_record
from tagger.errors import UnreadableFileError
from tagger.records import Record


def read_lines(path: Path) -> Iterator[Record]:
    """Yield a record a line, holding one at a time.

    Raises:
        UnreadableFileError: The file cannot be opened, or a line is no record.
    """
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                yield _record(line, path, number)
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        raise UnreadableFileError(problem, path=path) from error


def _record(line: bytes, path: Path, number: int) -> Record:
    try:
        return checked_record(json.loads(line.decode("utf-8")))
    except (ValueError, RecursionError) as error:
        problem = f"not a record: {error}"
        raise UnreadableFileError(problem, path=path, line=number) from error
