"""What the batch engine itself costs, beside tagging, in processor time.

    python eval/bench/overhead.py
    python eval/bench/overhead.py --articles 2000 --rounds 5

A folder is tagged twice in one process: once truly, once by a tagger that only repeats
what it said. What the second run takes is the engine: walking, reading and decoding,
parts, ledger, merging. Reading is told apart, since any program has to read.
"""

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench_inputs import Writer
from bench_results import Result, Spread, options, write

from tagger.batch import models
from tagger.batch.backends import Inline
from tagger.batch.job import Job
from tagger.batch.models import ModelFolder
from tagger.batch.report import Report
from tagger.batch.running import Request, run
from tagger.outcomes import TaggedPage
from tagger.readers import walk
from tagger.records import Page

_CHARACTERS = 700


class Silent:
    """Shows nothing of a run."""

    def begun(self, *_: object) -> None:
        """Say nothing."""

    passed = done = merging = begun


class Repeating:
    """Says of each page what a true tagger said of it before."""

    def __init__(self, tagger: Any) -> None:
        self.stages = tagger.stages
        self._tagger = tagger
        self._said: dict[str, list[TaggedPage]] = {}

    def tag_pages(self, pages: Sequence[Page], **how: Any) -> list[TaggedPage]:
        """The pages of one file, tagged."""
        name = pages[0].path
        if name not in self._said:
            self._said[name] = list(self._tagger.tag_pages(pages, **how))
        return self._said[name]


def timed(folder: Path, out: Path) -> tuple[float, Report]:
    """Processor seconds of a run, and its report."""
    job = Job(str(out), ModelFolder.at(None))
    begin = time.process_time()
    report = run(walk([folder]), Request(job), Inline(), Silent())
    return time.process_time() - begin, report


def main() -> None:
    """Measure and write."""
    parser = options(__doc__ or "", rounds=3)
    parser.add_argument("--articles", type=int, default=300, help="%(default)s")
    chosen = parser.parse_args()
    writer = Writer(chosen.seed)
    tagger = models.loaded(ModelFolder.at(None))
    shares: list[tuple[float, float]] = []
    for _ in range(chosen.rounds):
        repeating = Repeating(tagger)
        models.loaded = lambda *_, said=repeating, **__: said  # type: ignore[assignment]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name, "in")
            writer.folder(folder, chosen.articles, _CHARACTERS)
            true, _report = timed(folder, Path(name, "true"))
            engine, report = timed(folder, Path(name, "repeated"))
        reading = report.stages["read"]
        shares.append((100 * engine / true, 100 * (engine - reading) / true))
    whole, rest = (Spread(column) for column in zip(*shares, strict=True))
    rows = [
        ("engine", whole.text(1)),
        ("of that, all but reading and decoding", rest.text(1)),
    ]
    note = f"{chosen.rounds} rounds of {chosen.articles:,} files of {_CHARACTERS} characters"
    header = ("what", "per cent of the run's processor time")
    write(
        Result("overhead", "The engine's own cost", header, rows, [], [note]),
        chosen.out,
    )


if __name__ == "__main__":
    main()
