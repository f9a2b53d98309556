"""A Dask cluster with one and two workers, against as many processes without it.

    python eval/bench/dask_scaling.py
    python eval/bench/dask_scaling.py --chars 2000000 --rounds 5

Scheduler and workers are processes of their own on this machine, started beforehand;
they have tagged one article, so models are loaded. What starting the command itself
takes (one short article) is taken off, from all alike.
"""

import importlib.util
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench_inputs import Writer
from bench_plots import Plot, Point
from bench_results import Result, Spread, options, ratios, work, write
from bench_runs import FailedRun, Started, run, start, supports, tag

_WAIT = 120.0
#: Files enough that every worker gets some, and loads its models.
_WARM = 64
WORKERS = (1, 2)
PROCESSES, DASK = "processes", "Dask"


@contextmanager
def cluster(room: Path, workers: int) -> Iterator[str]:
    """The address of a scheduler with so many workers of one thread, while it lasts."""
    file = room / f"scheduler-{workers}.json"
    module = [sys.executable, "-m", "distributed.cli"]
    quiet = ["--no-dashboard"]
    here = ["--host", "127.0.0.1"]
    scheduler = f"{module[2]}.dask_scheduler"
    worker = f"{module[2]}.dask_worker"
    commands = [
        [sys.executable, "-m", scheduler, *here, *quiet, "--port", "0"],
        *[[sys.executable, "-m", worker, *here, *quiet, "--nthreads", "1"]] * workers,
    ]
    running = []
    try:
        for command in commands:
            running.append(start([*command, "--scheduler-file", str(file)]))
            wait_for(file, running)
        yield json.loads(file.read_text("utf-8"))["address"]
    finally:
        for started in reversed(running):
            started.process.terminate()
        for started in running:
            started.process.wait()
            started.said.close()


def wait_for(file: Path, running: list[Started]) -> None:
    """Wait until the scheduler has written where it is.

    Raises:
        FailedRun: It ended, or takes too long.
    """
    begin = time.perf_counter()
    while not file.exists() or not file.stat().st_size:
        if running[0].process.poll() is not None or time.perf_counter() - begin > _WAIT:
            raise FailedRun("the Dask scheduler did not start")
        time.sleep(0.1)


def main() -> None:
    """Measure and write."""
    parser = options(__doc__ or "", rounds=3)
    parser.add_argument("--chars", type=int, default=120_000, help="%(default)s")
    chosen = parser.parse_args()
    if not importlib.util.find_spec("distributed"):
        raise SystemExit('this needs Dask: pip install -e ".[dask]"')
    if not supports("--backend"):
        raise SystemExit("this version of tagger tag has no --backend")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        room = Path(name)
        writer = Writer(chosen.seed)
        writer.folder(room / "one", 1, 100)
        writer.folder(room / "warm", _WARM, 100)
        size = writer.folder(room / "all", max(1, chosen.chars // 800), 800)
        ways = {(PROCESSES, n): ["-j", str(n)] for n in WORKERS}
        for number in WORKERS:
            address = stack.enter_context(cluster(room, number))
            ways[DASK, number] = ["--backend", "dask", "--scheduler", address]
        rates = measured(room, ways, size, chosen.rounds)
    report(rates, chosen)


def measured(
    room: Path, ways: dict[tuple[str, int], list[str]], size: int, rounds: int
) -> dict[tuple[str, int], Spread]:
    """Characters a second of every way, round by round."""
    rates = defaultdict(list)
    for (name, _), way in ways.items():
        if name == DASK:
            run(tag(room / "warm", Path(tempfile.mkdtemp(dir=room)), *way))
    for _ in range(rounds):
        for name, way in ways.items():
            outs = [Path(tempfile.mkdtemp(dir=room)) for _ in range(2)]
            short = run(tag(room / "one", outs[0], *way)).seconds
            whole = run(tag(room / "all", outs[1], *way)).seconds
            rates[name].append(size / work(whole, short))
    return {name: Spread(tuple(values)) for name, values in rates.items()}


def report(rates: dict[tuple[str, int], Spread], chosen: object) -> None:
    """Write the table: each way beside one process, and Dask beside as many processes."""
    rows, lines = [], defaultdict(list)
    for (name, workers), rate in rates.items():
        to_one = ratios(rate, rates[PROCESSES, 1]).text(2)
        to_same = ratios(rate, rates[PROCESSES, workers]).text(2)
        rows.append((f"{name}, {workers}", rate.text(), to_one, to_same))
        lines[name].append(Point(workers, rate.median, rate.low, rate.high))
    plot = Plot("Scaling", "workers", "characters a second", lines)
    header = ("way", "characters a second", "ratio to one process", "ratio to as many")
    note = f"{chosen.rounds} rounds of {chosen.chars:,} characters; median (least–most)"
    write(Result("dask", "Dask", header, rows, [plot], [note]), chosen.out)


if __name__ == "__main__":
    main()
