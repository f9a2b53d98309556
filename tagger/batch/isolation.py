"""A unit that may have ended a process, alone in one: at fault or not."""

from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from hashlib import sha256
from pathlib import Path
from typing import Final

from joblib.externals.loky import ProcessPoolExecutor

from tagger.batch.job import Job
from tagger.batch.parts import Parts
from tagger.batch.units import Unit, content_of
from tagger.batch.worker import Answer, give_up, prepare, work
from tagger.errors import TaggerError
from tagger.readers import whole_bytes

#: Lines of one block that may end a process before the whole block is given up.
_MOST_DEADLY: Final = 20
#: Every process is one thread; more would only wait for each other.
_ONE_THREAD: Final = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "NUMEXPR_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
    ),
    "1",
)


def pool(job: Job, processes: int) -> ProcessPoolExecutor:
    """Worker processes that load the models as they start."""
    return ProcessPoolExecutor(
        processes, initializer=prepare, initargs=(job,), env=_ONE_THREAD
    )


def alone(job: Job, unit: Unit) -> Answer:
    """Tag a unit in a process of its own; if it ends that too, it is at fault.

    Of a JSONL block only the lines at fault are given up.

    Raises:
        TaggerError: Nothing can be done; see `work`.
    """
    answer = _tried(job, unit, None)
    if answer is not None:
        return answer
    deadly: list[int] = []
    while unit.lined and len(deadly) < _MOST_DEADLY:
        answer = _tried(job, unit, deadly)
        if answer is not None:
            return answer
        line = _line_in_hand(job, unit)
        if line is None or line in deadly:
            break
        deadly.append(line)
    Parts.of(job.folder).prepare()
    return Answer([give_up(job, unit, unit.content or _content(job, unit))])


def _tried(job: Job, unit: Unit, deadly: Sequence[int] | None) -> Answer | None:
    """What a process of its own says of a unit; None when it ended."""
    Parts.of(job.folder).prepare()
    executor = pool(job, 1)
    try:
        answer: Answer = executor.submit(work, job, (unit,), deadly=deadly).result()
    except BrokenProcessPool:
        return None
    else:
        return answer
    finally:
        executor.shutdown(kill_workers=True)


def _line_in_hand(job: Job, unit: Unit) -> int | None:
    """The line that was tried when the process ended."""
    for claim in Parts.of(job.folder).in_hand.glob(f"{unit.id}.*"):
        noted = claim.read_text("ascii")
        if noted:
            return int(noted)
    return None


def _content(job: Job, unit: Unit) -> str | None:
    try:
        data = whole_bytes(Path(unit.path), job.max_bytes)
    except (OSError, TaggerError):
        return None
    return content_of(sha256(data).hexdigest())
