"""Peak memory against the number of articles: it should not grow.

    python eval/bench/memory.py                    100 and 1,000 articles
    python eval/bench/memory.py --most 100000      … 10,000, 100,000: about two hours

The largest process is what one worker needs; together is what the machine needs, with
memory that processes share counted once.
"""

import os
import tempfile
from collections import defaultdict
from pathlib import Path

from bench_inputs import Writer
from bench_plots import Plot, Point
from bench_results import Result, Spread, options, write
from bench_runs import Run, run, supports, tag

_CHARACTERS = 400


def counts_to(most: int) -> list[int]:
    """100, 1,000 and so on to ``most``."""
    counts = [100]
    while counts[-1] * 10 <= most:
        counts.append(counts[-1] * 10)
    return counts


def measured(counts: list[int], jobs: list[int], rounds: int, seed: int) -> dict:
    """Runs by processes and number of articles."""
    found: dict[tuple[int, int], list[Run]] = defaultdict(list)
    writer = Writer(seed)
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name, "in")
            writer.folder(folder, count, _CHARACTERS)
            for number in range(rounds):
                for job in jobs:
                    more = ("-j", str(job)) if supports("--jobs") else ()
                    out = Path(name, f"out-{job}-{number}")
                    found[job, count].append(run(tag(folder, out, *more)))
    return found


def main() -> None:
    """Measure and write."""
    parser = options(__doc__ or "", rounds=2)
    parser.add_argument("--most", type=int, default=1000, help="articles, %(default)s")
    chosen = parser.parse_args()
    jobs = [1, 2] if supports("--jobs") and (os.cpu_count() or 1) > 1 else [1]
    found = measured(counts_to(chosen.most), jobs, chosen.rounds, chosen.seed)
    rows, lines = [], defaultdict(list)
    for (job, count), runs in found.items():
        largest = Spread(tuple(one.largest for one in runs))
        together = Spread(tuple(one.together for one in runs))
        rows.append((f"{count:,} articles, -j {job}", largest.text(), together.text()))
        line = Point(count, largest.median, largest.low, largest.high)
        lines[f"-j {job}"].append(line)
    for job in jobs:
        few, many = (found[job, n] for n in (100, counts_to(chosen.most)[-1]))
        growth = max(r.largest for r in many) / min(r.largest for r in few)
        rows.append((f"growth from first to last, -j {job}", f"× {growth:.2f}", ""))
    plot = Plot("Largest process", "articles", "MiB", lines, log=True)
    header = ("what", "largest process, MiB", "all together, MiB")
    note = f"{chosen.rounds} runs of each; articles of {_CHARACTERS} characters"
    result = Result("memory", "Memory", header, rows, [plot], [note])
    write(result, chosen.out)


if __name__ == "__main__":
    main()
