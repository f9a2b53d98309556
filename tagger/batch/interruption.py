"""Ctrl-C once: finish what is in hand. Twice: leave at once. Either way, resumable."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


@dataclass(slots=True)
class Interruption:
    """Whether the user wants the run to end."""

    asked: bool = False


@contextmanager
def interruptible(on_asked: Callable[[], None]) -> Iterator[Interruption]:
    """In the block a first Ctrl-C or SIGTERM is noted, a second raises.

    Only the main thread hears signals; in another the block runs as it is.

    Args:
        on_asked: Called at the first.
    """
    interruption = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield interruption
        return

    def note(number: int, frame: FrameType | None) -> None:
        del number, frame
        if interruption.asked:
            raise KeyboardInterrupt
        interruption.asked = True
        on_asked()

    before = {number: signal.signal(number, note) for number in _SIGNALS}
    try:
        yield interruption
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
