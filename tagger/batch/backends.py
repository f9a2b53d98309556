"""Who does the work: every backend maps one function over groups of units."""

from collections.abc import Generator, Iterator, Sequence
from typing import Protocol

from tagger.batch.job import Job
from tagger.batch.units import Unit
from tagger.batch.worker import Answer, work


class Backend(Protocol):
    """Turns groups of units into answers, in any order."""

    #: Units that are handed over together, at most.
    together: int
    #: Processes at work, as far as is known.
    processes: int

    def answers(
        self, job: Job, groups: Iterator[Sequence[Unit]]
    ) -> Generator[Answer, None, None]:
        """Yield an answer for every group; units that end a process are answered too.

        Raises:
            TaggerError: Nothing can be done: no models, no room, no workers.
        """


class Inline:
    """Works in this process: nothing to start, nothing to protect it. For debugging."""

    together = 16
    processes = 1

    def answers(
        self, job: Job, groups: Iterator[Sequence[Unit]]
    ) -> Generator[Answer, None, None]:
        """Work on group after group."""
        for group in groups:
            yield work(job, group, expendable=False)
