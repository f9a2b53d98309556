"""Run systems over the same texts, each in a process of its own, in turns."""

import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tagger.labels import EntityLabel
from tagger.scoring import Document, Span

LABELS: Final = tuple(str(label) for label in EntityLabel)


@dataclass(frozen=True, slots=True)
class System:
    """Something that finds names, and the command that runs it; see adapter.py."""

    name: str
    title: str
    command: tuple[str, ...]
    #: Whether to keep our own packages out of its sight.
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took."""

    seconds: float
    cpu_seconds: float
    load_seconds: float
    characters: int
    peak_mib: float

    @property
    def rate(self) -> float:
        """Characters a second."""
        return self.characters / self.seconds


@dataclass(slots=True)
class Result:
    """What a system found, by each reading of its tags, and what its runs took."""

    system: System
    readings: dict[str, list[Document]] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    #: Why there is no more of it.
    failure: str | None = None


class FailedError(Exception):
    """A system that did not do its work, and what is known of why."""


def measure(
    systems: Sequence[System], documents: Sequence[Document], rounds: int
) -> Iterator[tuple[int, Result]]:
    """Run every system once a round; round and result come after each run.

    Each round begins with another system, so that none always follows the same one. A
    system that fails is left out from then on.
    """
    results = [Result(system) for system in systems]
    texts = "".join(_line(n, document.text) for n, document in enumerate(documents))
    for number in range(rounds):
        first = number % len(results)
        for result in (*results[first:], *results[:first]):
            if result.failure is not None:
                continue
            try:
                readings, run = run_once(result.system, texts, documents)
            except FailedError as error:
                result.failure = str(error)
            else:
                result.readings = result.readings or readings
                result.runs.append(run)
            yield number, result


def run_once(
    system: System, texts: str, documents: Sequence[Document]
) -> tuple[dict[str, list[Document]], Run]:
    """The documents as the system annotates them, by reading, and what it took.

    Raises:
        FailedError: It ended with an error, or its lines are not what they should be.
    """
    done = subprocess.run(  # noqa: S603 a recipe's script
        system.command,
        input=texts.encode(),
        capture_output=True,
        check=False,
        env=_environment(apart=system.apart),
    )
    said = done.stderr.decode(errors="backslashreplace").strip().splitlines() or [
        "nothing said"
    ]
    if done.returncode:
        raise FailedError(f"exit code {done.returncode}: {said[-1]}")
    try:
        run = Run(**json.loads(said[-1]))
        lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
        ids = [line["id"] for line in lines]
        every = [line.get("readings") or {"tags": line["entities"]} for line in lines]
    except (ValueError, TypeError, KeyError) as error:
        raise FailedError(f"what it wrote cannot be read: {error!r}") from error
    if ids != [str(number) for number in range(len(documents))]:
        raise FailedError(f"{len(documents)} texts went in, others came out")
    return _by_reading(documents, every), run


def _line(number: int, text: str) -> str:
    return json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n"


def _environment(*, apart: bool) -> dict[str, str]:
    variables = dict(os.environ)
    if apart:
        variables.pop("PYTHONPATH", None)
        variables["PYTHONNOUSERSITE"] = "1"
    return variables | {"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}


def _by_reading(
    documents: Sequence[Document], every: Iterable[Mapping[str, Iterable[Sequence]]]
) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for document, readings in zip(documents, every, strict=True):
        for name, entities in readings.items():
            spans = tuple(sorted(Span(*entity) for entity in entities))
            _check(document.text, spans)
            made = Document(document.id, document.text, spans)
            found.setdefault(name, []).append(made)
    return found


def _check(text: str, spans: Sequence[Span]) -> None:
    free = 0
    for start, end, label in spans:
        if not free <= start < end <= len(text):
            raise FailedError(f"{label} {start}–{end} overlaps or leaves the text")
        if label not in LABELS:
            raise FailedError(f"{label!r} is none of {', '.join(LABELS)}")
        free = end
