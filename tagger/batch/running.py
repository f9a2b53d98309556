"""A run from beginning to end: plan, hand out, note, merge. Start here."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final, Protocol

from tagger.batch.backends import Backend
from tagger.batch.choosing import Choice, Planner
from tagger.batch.interruption import Interruption, interruptible
from tagger.batch.job import Job
from tagger.batch.ledger import Ledger, Row
from tagger.batch.locking import locked
from tagger.batch.manifest import write_manifest, write_summary
from tagger.batch.merging import DamagedPart, Wanted, merge
from tagger.batch.parts import Parts, written_badly
from tagger.batch.report import Report
from tagger.batch.units import Unit, size_of
from tagger.batch.worker import STOP, Answer, Done
from tagger.errors import OutputError
from tagger.readers import Walk

#: Seconds between commits: what a power cut may cost, beside what is in hand.
_COMMIT_EVERY: Final = 1.0
#: Bytes of small files that are handed out together.
_TOGETHER: Final = 64 * 1024
#: Groups a process at least, so that none waits long for another at the end.
_SHARES: Final = 4
#: Times that damaged parts are tagged again before the run gives up.
_PASSES: Final = 3


class Listener(Protocol):
    """Is told how a run goes."""

    def begun(self, files: int, size: int) -> None:
        """So much input was found."""

    def passed(self, unit: Unit) -> None:
        """A unit is left as it is."""

    def done(self, done: Done) -> None:
        """A unit was tagged or refused."""

    def merging(self) -> None:
        """Everything is said; the files are put together."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the user wants of a run."""

    job: Job
    choice: Choice = field(default_factory=Choice)
    wanted: Wanted = field(default_factory=Wanted)
    #: Stop when more pages than so many were refused; None to go on.
    max_errors: int | None = None


def run(walk: Walk, request: Request, backend: Backend, listener: Listener) -> Report:
    """Tag what is new or changed in the input; merge it with what was there.

    Raises:
        OutputError: The folder is in use or cannot be written to.
        LedgerError: The ledger there is of another version, or damaged.
        TaggerError: No models, or no workers.
    """
    out = request.job.folder
    with ExitStack() as stack:
        stack.enter_context(locked(out))
        try:
            Parts.of(out).prepare()
        except OSError as error:
            raise written_badly(error, out) from error
        ledger = stack.enter_context(Ledger.open(out))
        return _Run(walk, request, backend, listener, ledger).report()


@dataclass(slots=True)
class _Run:
    walk: Walk
    request: Request
    backend: Backend
    listener: Listener
    ledger: Ledger
    number: int = 0
    so_far: Report = field(default_factory=Report)
    #: Whether more were refused than the user puts up with.
    stopped: bool = False
    committed: float = field(default_factory=time.monotonic)

    def report(self) -> Report:
        """Run, and say how it went."""
        begin = time.monotonic()
        total = sum(size_of(file.path) for file in self.walk.files)
        files, digest = len(self.walk.files), self.request.job.digest
        self.number = self.ledger.begin(digest, files, total)
        self.listener.begun(files, total)
        so_far = self.so_far
        try:
            with interruptible(self._stop_workers) as interruption:
                self._tag_and_merge(interruption)
        except KeyboardInterrupt:
            so_far.state = "interrupted"
        so_far.seconds = time.monotonic() - begin
        if so_far.state != "interrupted":
            write_manifest(self.request.job, so_far)
            write_summary(self.request.job.folder, so_far, self.backend.processes)
        self.ledger.end(self.number, so_far.state)
        return so_far

    def _tag_and_merge(self, interruption: Interruption) -> None:
        for _ in range(_PASSES):
            self._tag(interruption)
            if interruption.asked:
                raise KeyboardInterrupt
            self.so_far.gone += self.ledger.forget_unseen(self.number)
            try:
                self._merge()
            except DamagedPart as damaged:
                self.ledger.forget(damaged.row)
            else:
                return
        raise OutputError(
            "parts are damaged again and again; is the disk sound?",
            path=self.request.job.folder,
        )

    def _tag(self, interruption: Interruption) -> None:
        """Have every unit tagged that is to be."""
        planner = Planner(
            *(self.request.job, self.request.choice, self.ledger, self.number),
            on_passed=self._pass,
            wanted=lambda: not self.stopped,
        )
        self.so_far.tally = planner.tally
        chosen = takewhile(lambda _: not interruption.asked, planner.units(self.walk))
        groups = self._groups(chosen)
        with closing(self.backend.answers(self.request.job, groups)) as answers:
            for answer in answers:
                self._note(answer)
        self.ledger.commit()

    def _groups(self, units: Iterator[Unit]) -> Iterator[list[Unit]]:
        """Small files go together, so long as there is work for every process."""
        spread = len(self.walk.files) // (_SHARES * self.backend.processes)
        most = max(1, min(spread, self.backend.together))
        group: list[Unit] = []
        size = 0
        for unit in units:
            if group and (len(group) >= most or size + unit.size > _TOGETHER):
                yield group
                group, size = [], 0
            group.append(unit)
            size += unit.size
        if group:
            yield group

    def _pass(self, unit: Unit) -> None:
        self.listener.passed(unit)
        self._commit_at_times()

    def _note(self, answer: Answer) -> None:
        so_far = self.so_far
        so_far.tally.chosen -= len(answer.left)
        so_far.tally.left += len(answer.left)
        for done in answer.done:
            self.ledger.put(_row(done, self.request.job.digest), self.number)
            so_far.found += done.found
            if not done.found:
                so_far.counts.add_all(done.counts)
            for stage, seconds in done.stages.items():
                so_far.stages[stage] += seconds
            self.listener.done(done)
        most = self.request.max_errors
        if most is not None and so_far.counts.failed > most and not self.stopped:
            self.stopped = True
            self._stop_workers()
        self._commit_at_times()

    def _commit_at_times(self) -> None:
        if time.monotonic() - self.committed > _COMMIT_EVERY:
            self.ledger.commit()
            self.committed = time.monotonic()

    def _stop_workers(self) -> None:
        (Parts.of(self.request.job.folder).in_hand / STOP).touch()

    def _merge(self) -> None:
        self.listener.merging()
        so_far, job = self.so_far, self.request.job
        left = bool(so_far.tally.left)
        so_far.state = "stopped" if self.stopped else "partial" if left else "complete"
        wanted = self.request.wanted
        so_far.merged = merge(job, self.ledger, self.number, wanted)
        if not left:
            Parts.of(job.folder).keep_only(self.ledger.parts_between)


def _row(done: Done, config: str) -> Row:
    unit = done.unit
    return Row(
        name=unit.name,
        block=unit.block,
        size=unit.size,
        content=done.content,
        config=config,
        outcome=done.outcome,
        part=done.part,
        bytes=done.bytes,
        failed=done.failed,
        counts=done.counts,
        seconds=done.seconds,
        stages=done.stages,
    )
