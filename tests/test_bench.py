"""The benchmarks' own arithmetic, inputs and drawings; a small run of one of them."""

import importlib.util
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

BENCH = Path(__file__).parents[1] / "eval" / "bench"


@pytest.fixture(scope="module", autouse=True)
def bench_on_the_path():
    """The benchmarks are scripts, which find each other because they lie together."""
    sys.path.insert(0, str(BENCH))
    yield
    sys.path.remove(str(BENCH))


def test_inputs_are_the_same_for_a_seed_and_of_the_size_asked(tmp_path):
    from bench_inputs import Writer

    sizes = [Writer(7).folder(tmp_path / name, 30, 500) for name in ("a", "b")]
    files = sorted((tmp_path / "a").rglob("*.txt"))
    assert len(files) == 30
    texts = [path.read_text("utf-8") for path in files]
    assert sum(map(len, texts)) == sizes[0] == sizes[1]
    assert all(500 <= len(text) < 800 for text in texts)
    assert len(set(texts)) == 30
    again = [
        path.read_text("utf-8") for path in sorted((tmp_path / "b").rglob("*.txt"))
    ]
    assert texts == again
    assert texts != [Writer(8).article(500) for _ in files]


POSITIVE = st.floats(0.01, 1e6)


@given(st.lists(st.tuples(POSITIVE, POSITIVE), min_size=1, max_size=9))
def test_ratios_are_made_round_by_round(pairs):
    from bench_results import Spread, ratios

    these, those = (Spread(tuple(side)) for side in zip(*pairs, strict=True))
    there, back = ratios(these, those), ratios(those, these)
    assert there.values == tuple(a / b for a, b in pairs)
    assert there.low <= there.median <= there.high
    assert there.high == pytest.approx(1 / back.low)
    assert set(ratios(these, these).values) == {1.0}


def test_a_spread_says_median_least_and_most():
    from bench_results import Spread

    assert Spread((30_000.4, 10_000, 20_000)).text() == "20,000 (10,000–30,000)"
    assert Spread((0.5,)).text(2) == "0.50 (0.50–0.50)"


def test_too_little_work_makes_no_figure():
    from bench_results import work

    assert work(5.0, 2.0) == 3.0
    with pytest.raises(SystemExit, match="more to do with --chars"):
        work(2.0, 1.95)


def points(draw):
    y = draw(POSITIVE)
    return draw(st.integers(1, 100_000)), y, y / 2, y * 2


@given(st.data(), st.booleans())
def test_a_plot_is_an_image_with_everything_inside(data, log):
    from bench_plots import Plot, Point, svg

    names = data.draw(st.lists(st.text("ab<&\"'"), min_size=1, max_size=3, unique=True))
    lines = {}
    for name in names:
        number = data.draw(st.integers(1, 4))
        lines[name] = [Point(*points(data.draw)) for _ in range(number)]
    root = ET.fromstring(svg(Plot("a <b>", "x & y", "z", lines, log=log)))  # noqa: S314 our own
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    dots = list(root.iter("{http://www.w3.org/2000/svg}circle"))
    assert len(dots) == sum(map(len, lines.values())) + len(lines)
    for dot in dots:
        assert 0 <= float(dot.attrib["cx"]) <= width
        assert 0 <= float(dot.attrib["cy"]) <= height


#: Takes a hundred MiB; a child of its own, which is waited for, takes two hundred.
_HUNGRY = """
import subprocess, sys, time
held = bytearray(100 << 20)
child = "held = bytearray(200 << 20); print(flush=True); input()"
if len(sys.argv) > 1:
    command = [sys.executable, "-c", child]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    started = subprocess.Popen(command, **pipes)
    started.stdout.readline()
time.sleep(3)
if len(sys.argv) > 1:
    started.communicate(b"\\n")
"""


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux")
def test_memory_is_that_of_the_command_and_of_what_it_starts():
    from bench_runs import run

    alone = run([sys.executable, "-c", _HUNGRY])
    with_child = run([sys.executable, "-c", _HUNGRY, "child"])
    assert 100 < alone.largest < 150
    assert 100 < alone.together < 150
    assert 200 < with_child.largest < 250
    assert 300 < with_child.together < 400
    assert alone.seconds >= 3


def test_a_command_that_fails_is_no_figure():
    from bench_runs import FailedRun, run

    with pytest.raises(FailedRun, match="exit 3: what went wrong"):
        run(
            [
                sys.executable,
                "-c",
                "import sys; sys.stderr.write('what went wrong'); sys.exit(3)",
            ]
        )


@pytest.mark.parametrize("script", ["throughput", "memory", "resume", "dask_scaling"])
def test_every_benchmark_says_what_it_does(script):
    command = [sys.executable, str(BENCH / f"{script}.py"), "--help"]
    shown = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603
    assert "--rounds" in shown.stdout
    assert f"python eval/bench/{script}.py" in shown.stdout


@pytest.mark.slow
@pytest.mark.skipif(
    not importlib.util.find_spec("jieba"), reason="needs the extra bench"
)
def test_throughput_measures_and_writes(tmp_path):
    out = tmp_path / "reports"
    command = [
        *(sys.executable, str(BENCH / "throughput.py"), "--out", str(out)),
        *("--rounds", "1", "--chars", "20000", "--lengths", "400", "--processes", "1"),
    ]
    begin = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)  # noqa: S603 ourselves
    table = (out / "throughput.md").read_text("utf-8")
    assert "tagger, articles of 400 characters, one core" in table
    assert "| jieba, articles of 400 characters, one core |" in table
    assert "1.00 (1.00–1.00) of jieba" in table
    rate = next(
        line.split("|")[2] for line in table.splitlines() if line.startswith("| tagger")
    )
    # slower than the whole command would make it, faster than a person reads
    assert (
        20_000 / (time.perf_counter() - begin)
        < float(rate.split()[0].replace(",", ""))
        < 1e6
    )
    ET.parse(out / "throughput-1.svg")  # noqa: S314 our own
