"""Standard input as a file, for as long as a run takes."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tagger.batch.parts import written_badly


@contextmanager
def kept(stream: IO[bytes], folder: Path, most: int) -> Iterator[Path]:
    """A file in ``folder`` that holds what the stream holds.

    Of more than ``most`` bytes only so many are kept as show that there are more.

    Raises:
        OutputError: It cannot be written.
    """
    path = _copied(stream.read(most + 1), folder)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _copied(data: bytes, folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".stdin-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError as error:
        raise written_badly(error, folder) from error
    return Path(name)
