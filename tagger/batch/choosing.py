"""Which units a run tags: all that are new or changed, or some of them."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from hashlib import sha256
from pathlib import Path
from typing import Final

from tagger.batch.job import Job
from tagger.batch.ledger import Ledger, Row
from tagger.batch.parts import Parts
from tagger.batch.units import Unit, content_of, units
from tagger.errors import MissingExtraError, SettingsError, TaggerError
from tagger.readers import Walk, whole_bytes

#: What could be read if a library were there is tried again each time.
_MISSING: Final = MissingExtraError("").reason


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user said about which input to tag."""

    #: At most so many units; None for all.
    limit: int | None = None
    #: Only so many files, drawn by ``seed``.
    sample: int | None = None
    seed: int = 0
    #: Only the first, second, … of so many equal shares of the files, from 1.
    shard: tuple[int, int] = (1, 1)
    retry_failed: bool = False

    def __post_init__(self) -> None:
        number, shards = self.shard
        if not 1 <= number <= shards:
            raise SettingsError(f"shard {number}/{shards} is none")

    def of(self, walk: Walk) -> Callable[[str], bool]:
        """Whether a file, by name, is among those to be tagged.

        Stable: a file stays in its share whatever else is added to the folder.
        """
        number, shards = self.shard
        if self.sample is None:
            return lambda name: shards == 1 or _draw(name, 0) % shards == number - 1
        mine = (
            file.name
            for file in walk.files
            if _draw(file.name, 0) % shards == number - 1
        )
        drawn = set(
            heapq.nsmallest(self.sample, mine, key=lambda name: _draw(name, self.seed))
        )
        return lambda name: name in drawn


def _draw(name: str, seed: int) -> int:
    digest = sha256(f"{seed}\0{name}".encode()).digest()
    return int.from_bytes(digest[:8])


@dataclass(slots=True)
class Tally:
    """How many units there are of each kind."""

    #: To be tagged in this run.
    chosen: int = 0
    #: Done already, and still as they were.
    unchanged: int = 0
    #: To be tagged, but not in this run.
    left: int = 0


@dataclass(slots=True)
class Planner:
    """Goes through all input and yields what is to be tagged."""

    job: Job
    choice: Choice
    #: None when nothing was ever done.
    ledger: Ledger | None
    #: Number of the run; None to look without leaving a trace.
    run: int | None
    #: Told each unit that this run leaves as it is.
    on_passed: Callable[[Unit], None] = lambda _: None
    tally: Tally = field(default_factory=Tally)
    #: Whether to go on yielding; when not, the rest is only looked at.
    wanted: Callable[[], bool] = lambda: True
    parts: Parts = field(init=False)

    def __post_init__(self) -> None:
        self.parts = Parts.of(self.job.folder)

    def units(self, walk: Walk) -> Iterator[Unit]:
        """Yield the units to tag, in order, while the input is gone through."""
        chosen = self.choice.of(walk)
        for unit in units(walk):
            wanted = self._wanted(unit, chosen)
            if wanted is None:
                self.on_passed(unit)
            else:
                yield wanted

    def _wanted(self, unit: Unit, chosen: Callable[[str], bool]) -> Unit | None:
        row = None if self.ledger is None else self.ledger.find(unit)
        state = _State.NEW if row is None else self._state(unit, row)
        if self.ledger is not None and self.run is not None and state.holds:
            self.ledger.see(unit, self.run)
        if state is _State.DONE:
            self.tally.unchanged += 1
            return None
        limit = self.choice.limit
        full = limit is not None and self.tally.chosen >= limit
        if full or not self.wanted() or not (unit.problem or chosen(unit.name)):
            self.tally.left += 1
            return None
        self.tally.chosen += 1
        return replace(unit, fresh=state is _State.AGAIN)

    def _state(self, unit: Unit, row: Row) -> "_State":
        if not self._same_bytes(unit, row):
            return _State.NEW
        if row.config != self.job.digest:
            return _State.OTHER
        failed = row.failed and self.choice.retry_failed
        lacking = _MISSING in row.counts.get("refused", ())
        if self.job.force or failed or lacking:
            return _State.AGAIN
        there = self.parts.has(row.part, row.bytes)
        return _State.DONE if there else _State.AGAIN

    def _same_bytes(self, unit: Unit, row: Row) -> bool:
        if row.size != unit.size or row.content is None:
            return False
        return row.content == (unit.content or _content(unit, self.job.max_bytes))


class _State(Enum):
    """How a unit of the input stands to what the ledger knows of it."""

    DONE = auto()
    #: Done, but the user wants it done again.
    AGAIN = auto()
    #: Done with other models or settings.
    OTHER = auto()
    #: Never done, or not with these bytes.
    NEW = auto()

    @property
    def holds(self) -> bool:
        """Whether what the ledger knows is of these bytes."""
        return self is not _State.NEW


def _content(unit: Unit, most: int) -> str | None:
    """What stands for a file's bytes now; None where they cannot be read."""
    try:
        return content_of(sha256(whole_bytes(Path(unit.path), most)).hexdigest())
    except (OSError, TaggerError):
        return None
