"""Files written whole or not at all, folders walked in a stable order. No news in it."""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


@contextmanager
def whole_file(path: Path) -> Iterator[IO[str]]:
    """Open ``path`` for writing text; it appears only when the block ends well.

    Raises:
        OSError: The folder is missing or not writable, or the disk is full.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_jsonl(path: Path, objects: Iterable[dict[str, Any]]) -> None:
    """Write one JSON object a line, Chinese as Chinese."""
    with whole_file(path) as file:
        for item in objects:
            file.write(json.dumps(item, ensure_ascii=False) + "\n")
