"""Other programs on the same files, each run as a process of its own.

    python eval/bench/bench_peers.py jieba FOLDER

They cut words and tag them, persons, places and organizations among them (nr, ns, nt);
no splitting of pages, no sections, no scores. So a ratio to them says what the whole of
our work costs, in a unit that other people know.
"""

import importlib.util
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from bench_inputs import ROOT


def jieba(texts: Iterable[str]) -> int:
    """Names that jieba.posseg finds."""
    import logging  # noqa: PLC0415

    import jieba as library  # noqa: PLC0415
    from jieba import posseg  # noqa: PLC0415

    library.setLogLevel(logging.ERROR)
    kinds = {"nr", "ns", "nt"}
    return sum(pair.flag in kinds for text in texts for pair in posseg.cut(text))


def rjieba(texts: Iterable[str]) -> int:
    """Names that rjieba, jieba in Rust, finds."""
    import rjieba as library  # noqa: PLC0415

    kinds = {"nr", "ns", "nt"}
    return sum(kind in kinds for text in texts for _, kind in library.tag(text))


#: By name what runs it. Ratios are made to jieba.
PEERS: dict[str, Callable[[Iterable[str]], int]] = {"jieba": jieba, "rjieba": rjieba}
#: How often each goes through a folder, so that the work is long beside the start.
TIMES = {"jieba": 2, "rjieba": 20}


def installed() -> list[str]:
    """The peers that can be run here.

    Raises:
        SystemExit: Not even jieba, which all ratios need.
    """
    found = [name for name in PEERS if importlib.util.find_spec(name)]
    if "jieba" not in found:
        raise SystemExit('the benchmarks compare with jieba: pip install -e ".[bench]"')
    return found


def command(name: str, folder: Path) -> list[str]:
    """The command that runs a peer on a folder."""
    script = str(ROOT / "eval" / "bench" / "bench_peers.py")
    return [sys.executable, "-W", "ignore", script, name, str(folder)]


def main() -> None:
    """Tag a folder, several times over, and say how many names there were."""
    name, folder = sys.argv[1:]
    paths = sorted(Path(folder).rglob("*.txt"))
    for _ in range(TIMES[name]):
        names = PEERS[name](path.read_text("utf-8") for path in paths)
    print(names)


if __name__ == "__main__":
    main()
