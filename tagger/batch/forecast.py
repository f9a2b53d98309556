"""What a run would do, without doing it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tagger.batch.choosing import Planner
from tagger.batch.ledger import Ledger
from tagger.batch.reading import read_unit
from tagger.batch.running import Request
from tagger.batch.units import Unit, size_of
from tagger.readers import LEDGER, ReadOptions, Walk
from tagger.records import Page

#: Characters a second and process where nothing was measured yet.
_ASSUMED: Final = 20_000.0
#: Units whose encodings are looked at.
_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a run would do."""

    files: int
    bytes: int
    #: Files by suffix.
    kinds: dict[str, int]
    to_tag: int
    bytes_to_tag: int
    unchanged: int
    #: Units that are to be tagged, but not by this run.
    left: int
    #: Units looked at for the next three.
    sampled: int
    #: Encodings found, or the reason for which a unit would be refused.
    encodings: dict[str, int]
    characters: int
    #: Seconds, at a rate of characters a second and process, and where that is from.
    seconds: float
    rate: float
    rate_from: str


def forecast(walk: Walk, request: Request, processes: int) -> Forecast:
    """Look at the input and the ledger; nothing is written.

    Raises:
        LedgerError: The ledger there is of another version, or damaged.
    """
    with _ledger(request.job.folder) as ledger:
        planner = Planner(request.job, request.choice, ledger, None)
        to_tag = list(planner.units(walk))
        measured = None if ledger is None else ledger.speed()
    kinds = Counter(
        Path(file.name).suffix.lower() or "no suffix" for file in walk.files
    )
    looked_at = to_tag[:: max(1, -(-len(to_tag) // _LOOKED_AT))]
    encodings, share = _encodings(looked_at, request.job.reading)
    size = sum(unit.size for unit in to_tag)
    rate = measured or _ASSUMED
    characters = round(size * share)
    return Forecast(
        files=len(walk.files),
        bytes=sum(size_of(file.path) for file in walk.files),
        kinds=dict(kinds.most_common()),
        to_tag=len(to_tag),
        bytes_to_tag=size,
        unchanged=planner.tally.unchanged,
        left=planner.tally.left,
        sampled=len(looked_at),
        encodings=dict(encodings.most_common()),
        characters=characters,
        seconds=characters / rate / processes,
        rate=rate,
        rate_from="measured here" if measured else "assumed",
    )


@contextmanager
def _ledger(folder: Path) -> Iterator[Ledger | None]:
    if not (folder / LEDGER).exists():
        yield None
        return
    with Ledger.open(folder, read_only=True) as ledger:
        yield ledger


def _encodings(units: list[Unit], options: ReadOptions) -> tuple[Counter[str], float]:
    """Encodings of some units, and how many characters their bytes hold on average."""
    encodings: Counter[str] = Counter()
    size = characters = 0
    for unit in units:
        pages = read_unit(unit, options).pages
        encodings.update(
            {p.encoding if isinstance(p, Page) else p.reason for p in pages}
        )
        size += unit.size
        characters += sum(len(page.text) for page in pages if isinstance(page, Page))
    return encodings, characters / size if size else 0.0
