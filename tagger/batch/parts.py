"""Part files: all that was said of one unit, line by line, ended by a count.

A line is a letter and a JSON object: ``P`` a page begins, ``A`` a record, ``L`` a
leftover, ``R`` a refusal, ``S`` a text that was taken out of a format, and last ``E``:
what the unit came to, and the digest of all lines before. A part is named by the unit,
its bytes, and the models and settings; so it is never overwritten by anything else,
and one that ends well holds what tagging again would say.
"""

import hashlib
import json
import os
import socket
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from tagger.batch.units import Unit
from tagger.errors import OutputError
from tagger.outcomes import Outcome, Refused, TaggedPage

FOLDER: Final = "parts"
#: Where parts are begun; a file here names a unit that a worker has in hand.
IN_HAND: Final = "in-hand"
_HOST: Final = hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


@dataclass(slots=True)
class Counts:
    """What a unit came to; counts of several units add up."""

    pages: int = 0
    articles: int = 0
    characters: int = 0
    to_review: int = 0
    entities: Counter[str] = field(default_factory=Counter)
    #: Articles by their primary section.
    sections: Counter[str] = field(default_factory=Counter)
    #: Pages, lines or files by the reason for which they were refused.
    refused: Counter[str] = field(default_factory=Counter)
    #: Pages whose text was taken out of a format.
    extracted: int = 0

    def add(self, outcome: Outcome) -> None:
        """Count one more page."""
        if isinstance(outcome, Refused):
            self.refused[outcome.reason] += 1
            return
        self.pages += 1
        self.articles += len(outcome.records)
        self.characters += len(outcome.page.text)
        self.extracted += outcome.page.extracted
        for record in outcome.records:
            self.to_review += bool(record.review)
            self.entities.update(str(entity.label) for entity in record.entities)
            self.sections.update(str(s.section) for s in record.sections if s.primary)

    def add_all(self, counts: dict[str, Any]) -> None:
        """Count what `to_dict` gave for another unit."""
        for name, value in counts.items():
            if isinstance(value, dict):
                getattr(self, name).update(value)
            else:
                setattr(self, name, getattr(self, name) + value)

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, names in alphabetical order, nothing that is nought."""
        items = [(item.name, getattr(self, item.name)) for item in fields(self)]
        return {
            name: dict(sorted(value.items())) if isinstance(value, dict) else value
            for name, value in items
            if value
        }

    @property
    def outcome(self) -> str:
        """Of a unit that came to this."""
        if self.pages or not self.refused:
            return "tagged"
        return "crashed" if set(self.refused) == {"crashed"} else "refused"

    @property
    def failed(self) -> int:
        """How many were refused."""
        return self.refused.total()


def part_name(unit: Unit, content: str | None, config: str) -> str:
    """The name of a unit's part, relative to the folder of parts."""
    key = f"{unit.id}\0{content}\0{config}"
    digest = hashlib.sha256(key.encode("utf-8")).hexdigest()[:40]
    return f"{digest[:2]}/{digest[2:]}.jsonl"


def lines(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """What a part says of some pages."""
    for outcome in outcomes:
        if isinstance(outcome, Refused):
            yield _line("R", outcome.to_dict())
        else:
            yield from _page(outcome)


def _page(tagged: TaggedPage) -> Iterator[str]:
    page = tagged.page
    yield _line(
        "P", {"path": page.path, "line": page.line, "articles": len(tagged.records)}
    )
    for record in tagged.records:
        yield f"A{record.to_json()}\n"
    for leftover in tagged.leftover_dicts():
        yield _line("L", leftover)
    if page.extracted:
        yield _line("S", {"path": page.path, "text": page.text})


def _line(kind: str, item: dict[str, Any]) -> str:
    return f"{kind}{json.dumps(item, ensure_ascii=False)}\n"


def sealed(said: Iterable[str], counts: Counts) -> bytes:
    """The bytes of a part."""
    body = "".join(said).encode("utf-8")
    end = {"sha256": hashlib.sha256(body).hexdigest(), "counts": counts.to_dict()}
    return body + f"E{json.dumps(end, sort_keys=True)}\n".encode()


def opened(data: bytes) -> tuple[bytes, dict[str, Any]] | None:
    """The lines of a part and its counts; None when it is damaged or not whole."""
    cut = data.rfind(b"\n", 0, -1) + 1
    body, end = data[:cut], data[cut:]
    if not (end.startswith(b"E{") and end.endswith(b"}\n")):
        return None
    try:
        found = json.loads(end[1:])
    except ValueError:
        return None
    if found.get("sha256") != hashlib.sha256(body).hexdigest():
        return None
    return body, found["counts"]


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder of parts of an output folder."""

    folder: Path
    #: Where parts are begun.
    in_hand: Path

    @classmethod
    def of(cls, out: Path) -> "Parts":
        """Those of an output folder."""
        return cls(out / FOLDER, out / FOLDER / IN_HAND)

    def prepare(self) -> None:
        """Make the folders; clear away what killed workers left.

        Raises:
            OSError: They cannot be made.
        """
        self.in_hand.mkdir(parents=True, exist_ok=True)
        for left in self.in_hand.iterdir():
            left.unlink(missing_ok=True)

    def claim(self, unit: Unit) -> Path:
        """Say that this process has a unit in hand; the file becomes its part.

        Raises:
            OutputError: The folder is not there, not writable, or full.
        """
        path = self.in_hand / f"{unit.id}.{_HOST}.{os.getpid()}"
        try:
            path.touch()
        except OSError as error:
            raise written_badly(error, path) from error
        return path

    def claimed(self) -> set[str]:
        """Ids of the units that some process has, or had, in hand."""
        return {path.name.partition(".")[0] for path in self.in_hand.iterdir()}

    def put(self, claim: Path, name: str, data: bytes) -> None:
        """Write a part, whole and on the disk, or not at all.

        Raises:
            OutputError: It cannot be written; the disk is full.
        """
        path = self.folder / name
        try:
            with claim.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            path.parent.mkdir(exist_ok=True)
            claim.replace(path)
        except OSError as error:
            claim.unlink(missing_ok=True)
            raise written_badly(error, path) from error

    def get(self, name: str) -> bytes | None:
        """The bytes of a part; None when it is not there."""
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def has(self, name: str, size: int) -> bool:
        """Whether there is a part of this size."""
        try:
            return (self.folder / name).stat().st_size == size
        except OSError:
            return False

    def keep_only(self, in_use: Callable[[str, str], set[str]]) -> None:
        """Delete the parts that nothing refers to.

        Args:
            in_use: The parts in use whose names lie in a range, see `Ledger`.

        Raises:
            OSError: One cannot be deleted.
        """
        for folder in self.folder.iterdir():
            if folder == self.in_hand or not folder.is_dir():
                continue
            # "0" is what comes after "/".
            kept = in_use(f"{folder.name}/", f"{folder.name}0")
            for part in folder.iterdir():
                if f"{folder.name}/{part.name}" not in kept:
                    part.unlink(missing_ok=True)


def written_badly(error: OSError, path: Path) -> OutputError:
    """The news that something could not be written."""
    problem = f"the output cannot be written: {error.strerror or error}"
    return OutputError(problem, path=path)
