"""How a run went."""

from collections import defaultdict
from dataclasses import dataclass, field

from tagger.batch.choosing import Tally
from tagger.batch.merging import Merged
from tagger.batch.parts import Counts


@dataclass(slots=True)
class Report:
    """How a run went."""

    #: complete, partial (the user wanted a part), stopped (too many refused), or
    #: interrupted (nothing was merged).
    state: str = "running"
    #: Of everything in the folder; empty when interrupted.
    merged: Merged = field(default_factory=Merged)
    #: What this run itself tagged and refused.
    counts: Counts = field(default_factory=Counts)
    tally: Tally = field(default_factory=Tally)
    #: Units whose parts an earlier run had written, though the ledger did not know.
    found: int = 0
    #: Input files of the last run that are gone.
    gone: int = 0
    seconds: float = 0.0
    #: Seconds a stage, of all processes together.
    stages: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
