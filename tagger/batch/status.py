"""How far a run is, or how it ended, from its ledger alone."""

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tagger.batch.ledger import Ledger
from tagger.batch.locking import is_locked
from tagger.batch.parts import Counts
from tagger.errors import NothingToReadError
from tagger.readers import LEDGER


@dataclass(frozen=True, slots=True)
class Status:
    """Of an output folder."""

    #: running, killed, interrupted, complete, partial or stopped.
    state: str
    #: When the last run began, UTC.
    begun: str
    #: Files that it found, and bytes in them.
    files: int
    bytes: int
    #: Units done with its models and settings, by outcome.
    outcomes: dict[str, int]
    counts: Counts

    def to_dict(self) -> dict[str, Any]:
        """As a JSON object."""
        return {
            "state": self.state,
            "begun": self.begun,
            "files": self.files,
            "bytes": self.bytes,
            "outcomes": self.outcomes,
            "counts": self.counts.to_dict(),
        }


def status_of(folder: Path) -> Status:
    """The status of an output folder; never in the way of a run that goes on.

    Raises:
        NothingToReadError: No run ever wrote here.
        LedgerError: The ledger is of another version, or damaged.
    """
    if not (folder / LEDGER).exists():
        raise NothingToReadError("no run has written here", path=folder)
    with Ledger.open(folder, read_only=True) as ledger:
        last = ledger.last_run()
        if last is None:
            raise NothingToReadError("no run has begun here", path=folder)
        outcomes: Counter[str] = Counter()
        counts = Counts()
        for row in ledger.rows_of(last.config):
            outcomes[row.outcome] += 1
            counts.add_all(row.counts)
    state = last.state
    if state == "running" and not is_locked(folder):
        state = "killed"
    begun = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(last.begun))
    return Status(
        state, begun, last.files, last.total, dict(sorted(outcomes.items())), counts
    )
