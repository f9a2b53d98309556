"""Characters a second, by length of article and by processes, beside jieba.

    python eval/bench/throughput.py                          about two minutes
    python eval/bench/throughput.py --chars 1000000 --rounds 5

Every figure is of a whole command from file to record, less what the same command takes
for one short article (loading models or dictionaries, which is told apart). All that
is compared runs in turn in every round, and ratios are made within a round.
"""

import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from bench_inputs import Writer
from bench_peers import TIMES, command, installed
from bench_plots import Plot, Point
from bench_results import Result, Spread, options, ratios, work, write
from bench_runs import finish, run, start, supports, tag

Rates = dict[tuple[str, int], list[float]]


class Bench:
    """Input of every kind, and what was measured on it."""

    def __init__(self, room: Path, chars: int, lengths: list[int], seed: int) -> None:
        self.room = room
        self.peers = installed()
        self.lengths = lengths
        writer = Writer(seed)
        writer.folder(room / "one", 1, 100)
        self.sizes: dict[Path, int] = {}
        for length in lengths:
            folder = room / f"length-{length}"
            self.sizes[folder] = writer.folder(folder, max(1, chars // length), length)
        self.starts: dict[str, list[float]] = defaultdict(list)
        self.rates: Rates = defaultdict(list)

    def command(self, system: str, folder: Path, *more: str) -> list[str]:
        """A system's command for a folder; a new folder for its results each time."""
        if system != "tagger":
            return command(system, folder)
        return tag(folder, Path(tempfile.mkdtemp(dir=self.room)), *more)

    def round(self) -> None:
        """Measure all systems on all lengths once."""
        for system in ("tagger", *self.peers):
            one = self.command(system, self.room / "one")
            self.starts[system].append(run(one, one_core=True).seconds)
        for length in self.lengths:
            folder = self.room / f"length-{length}"
            for system in ("tagger", *self.peers):
                taken = run(self.command(system, folder), one_core=True).seconds
                size = self.sizes[folder] * TIMES.get(system, 1)
                rate = size / work(taken, self.starts[system][-1])
                self.rates[system, length].append(rate)


class Processes:
    """One run with N processes against N runs at the same time."""

    def __init__(self, room: Path, chars: int, most: int, seed: int) -> None:
        self.room = room
        self.counts = [n for n in (1, 2, 4, 8, 16) if n <= most]
        if not supports("--jobs"):
            self.counts = []
        writer = Writer(seed + 1)
        self.parts = []
        self.sizes = []
        for number in range(max(self.counts, default=0)):
            part = room / "shares" / f"{number}"
            self.sizes.append(writer.folder(part, max(1, chars // 800), 800))
            self.parts.append(part)
        self.rates: Rates = defaultdict(list)

    def round(self) -> None:
        """Measure every number of processes once."""
        for count in self.counts:
            size = sum(self.sizes[:count])
            for name, measured in (("-j N", self._together), ("N runs", self._apart)):
                self.rates[name, count].append(size / measured(count))

    def _together(self, count: int) -> float:
        """Seconds of one command with N processes for all the input."""
        out = Path(tempfile.mkdtemp(dir=self.room))
        paths = [str(path) for path in self.parts[:count]]
        command = tag(Path(paths[0]), out, *paths[1:], "-j", str(count))
        return run(command).seconds

    def _apart(self, count: int) -> float:
        """Seconds until the last of N commands has done its share."""
        begin = time.perf_counter()
        running = [
            start(tag(part, Path(tempfile.mkdtemp(dir=self.room))))
            for part in self.parts[:count]
        ]
        for started in running:
            finish(started)
        return time.perf_counter() - begin


def points(rates: Mapping[tuple[str, int], list[float]]) -> dict[str, list[Point]]:
    """Lines of a plot."""
    lines: dict[str, list[Point]] = defaultdict(list)
    for (name, x), values in rates.items():
        spread = Spread(tuple(values))
        lines[name].append(Point(x, spread.median, spread.low, spread.high))
    return lines


def rows(bench: Bench, processes: Processes) -> list[tuple[str, ...]]:
    """The table."""
    found = []
    for (system, length), values in bench.rates.items():
        rate = Spread(tuple(values))
        ratio = ratios(rate, Spread(tuple(bench.rates["jieba", length])))
        what = f"{system}, articles of {length:,} characters, one core"
        found.append((what, rate.text(), f"{ratio.text(2)} of jieba"))
    for (name, count), values in processes.rates.items():
        rate = Spread(tuple(values))
        ratio = ratios(rate, Spread(tuple(processes.rates["N runs", count])))
        what = f"tagger, {name}, N = {count}, with starting"
        found.append((what, rate.text(), f"{ratio.text(2)} of N runs"))
    for system, values in bench.starts.items():
        seconds = Spread(tuple(values)).text(2)
        found.append((f"{system}, one short article", f"{seconds} s", ""))
    return found


def main() -> None:
    """Measure and write."""
    parser = options(__doc__ or "", rounds=3)
    parser.add_argument(
        "--chars", type=int, default=80_000, help="%(default)s a folder"
    )
    parser.add_argument("--lengths", type=int, nargs="+", default=[200, 800, 3200])
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), chosen.chars, chosen.lengths, chosen.seed)
        processes = Processes(Path(name), chosen.chars, chosen.processes, chosen.seed)
        for _ in range(chosen.rounds):
            bench.round()
            processes.round()
    up = "characters a second"
    plots = [
        Plot("By length", "characters of an article", up, points(bench.rates), log=True)
    ]
    if processes.rates:
        plots.append(Plot("By processes", "N", up, points(processes.rates), log=True))
    notes = [
        f"{chosen.rounds} rounds, {chosen.chars:,} characters a folder; median (least–most)",
        "jieba and rjieba tag words; they do not split, file, score or write records",
    ]
    if not processes.rates:
        notes.append("this version has no --jobs, so nothing was measured by processes")
    header = ("what", "characters a second", "ratio")
    table = rows(bench, processes)
    result = Result("throughput", "Throughput", header, table, plots, notes)
    write(result, chosen.out)


if __name__ == "__main__":
    main()
