"""Files written whole or not at all, folders walked in a stable order. No news in it."""

import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


@contextmanager
def whole_bytes(path: Path) -> Iterator[IO[bytes]]:
    """Open ``path`` for writing bytes; it appears only when the block ends well.

    Raises:
        OSError: The folder is missing or not writable, or the disk is full.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def whole_file(path: Path) -> Iterator[IO[str]]:
    """Open ``path`` for writing UTF-8; it appears only when the block ends well.

    Raises:
        OSError: The folder is missing or not writable, or the disk is full.
    """
    with whole_bytes(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
        yield text
        text.detach()


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder to fill; it is found at ``path`` only when the block ends well.

    Raises:
        OSError: There is a folder with something in it already, or it cannot be made.
    """
    temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    try:
        yield temporary
        temporary.chmod(0o755)
        temporary.replace(path)
    except BaseException:
        shutil.rmtree(temporary)
        raise


def write_jsonl(path: Path, objects: Iterable[dict[str, Any]]) -> None:
    """Write one JSON object a line, Chinese as Chinese."""
    with whole_file(path) as file:
        for item in objects:
            file.write(json.dumps(item, ensure_ascii=False) + "\n")
