"""Bounds on what one unit may take: an alarm, a last resort, and a limit on memory."""

import faulthandler
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

#: The last resort comes after so many times what the alarm allowed.
_LAST_RESORT: Final = 1.5
_GRACE: Final = 10.0
_LOOK_EVERY: Final = 1.0


class OutOfTime(BaseException):
    """The alarm. No `Exception`, so that no reader takes it for a damaged file."""


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise `OutOfTime` in the block after so many seconds.

    Only the main thread of a process can be told; elsewhere nothing happens, and the
    last resort must do.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(
        signal, "setitimer"
    ):
        yield
        return

    def ring(*_: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def last_resort(seconds: float) -> Iterator[None]:
    """End this process if the block, deaf to the alarm, takes much longer.

    A library may hang in C and hold the interpreter's lock: no thread of Python's
    runs then, but the watchdog of `faulthandler` needs none.
    """
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 no path
        faulthandler.dump_traceback_later(
            seconds * _LAST_RESORT + _GRACE, exit=True, file=nowhere
        )
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def bound_memory(mebibytes: int) -> None:
    """Let this process take so much more than it has now; then `MemoryError`.

    Does nothing where the system cannot count private memory alone.
    """
    if not sys.platform.startswith("linux"):
        return
    import resource  # noqa: PLC0415 not on every system

    limit = _private_bytes() + mebibytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def _private_bytes() -> int:
    with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123 no path
        fields = dict(line.split(":", 1) for line in file if ":" in line)
    return int(fields["VmData"].split()[0]) * 1024


def end_with_parent() -> None:
    """End this process soon after its parent is gone, however that ended."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_EVERY)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
