"""Where the time goes: seconds a stage, added up."""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Stages:
    """Seconds spent in each named stage so far."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time that the block takes, even one that raises, to ``stage``."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - begin

    def take(self) -> dict[str, float]:
        """What was added up since the last time; starts again from nothing."""
        taken = {stage: round(value, 6) for stage, value in self.seconds.items()}
        self.seconds.clear()
        return taken
