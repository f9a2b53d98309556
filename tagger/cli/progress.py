"""Progress on stderr: a bar with the time left on a terminal, else a line now and then."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

_EVERY_SECONDS = 30.0


class Progress(Protocol):
    """Counts files done."""

    def __call__(self) -> None:
        """Another one is being read."""


@contextmanager
def progress(total: int) -> Iterator[Progress]:
    """Show how many of ``total`` files are done while the block runs."""
    if sys.stderr.isatty():
        with _bar(total) as advance:
            yield advance
    else:
        yield _Lines(total)


@contextmanager
def _bar(total: int) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("tagging"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files, left"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        # A file counts as done when the next one is begun.
        yield lambda: bar.advance(task)
        bar.update(task, completed=total)


class _Lines:
    def __init__(self, total: int) -> None:
        self._total = total
        self._done = -1
        self._begin = self._said = time.monotonic()

    def __call__(self) -> None:
        self._done += 1
        now = time.monotonic()
        if now - self._said >= _EVERY_SECONDS and self._done:
            self._said = now
            left = (now - self._begin) / self._done * (self._total - self._done)
            sys.stderr.write(f"{self._done}/{self._total} files, {left:.0f} s left\n")
