"""Workers on other machines, by a Dask cluster and a folder that all of them share.

The client is used directly and not through joblib's Dask backend. That costs as much a
task, but when one unit ended its worker, joblib's call never came back (joblib 1.6, Dask
2026.8), and it would not say which unit it was. Here every group is a future of its own,
a lost one costs only itself, and at no time does the scheduler know of more than a few
groups a worker. What travels is names and numbers; the text stays in the shared folder.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final

from tagger.batch.isolation import alone
from tagger.batch.job import Job
from tagger.batch.processes import Group
from tagger.batch.worker import Answer, work
from tagger.errors import MissingExtraError, WorkersLostError

#: Groups handed out a thread of the cluster: one at work, one waiting.
_AHEAD: Final = 2
_CONNECT: Final = "20s"


@dataclass(slots=True)
class Cluster:
    """A Dask cluster, by the address of its scheduler."""

    address: str
    together: int = 16
    processes: int = 1
    _number: int = 0
    _in_hand: dict[Any, Group] = field(default_factory=dict)

    def answers(
        self, job: Job, groups: Iterator[Group]
    ) -> Generator[Answer, None, None]:
        """Yield answers as they come, for as long as there are workers.

        Raises:
            MissingExtraError: Dask is not installed.
            WorkersLostError: The scheduler cannot be reached, or no longer.
        """
        dask = _dask()
        # CommClosedError, when a scheduler goes away, is an OSError.
        lost = (OSError, TimeoutError)
        try:
            with dask.Client(
                self.address, timeout=_CONNECT, set_as_default=False
            ) as client:
                ready = dask.as_completed(loop=client.loop)
                self._fill(client, job, groups, ready)
                for future in ready:
                    group = self._in_hand.pop(future.key)
                    yield from self._answer(future, job, group, dask.KilledWorker)
                    self._fill(client, job, groups, ready)
        except lost as error:
            problem = f"no scheduler at {self.address}: {error}"
            raise WorkersLostError(problem) from error

    def _fill(self, client: Any, job: Job, groups: Iterator[Group], ready: Any) -> None:
        """Hand out groups; workers come and go, so their number is asked each time."""
        self.processes = max(1, sum(client.nthreads().values()))
        while len(self._in_hand) < _AHEAD * self.processes:
            group = next(groups, None)
            if group is None:
                return
            self._number += 1
            key = f"tagger-{job.digest[:8]}-{self._number}"
            self._in_hand[key] = group
            ready.add(client.submit(work, job, group, key=key, pure=False))

    def _answer(
        self, future: Any, job: Job, group: Group, killed: type[Exception]
    ) -> Iterator[Answer]:
        error = future.exception()
        if error is None:
            yield future.result()
        elif isinstance(error, killed):
            # Ended several workers: here, one by one, it is found out which unit does.
            for unit in group:
                yield alone(job, unit)
        else:
            raise error


def _dask() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise MissingExtraError(
            'a Dask cluster needs an extra: pip install "tagger[dask]"'
        ) from error
