"""Commands run as a user would, with their time and memory."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from bench_inputs import ROOT

_EVERY: Final = 0.1
#: One thread a process, so that a process is a core's worth of work for everybody.
_ENVIRONMENT: Final = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONPATH": os.pathsep.join(
        filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])
    ),
}
#: Puts itself on one core, then becomes the command.
_PINNED: Final = (
    "import os,sys; os.sched_setaffinity(0,{min(os.sched_getaffinity(0))}); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)


class FailedRun(SystemExit):
    """A command that did not do its work; no figure can be made of it."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took."""

    seconds: float
    #: Peak of the largest of its processes, in MiB.
    largest: float
    #: Peak of all of them together, memory they share counted once.
    together: float


def tag(folder: Path, out: Path, *options: str) -> list[str]:
    """The command ``tagger tag`` for a folder."""
    module = [sys.executable, "-m", "tagger", "tag"]
    return [*module, str(folder), "-o", str(out), *options]


@cache
def supports(option: str) -> bool:
    """Whether ``tagger tag`` of this version has an option."""
    command = [sys.executable, "-m", "tagger", "tag", "--help"]
    wide = {**os.environ, **_ENVIRONMENT, "COLUMNS": "200"}
    shown = subprocess.run(command, capture_output=True, check=True, env=wide)  # noqa: S603
    return option in shown.stdout.decode()


@dataclass(frozen=True, slots=True)
class Started:
    """A command at work, and what it says of it.

    That goes to a file: a pipe that nobody reads fills up, and then the command waits.
    """

    process: subprocess.Popen[bytes]
    said: IO[bytes]


def start(command: Sequence[str], *, one_core: bool = False) -> Started:
    """Start a command whose output is kept only for when it fails."""
    pinned = [sys.executable, "-c", _PINNED] if one_core else []
    said = TemporaryFile()  # noqa: SIM115 closed by who waits for the command
    process = subprocess.Popen(  # noqa: S603 ourselves
        [*pinned, *command],
        stdout=subprocess.DEVNULL,
        stderr=said,
        env={**os.environ, **_ENVIRONMENT},
    )
    return Started(process, said)


def run(command: Sequence[str], *, one_core: bool = False) -> Run:
    """Run a command to its end.

    Raises:
        FailedRun: Its exit code is not 0.
    """
    begin = time.perf_counter()
    started = start(command, one_core=one_core)
    with Memory(started.process.pid) as memory:
        finish(started)
    return Run(time.perf_counter() - begin, memory.largest, memory.together)


def finish(started: Started) -> None:
    """Wait for a command.

    Raises:
        FailedRun: Its exit code is not 0.
    """
    code = started.process.wait()
    with started.said as file:
        if code:
            file.seek(0)
            words = " ".join(map(str, started.process.args))
            raise FailedRun(f"{words}\nexit {code}: {file.read().decode()[-2000:]}")


class Memory:
    """Looks again and again at a process and all it has started, while the block runs.

    What the system reports at the end (``ru_maxrss``) includes the size of whoever
    started it, and one process only.
    """

    def __init__(self, pid: int) -> None:
        self.largest = self.together = 0.0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_EVERY):
            family = list(_family(self._pid))
            peaks = [_kib(f"/proc/{pid}/status", "VmHWM:") for pid in family]
            shares = [_kib(f"/proc/{pid}/smaps_rollup", "Pss:") for pid in family]
            self.largest = max(self.largest, max(peaks, default=0) / 1024)
            self.together = max(self.together, sum(shares) / 1024)


def _family(pid: int) -> Iterator[int]:
    """A process and, as far as they live, its children and theirs."""
    yield pid
    try:
        threads = [*Path(f"/proc/{pid}/task").iterdir()]
        children = [(thread / "children").read_text() for thread in threads]
    except OSError:
        return
    for child in " ".join(children).split():
        yield from _family(int(child))


def _kib(path: str, name: str) -> int:
    """A line of a file of the system; 0 when the process has ended."""
    try:
        with Path(path).open(encoding="utf-8") as file:
            return next((int(x.split()[1]) for x in file if x.startswith(name)), 0)
    except OSError:
        return 0
