"""What a worker process does: units in, parts on the disk, plain numbers back."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tagger.batch import models
from tagger.batch.job import Job
from tagger.batch.limits import (
    OutOfTime,
    alarm,
    bound_memory,
    end_with_parent,
    last_resort,
)
from tagger.batch.parts import (
    Counts,
    Parts,
    lines,
    opened,
    part_name,
    sealed,
    written_badly,
)
from tagger.batch.reading import Read, read_unit
from tagger.batch.saying import Caution, Saying
from tagger.batch.units import Unit
from tagger.errors import OutOfTimeError, TaggerError
from tagger.outcomes import Outcome, Refused

if TYPE_CHECKING:
    from tagger.tagging import Tagger

#: Refusals told to the user as they come, for one unit; all are in its part.
_TOLD: Final = 20
#: A file of this name among the parts in hand asks workers to begin no more units.
STOP: Final = "stop"
#: Parts on their way to the disk while the next unit is tagged.
_WRITERS: Final = 4
#: One unit at a time a process; a Dask worker may have several threads.
_ALONE: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a unit, without a word of its text."""

    unit: Unit
    content: str | None
    outcome: str
    part: str
    bytes: int
    failed: int
    counts: dict[str, Any]
    #: The first refusals, as texts.
    refusals: tuple[str, ...] = ()
    #: Seconds it took, and those of each stage.
    seconds: float = 0.0
    stages: dict[str, float] = field(default_factory=dict)
    #: Whether the part was there already.
    found: bool = False


@dataclass(slots=True)
class Answer:
    """What a worker says of the units it was given."""

    done: list[Done] = field(default_factory=list)
    #: Units not begun, because the run is to stop.
    left: list[Unit] = field(default_factory=list)


def prepare(job: Job) -> None:
    """Make a fresh process a worker: deaf to Ctrl-C, models loaded, memory bound.

    What is wrong with the models is said by the first `work`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    # spaCy imports PyTorch where it finds it: seconds and 200 MiB that nothing uses.
    sys.modules.setdefault("torch", None)  # type: ignore[arg-type]  # "not to be found"
    try:
        models.loaded(job.models, reasons=job.reasons)
    except TaggerError:
        return
    bound_memory(job.limits.memory)


def work(
    job: Job,
    units: Sequence[Unit],
    *,
    deadly: Sequence[int] | None = None,
    expendable: bool = True,
) -> Answer:
    """Tag units and write their parts.

    Args:
        job: What the run wants.
        units: In the order in which they are tagged.
        deadly: If given, go line by line, and past these lines, which ended a process
            before.
        expendable: Whether a unit that hangs may end this process.

    Raises:
        TaggerError: The models cannot be loaded, or the output not written: no unit
            is at fault.
    """
    with _ALONE:
        parts = Parts.of(job.folder)
        tagger = models.loaded(job.models, reasons=job.reasons)
        worker = _Worker(job, parts, tagger, expendable)
        answer, stop = Answer(), parts.in_hand / STOP
        for place, unit in enumerate(units):
            if stop.exists():
                answer.left.extend(units[place:])
                break
            worker.begin(unit, deadly)
        answer.done.extend(worker.end())
        return answer


def give_up(job: Job, unit: Unit, content: str | None) -> Done:
    """Write the part of a unit that ended every process which tried it.

    Raises:
        OutputError: It cannot be written.
    """
    parts = Parts.of(job.folder)
    crash = Refused(unit.name, 0, "crashed", "ended the process that read it")
    name = part_name(unit, content, job.digest)
    done, data = _said(unit, content, name, [crash])
    parts.put(parts.claim(unit), name, data)
    return done


@dataclass(slots=True)
class _Worker:
    """Tags while the parts before are still on their way to the disk."""

    job: Job
    parts: Parts
    tagger: "Tagger"
    expendable: bool
    writing: list[tuple[Done, Future[None]]] = field(default_factory=list)

    def begin(self, unit: Unit, deadly: Sequence[int] | None) -> None:
        """Tag a unit and hand its part to a writer."""
        begin = time.perf_counter()
        claim = self.parts.claim(unit)
        with self.tagger.stages.timed("read"):
            read = self._read(unit)
        name = part_name(unit, read.content, self.job.digest)
        anew = unit.fresh or self.job.force or read.content is None
        there = None if anew else self._there(name)
        if there is not None:
            claim.unlink(missing_ok=True)
            self._note(_found(unit, read.content, name, *there), begin)
            return
        outcomes = list(self._outcomes(read, claim, deadly))
        with self.tagger.stages.timed("write"):
            done, data = _said(unit, read.content, name, outcomes)
            written = _writers().submit(self.parts.put, claim, name, data)
        self._note(done, begin, written)

    def end(self) -> Iterator[Done]:
        """Wait for the writers; what is yielded is on the disk."""
        for done, written in self.writing:
            written.result()
            yield done

    def _note(
        self, done: Done, begin: float, written: Future[None] | None = None
    ) -> None:
        if written is None:
            written = Future()
            written.set_result(None)
        seconds = round(time.perf_counter() - begin, 6)
        stages = self.tagger.stages.take()
        self.writing.append((replace(done, seconds=seconds, stages=stages), written))

    def _read(self, unit: Unit) -> Read:
        try:
            with self._bound(unit.size):
                return read_unit(unit, self.job.reading)
        except OutOfTime:
            error = OutOfTimeError("takes too long to read", path=unit.name)
            return Read(pages=[error])

    def _there(self, name: str) -> tuple[int, dict[str, Any]] | None:
        """Size and counts of a part that an earlier run wrote."""
        data = self.parts.get(name)
        found = None if data is None else opened(data)
        return None if data is None or found is None else (len(data), found[1])

    def _outcomes(
        self, read: Read, claim: Path, deadly: Sequence[int] | None
    ) -> Iterator[Outcome]:
        def note(line: int) -> None:
            try:
                claim.write_text(str(line), encoding="ascii")
            except OSError as error:
                raise written_badly(error, claim) from error

        caution = None if deadly is None else Caution(deadly, note)
        saying = Saying(self.tagger, self.job.one_article, self._bound)
        yield from saying.say(read.pages, caution)

    @contextmanager
    def _bound(self, size: int) -> Iterator[None]:
        seconds = self.job.limits.time_for(size)
        resort = last_resort(seconds) if self.expendable else nullcontext()
        with resort, alarm(seconds):
            yield


def _said(
    unit: Unit, content: str | None, name: str, outcomes: Sequence[Outcome]
) -> tuple[Done, bytes]:
    """What a unit came to, and the bytes of its part."""
    counts = Counts()
    for outcome in outcomes:
        counts.add(outcome)
    data = sealed(lines(outcomes), counts)
    refusals = tuple(
        str(outcome)
        for outcome in islice((o for o in outcomes if isinstance(o, Refused)), _TOLD)
    )
    done = Done(
        unit=unit,
        content=content,
        outcome=counts.outcome,
        part=name,
        bytes=len(data),
        failed=counts.failed,
        counts=counts.to_dict(),
        refusals=refusals,
    )
    return done, data


def _found(
    unit: Unit, content: str | None, name: str, size: int, table: dict[str, Any]
) -> Done:
    """A unit whose part was there already."""
    counts = Counts()
    counts.add_all(table)
    return Done(
        unit=unit,
        content=content,
        outcome=counts.outcome,
        part=name,
        bytes=size,
        failed=counts.failed,
        counts=table,
        found=True,
    )


@cache
def _writers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_WRITERS, thread_name_prefix="part")


if hasattr(os, "register_at_fork"):
    # Threads do not come along into a forked process; it makes its own.
    os.register_at_fork(after_in_child=_writers.cache_clear)
