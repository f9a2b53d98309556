"""How fast, and in how much memory, from file to record.

    python eval/speed.py                 1,000 articles made from corpus/sample
    python eval/speed.py --articles 4000

Runs on one core, models loaded beforehand. Memory is the peak of a whole run of
``tagger tag`` in its own process, once for the number given and once for a tenth.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

from tagger.batch.saying import Saying
from tagger.batch.streaming import read_all, say_all
from tagger.outcomes import Refused
from tagger.readers import ReadOptions, walk
from tagger.tagging import load

SAMPLE = Path(__file__).parents[1] / "corpus/sample/page-2024-11-08.txt"


def make_folder(folder: Path, articles: int) -> None:
    """Pages of the sample, each a little different, four articles a page."""
    text = SAMPLE.read_text("utf-8")
    for number in range(-(-articles // 4)):
        page = text.replace("11月7日", f"11月{number % 28 + 1}日")
        (folder / f"{number:06}.txt").write_text(page, encoding="utf-8")


def speed(folder: Path) -> tuple[float, int, int]:
    """Characters a second, characters and articles."""
    tagger = load()
    tagger.tag("预热。")
    begin = time.perf_counter()
    characters = articles = 0
    for outcome in say_all(Saying(tagger), read_all(walk([folder]), ReadOptions())):
        if isinstance(outcome, Refused):
            raise SystemExit(str(outcome))
        characters += len(outcome.page.text)
        articles += len([record.to_json() for record in outcome.records])
    return characters / (time.perf_counter() - begin), characters, articles


def peak(folder: Path, out: Path) -> float:
    """Mebibytes that ``tagger tag`` takes at most."""
    command = [sys.executable, "-m", "tagger", "tag", str(folder), "-o", str(out)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 ourselves
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as name:
        small, large = Path(name, "small"), Path(name, "large")
        for folder, count in (
            (small, options.articles // 10),
            (large, options.articles),
        ):
            folder.mkdir()
            make_folder(folder, count)
        # The smaller run first: the system reports the largest child so far.
        memory = [peak(folder, Path(name, "out")) for folder in (small, large)]
        runs = sorted(speed(large) for _ in range(options.runs))
        rate, characters, articles = runs[len(runs) // 2]
    print(f"{articles:,} articles, {characters:,} characters, one core")
    print(
        f"{rate:,.0f} characters a second (median of {len(runs)}; "
        f"{runs[0][0]:,.0f} to {runs[-1][0]:,.0f})"
    )
    print(
        f"peak memory {memory[1]:,.0f} MiB; for a tenth of the articles {memory[0]:,.0f} MiB"
    )


if __name__ == "__main__":
    main()
