"""Progress on stderr: a bar on a terminal, else a line now and then, or JSON lines."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from tagger.batch.units import Unit
    from tagger.batch.worker import Done

EVERY_SECONDS = 30.0


@dataclass(slots=True)
class Tracker:
    """Counts what is done; says nothing."""

    files: int = 0
    total: int = 0
    #: Bytes gone through, and of them those that were tagged in this run.
    passed_bytes: int = 0
    tagged_bytes: int = 0
    units: int = 0
    characters: int = 0
    refused: int = 0
    began: float = field(default_factory=time.monotonic)

    def begun(self, files: int, size: int) -> None:
        """So much input was found."""
        self.files, self.total = files, size
        self.began = time.monotonic()

    def passed(self, unit: "Unit") -> None:
        """A unit is left as it is."""
        self.passed_bytes += unit.size
        self.show()

    def done(self, done: "Done") -> None:
        """A unit was tagged or refused."""
        self.units += 1
        self.tagged_bytes += done.unit.size
        self.passed_bytes += done.unit.size
        self.characters += done.counts.get("characters", 0)
        self.refused += done.failed
        for refusal in done.refusals:
            self.refuse(refusal)
        if done.failed > len(done.refusals) > 0:
            more = done.failed - len(done.refusals)
            self.refuse(f"{done.unit.name}: and {more:,} more")
        self.show()

    def merging(self) -> None:
        """Everything is said; the files are put together."""

    def refuse(self, problem: str) -> None:
        """Something was refused."""
        sys.stderr.write(f"refused: {printable(problem)}\n")

    def show(self) -> None:
        """How far the run is."""

    @property
    def seconds(self) -> float:
        """Since it began."""
        return max(time.monotonic() - self.began, 1e-9)

    @property
    def rate(self) -> float:
        """Characters a second."""
        return self.characters / self.seconds

    @property
    def left(self) -> float | None:
        """Seconds left, if all goes on as it went; None before anything is known."""
        if not self.tagged_bytes:
            return None
        return (self.total - self.passed_bytes) * self.seconds / self.tagged_bytes


@dataclass(slots=True)
class Lines(Tracker):
    """A plain line every so often."""

    said: float = field(default_factory=time.monotonic)

    def show(self) -> None:
        """A line, if it is time for one."""
        if self.due():
            left = "" if self.left is None else f", {self.left:,.0f} s left"
            sys.stderr.write(
                f"{self.units:,} done, {share(self):.0%} of the input, "
                f"{self.refused:,} refused, {self.rate:,.0f} characters a second{left}\n"
            )

    def due(self) -> bool:
        """Whether it is time to say something."""
        now = time.monotonic()
        if now - self.said < EVERY_SECONDS:
            return False
        self.said = now
        return True


@dataclass(slots=True)
class JsonLines(Lines):
    """An event a line, for programs."""

    def begun(self, files: int, size: int) -> None:
        """So much input was found."""
        Tracker.begun(self, files, size)
        event("begun", files=files, bytes=size)

    def merging(self) -> None:
        """Everything is said; the files are put together."""
        event("merging", **self._facts())

    def refuse(self, problem: str) -> None:
        """Something was refused."""
        event("refused", problem=problem)

    def show(self) -> None:
        """An event, if it is time for one."""
        if self.due():
            event("progress", **self._facts())

    def _facts(self) -> dict[str, Any]:
        left = None if self.left is None else round(self.left, 1)
        return {
            "units": self.units,
            "share": round(share(self), 4),
            "refused": self.refused,
            "characters": self.characters,
            "seconds": round(self.seconds, 3),
            "seconds_left": left,
        }


@dataclass(slots=True)
class OnBar(Tracker):
    """A bar with the rate, the time left and the count of refusals."""

    bar: "Bar | None" = None
    task: "TaskID | None" = None

    def begun(self, files: int, size: int) -> None:
        """So much input was found."""
        Tracker.begun(self, files, size)
        if self.bar is not None:
            self.task = self.bar.add_task("tagging", total=size, facts="")

    def merging(self) -> None:
        """Everything is said; the files are put together."""
        if self.bar is not None and self.task is not None:
            self.bar.update(self.task, description="merging", completed=self.total)

    def refuse(self, problem: str) -> None:
        """Something was refused."""
        if self.bar is not None:
            self.bar.console.print(
                f"refused: {printable(problem)}", markup=False, highlight=False
            )

    def show(self) -> None:
        """Move the bar."""
        if self.bar is not None and self.task is not None:
            facts = f"{self.units:,} done, {self.refused:,} refused, {self.rate:,.0f}/s"
            self.bar.update(self.task, completed=self.passed_bytes, facts=facts)


@contextmanager
def tracker(*, as_json: bool = False) -> Iterator[Tracker]:
    """What shows how far a run is while the block runs."""
    if as_json:
        yield JsonLines()
    elif sys.stderr.isatty():
        with _bar() as bar:
            yield OnBar(bar=bar)
    else:
        yield Lines()


def _bar() -> "Bar":
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[facts]}, left"),
        TimeRemainingColumn(),
    )
    return Bar(*columns, console=Console(stderr=True))


def share(tracker: Tracker) -> float:
    """How much of the input is gone through, 0 to 1."""
    return tracker.passed_bytes / tracker.total if tracker.total else 1.0


def event(kind: str, **facts: Any) -> None:
    """Write an event as a JSON line on stderr."""
    said = {"event": kind, "time": round(time.time(), 3), **facts}
    sys.stderr.write(json.dumps(said, ensure_ascii=False) + "\n")


def printable(text: str) -> str:
    """The text on one line, whatever a file's name holds."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
