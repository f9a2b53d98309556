"""Killed at any moment, out of room, or damaged: what is there at the end is the same."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batch_cases import (
    contents,
    in_child,
    lines,
    make_folder,
    quickened,
    run_on,
)

import tagger.writing.coloured  # noqa: F401 once, not in every child
from tagger.batch.merging import Wanted
from tagger.errors import OutputError

SAMPLE = Path(__file__).parents[1] / "corpus/sample"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    return quickened(monkeypatch)


def wanted():
    return Wanted(html=True)


def killed_after(folder, out, seconds):
    """Start a run, kill it, and say whether it was still going on."""
    pid = in_child(lambda: run_on(folder, out, wanted=wanted()))
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def time_of_a_run(folder, out):
    begin = time.monotonic()
    pid = in_child(lambda: run_on(folder, out, wanted=wanted()))
    assert os.waitpid(pid, 0)[1] == 0
    return time.monotonic() - begin


def test_a_hundred_kills_leave_the_same_bytes(tmp_path):
    folder = make_folder(tmp_path / "in", files=6)
    # The first run of a process is slower than those that are killed.
    takes = min(time_of_a_run(folder, tmp_path / f"whole-{n}") for n in range(3))
    whole = contents(tmp_path / "whole-0")
    assert len(whole) > 70
    draw, kills, rounds = random.Random(7), 0, 0
    while kills < 100:
        rounds += 1
        out = tmp_path / f"out-{rounds}"
        # Early and late kills alike: what is done stays done, so runs get shorter.
        for _ in range(10):
            if not killed_after(folder, out, draw.uniform(0, takes)):
                break
            kills += 1
        run_on(folder, out, wanted=wanted())
        assert contents(out) == whole
        assert list((out / "parts/in-hand").iterdir()) == []
    assert rounds < 100


def test_a_full_disk_stops_with_one_line_and_a_rerun_completes(tmp_path):
    folder = make_folder(tmp_path / "in")
    big = folder / "big.txt"
    big.write_text("晋城市召开新闻发布会。\n" * 3000, "utf-8")
    out = tmp_path / "out"

    def without_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
        with pytest.raises(OutputError, match="cannot be"):
            run_on(folder, out)

    assert os.waitpid(in_child(without_room), 0)[1] == 0
    assert not (out / "articles.jsonl").exists()
    run_on(folder, out)
    run_on(folder, tmp_path / "whole")
    assert contents(out) == contents(tmp_path / "whole")


@pytest.mark.skipif(os.getuid() != 0, reason="only root can mount")
def test_a_really_full_disk(tmp_path):
    folder, disk = make_folder(tmp_path / "in"), tmp_path / "disk"
    (folder / "big.txt").write_text("晋城市召开新闻发布会。\n" * 3000, "utf-8")
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:  # noqa: S603
        pytest.skip("mounting is not allowed")
    try:
        with pytest.raises(OutputError, match="cannot be"):
            run_on(folder, disk / "out")
        more = ["mount", "-o", "remount,size=8m", str(disk)]
        subprocess.run(more, check=True)  # noqa: S603
        run_on(folder, disk / "out")
        run_on(folder, tmp_path / "whole")
        assert contents(disk / "out") == contents(tmp_path / "whole")
    finally:
        subprocess.run(["umount", str(disk)], check=True)  # noqa: S603, S607


@pytest.mark.soak
def test_kills_of_the_command_itself_leave_the_same_bytes(tmp_path):
    """The real models, two processes; parent and workers are killed, or only one."""
    folder = tmp_path / "in"
    make_folder(folder, files=40)

    def command(out):
        return subprocess.Popen(  # noqa: S603 ourselves
            [sys.executable, "-m", "tagger", "tag", folder, "-o", out, "-j", "2"],
            stderr=subprocess.DEVNULL,
        )

    begin = time.monotonic()
    assert command(tmp_path / "whole").wait() == 3
    takes = time.monotonic() - begin
    whole, draw = contents(tmp_path / "whole"), random.Random(3)
    for number in range(4):
        out = tmp_path / f"out-{number}"
        for _ in range(3):
            running = command(out)
            time.sleep(draw.uniform(takes / 3, takes))
            running.kill()
            running.wait()
        assert command(out).wait() == 3
        assert contents(out) == whole
        paths = {r["source"]["path"] for r in lines(out / "articles.jsonl")}
        assert len(paths) == 40 + 4
