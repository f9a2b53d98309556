"""How long scoring takes: 100,000 invented articles with 3 million names, one core.

    python eval/bench_scoring.py [ARTICLES]

Reads gold and predictions from JSONL files it writes first, as `tagger eval` would,
and scores them with all slices, mistakes and 2,000 draws for the intervals.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from tagger.gold import pair, read
from tagger.scoring.evaluation import evaluate

NAMES_EACH = 30
SLOT = 28
FORMS = 300_000
LABELS = ("PER", "LOC", "ORG")


def write(folder: Path, articles: int, seed: int = 1) -> tuple[Path, Path]:
    """Gold and predictions that differ in about one name of twelve."""
    rng = np.random.default_rng(seed)
    stream = "".join(map(chr, rng.integers(0x4E00, 0x9000, 1_000_000)))
    # 300,000 names, some common and most rare, as in any newspaper
    width = rng.integers(2, 9, FORMS)
    forms = [stream[3 * n : 3 * n + size] for n, size in enumerate(width.tolist())]
    paths = folder / "gold.jsonl", folder / "predicted.jsonl"
    with (
        paths[0].open("w", encoding="utf-8") as gold,
        paths[1].open("w", encoding="utf-8") as found,
    ):
        for number in range(articles):
            rank = np.minimum(rng.zipf(1.2, NAMES_EACH) - 1, FORMS - 1)
            names = [forms[n] for n in rank.tolist()]
            begin = int(rng.integers(0, 900_000))
            fill = [
                stream[begin + n * SLOT :][: SLOT - len(x)] for n, x in enumerate(names)
            ]
            text = "".join(a + b for a, b in zip(fill, names, strict=True))
            text = f"{text[:12]}\n{text[13:]}"
            end = np.arange(1, NAMES_EACH + 1) * SLOT
            start = end - width[rank]
            label = rank % 3
            line = {
                "id": f"a{number}",
                "text": text,
                "date": f"2026-{number % 12 + 1:02}",
            }
            _line(gold, line, start, end, label)
            act = rng.random(NAMES_EACH)
            kept = act > 0.03
            moved = start - (act > 0.97)
            retyped = np.where(act < 0.06, (label + 1) % 3, label)
            _line(found, line, moved[kept], end[kept], retyped[kept])
    return paths


def _line(file, line, start, end, label):
    spans = zip(start.tolist(), end.tolist(), label.tolist(), strict=True)
    entities = [[a, b, LABELS[kind]] for a, b, kind in spans]
    file.write(json.dumps({**line, "entities": entities}, ensure_ascii=False) + "\n")


def main() -> None:
    """Write, read, score, and print CPU seconds and memory of each."""
    # one core: NumPy would otherwise multiply matrices on all of them
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        if os.environ.get(name) != "1":
            os.environ[name] = "1"
            os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 itself
    if len(sys.argv) == 3:
        _score(*map(Path, sys.argv[1:]))
        return
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        gold_path, found_path = write(Path(folder), articles)
        # a process of its own, so that writing is not in its memory
        again = [sys.executable, __file__, str(gold_path), str(found_path)]
        subprocess.run(again, check=True)  # noqa: S603 this very script


def _score(gold_path: Path, found_path: Path) -> None:
    begin = time.process_time()
    gold = read(gold_path)
    found = read(found_path, texts=gold.texts)
    paired = pair(gold, found)
    loaded = time.process_time()
    result = evaluate(paired.gold, paired.predicted)
    done = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    names = sum(
        v for n, v in result.counts.items() if n in {f"{x}.gold" for x in LABELS}
    )
    strict = result.figures["strict.f1"]
    mistakes = result.names.mistakes if result.names else ()
    print(f"articles {len(gold.documents):,}, gold names {names:,.0f}")
    print(f"strict F1 {strict.value:.4f} [{strict.low:.4f}, {strict.high:.4f}]")
    print(f"mistakes listed {len(mistakes):,}")
    print(
        f"CPU time: read {loaded - begin:.1f} s, scored {done - loaded:.1f} s; "
        f"{memory:.2f} GiB"
    )


if __name__ == "__main__":
    main()
