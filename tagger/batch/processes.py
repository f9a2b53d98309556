"""Worker processes on this machine, by joblib's loky; one that dies takes none along.

Loky's executor is used directly and not through `joblib.Parallel`: that turns one
process into no process at all (``n_jobs=1`` runs in the caller, where one bad file
could end the run), and when a worker dies it does not say which task it had.
"""

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Final

from joblib.externals.loky import ProcessPoolExecutor

from tagger.batch.isolation import alone, pool
from tagger.batch.job import Job
from tagger.batch.parts import Parts
from tagger.batch.units import Unit
from tagger.batch.worker import Answer, work
from tagger.errors import WorkersLostError

#: Groups handed out a process: one at work, one waiting.
_AHEAD: Final = 2
#: Pools that may die without having begun a unit before the run stops.
_LIVES: Final = 3

Group = Sequence[Unit]


@dataclass(slots=True)
class Processes:
    """So many processes; units that end one are found out and set aside."""

    processes: int
    together: int = 16
    _waiting: deque[Group] = field(default_factory=deque)
    _in_hand: dict["Future[Answer]", Group] = field(default_factory=dict)

    def answers(
        self, job: Job, groups: Iterator[Group]
    ) -> Generator[Answer, None, None]:
        """Yield answers as they come; a pool that breaks is followed by another."""
        lives = _LIVES
        while True:
            executor = pool(job, self.processes)
            try:
                yield from self._until_broken(executor, job, groups)
            finally:
                executor.shutdown(kill_workers=True)
            if not self._in_hand and not self._waiting:
                return
            yield from self._rescued()
            suspects = self._suspects(job)
            lives = _LIVES if suspects else lives - 1
            if not lives:
                raise WorkersLostError(
                    "worker processes die before they do anything; try fewer (-j)"
                )
            for unit in suspects:
                yield alone(job, unit)

    def _until_broken(
        self, executor: ProcessPoolExecutor, job: Job, groups: Iterator[Group]
    ) -> Generator[Answer, None, None]:
        """Keep the processes busy until there is no more to do, or one dies."""
        while self._fill(executor, job, groups) and self._in_hand:
            ready, _ = wait(self._in_hand, return_when=FIRST_COMPLETED)
            for future in ready:
                if isinstance(future.exception(), BrokenProcessPool):
                    return
                del self._in_hand[future]
                yield future.result()

    def _fill(
        self, executor: ProcessPoolExecutor, job: Job, groups: Iterator[Group]
    ) -> bool:
        """Hand out groups; False when the pool is broken."""
        while len(self._in_hand) < _AHEAD * self.processes:
            group = self._waiting.popleft() if self._waiting else next(groups, None)
            if group is None:
                break
            try:
                self._in_hand[executor.submit(work, job, group)] = group
            except BrokenProcessPool:
                self._waiting.appendleft(group)
                return False
        return True

    def _rescued(self) -> Generator[Answer, None, None]:
        """Answers that came before the pool broke."""
        for future in list(self._in_hand):
            if future.done() and future.exception() is None:
                del self._in_hand[future]
                yield future.result()

    def _suspects(self, job: Job) -> list[Unit]:
        """The units in hand when the pool broke; everything else waits again."""
        claimed = Parts.of(job.folder).claimed()
        suspects: list[Unit] = []
        for group in self._in_hand.values():
            suspects += [unit for unit in group if unit.id in claimed]
            self._waiting.append([unit for unit in group if unit.id not in claimed])
        self._in_hand.clear()
        return suspects
