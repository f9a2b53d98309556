"""What it costs to go on: after a kill in the middle, with nothing to do, with one change.

    python eval/bench/resume.py
    python eval/bench/resume.py --articles 20000 --rounds 5

In every round a run is killed (signal 9) after half the time that a whole one took, and
started again. Its records must be, byte for byte, those of the whole run.
"""

import signal
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from bench_inputs import Writer
from bench_plots import Plot, Point
from bench_results import Result, Spread, options, ratios, write
from bench_runs import FailedRun, run, start, tag

from tagger.catalogue import find

_CHARACTERS = 600
WHOLE = "whole, in one go"
KILLED = "killed half-way, both runs together"
NOTHING = "again, with nothing to do"
CHANGED = "again, with one file changed"


def one_round(room: Path, folder: Path, writer: Writer) -> dict[str, float]:
    """Seconds of each kind of run.

    Raises:
        FailedRun: The run that was killed and went on has other records.
    """
    whole, killed = room / "whole", room / "killed"
    seconds = {WHOLE: run(tag(folder, whole)).seconds}
    begin = time.perf_counter()
    started = start(tag(folder, killed))
    time.sleep(seconds[WHOLE] / 2)
    started.process.send_signal(signal.SIGKILL)
    started.process.wait()
    started.said.close()
    run(tag(folder, killed))
    seconds[KILLED] = time.perf_counter() - begin
    if _records(whole) != _records(killed):
        raise FailedRun("the run that was killed and went on has other records")
    seconds[NOTHING] = run(tag(folder, whole)).seconds
    path = min(folder.rglob("*.txt"))
    path.write_text(writer.article(_CHARACTERS), encoding="utf-8")
    seconds[CHANGED] = run(tag(folder, whole)).seconds
    return seconds


def _records(out: Path) -> list[bytes]:
    return [path.read_bytes() for path in find(out).files]


def main() -> None:
    """Measure and write."""
    parser = options(__doc__ or "", rounds=3)
    parser.add_argument("--articles", type=int, default=250, help="%(default)s")
    chosen = parser.parse_args()
    taken: dict[str, list[float]] = defaultdict(list)
    writer = Writer(chosen.seed)
    for _ in range(chosen.rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name, "in")
            writer.folder(folder, chosen.articles, _CHARACTERS)
            for kind, seconds in one_round(Path(name), folder, writer).items():
                taken[kind].append(seconds)
    spreads = {kind: Spread(tuple(values)) for kind, values in taken.items()}
    rows = [
        (kind, spread.text(2), ratios(spread, spreads[WHOLE]).text(2))
        for kind, spread in spreads.items()
    ]
    lines = {
        kind: [Point(n, v, v, v) for n, v in enumerate(spread.values, 1)]
        for kind, spread in spreads.items()
    }
    plot = Plot("Cost of going on", "round", "seconds", lines)
    header = ("run", "seconds", "ratio to the whole")
    note = (
        f"{chosen.rounds} rounds of {chosen.articles:,} files of {_CHARACTERS} characters; "
        "the records of the run killed and gone on with were the same bytes every time"
    )
    result = Result("resume", "Cost of resuming", header, rows, [plot], [note])
    write(result, chosen.out)


if __name__ == "__main__":
    main()
