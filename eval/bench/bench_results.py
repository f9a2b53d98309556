"""Results: medians with their spread, as a Markdown table and a plot."""

import argparse
import hashlib
import os
import platform
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench_inputs import ROOT
from bench_plots import Plot, svg

from tagger import __version__
from tagger.files import whole_file
from tagger.shipped import NAMES, SECTIONS, model_folder

_CPU: Final = "model name"
#: Seconds of work under which starting, a little slower or faster, is all one sees.
_LEAST: Final = 0.1


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure measured several times."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    @property
    def low(self) -> float:
        """The least."""
        return min(self.values)

    @property
    def high(self) -> float:
        """The most."""
        return max(self.values)

    def text(self, digits: int = 0) -> str:
        """``median (least–most)``."""
        middle, low, high = (
            f"{value:,.{digits}f}" for value in (self.median, self.low, self.high)
        )
        return f"{middle} ({low}–{high})"


def ratios(these: Spread, to: Spread) -> Spread:
    """What each round's figure is of the other's in the same round."""
    pairs = zip(these.values, to.values, strict=True)
    return Spread(tuple(one / other for one, other in pairs))


@dataclass(frozen=True, slots=True)
class Result:
    """A benchmark's table, its plots and what has to be known to read them."""

    name: str
    title: str
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    plots: list[Plot]
    notes: list[str]


def options(description: str, rounds: int) -> argparse.ArgumentParser:
    """A parser with what all benchmarks have."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=rounds, help="%(default)s")
    parser.add_argument("--seed", type=int, default=20260707)
    there = ROOT / "eval" / "reports" / "bench"
    parser.add_argument("--out", type=Path, default=there, help="folder of the results")
    return parser


def write(result: Result, out: Path) -> None:
    """Print the table; write it with its plots to ``NAME.md`` and ``NAME….svg``."""
    out.mkdir(parents=True, exist_ok=True)
    links = []
    for number, plot in enumerate(result.plots, 1):
        path = out / f"{result.name}-{number}.svg"
        with whole_file(path) as file:
            file.write(svg(plot))
        links.append(f"![{plot.title}]({path.name})")
    text = "\n".join([*_markdown(result), "", *links, ""])
    with whole_file(out / f"{result.name}.md") as file:
        file.write(text)
    print(text)


def _markdown(result: Result) -> Iterator[str]:
    yield f"# {result.title}\n"
    yield f"| {' | '.join(result.header)} |"
    yield f"|---{'|---:' * (len(result.header) - 1)}|"
    for row in result.rows:
        yield f"| {' | '.join(row)} |"
    yield ""
    for note in (*result.notes, _machine()):
        yield f"- {note}"


def _machine() -> str:
    """The machine and versions, in words; nothing that names a host or a person."""
    models = ", ".join(_model(name) for name in (NAMES, SECTIONS))
    load = os.getloadavg()[0]
    return (
        f"{_processor()}, {len(os.sched_getaffinity(0))} hardware threads, "
        f"{_memory():.0f} GiB; {platform.system()}, Python {platform.python_version()}, "
        f"tagger {__version__} with {models}; load at the end {load:.1f}"
    )


def _model(name: str) -> str:
    """A model's name and the digest of its files, which says exactly which one."""
    digest = hashlib.sha256()
    for path in sorted(model_folder(name).rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return f"{name} {digest.hexdigest()[:8]}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    found = (line.partition(":")[2].strip() for line in lines if line.startswith(_CPU))
    return next(found, platform.machine())


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def work(whole: float, start: float) -> float:
    """Seconds of a run without what starting takes.

    Raises:
        SystemExit: There is so little left that it says nothing.
    """
    if whole - start < _LEAST:
        problem = f"a run took {whole:.2f} s, of which starting {start:.2f} s"
        raise SystemExit(f"{problem}: give it more to do with --chars")
    return whole - start
