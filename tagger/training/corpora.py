"""Annotated corpora as the trainers see them: evened-out windows with tags."""

import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tagger.errors import GoldError, SettingsError
from tagger.labels import EntityLabel
from tagger.names.tags import encode
from tagger.names.windows import windows
from tagger.normalise import normalise
from tagger.records import Entity


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of evened-out text and its tags, as indices into `names.tags.TAGS`."""

    text: str
    tags: NDArray[np.int64]


def find(path: str, data: Sequence[Path]) -> Path:
    """The first of the folders' files of that name.

    Raises:
        SettingsError: No folder has it.
    """
    for folder in data:
        if (folder / path).exists():
            return folder / path
    raise SettingsError(f"{path} is in none of {', '.join(map(str, data))}")


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a ``.jsonl`` or ``.jsonl.xz`` file.

    Raises:
        GoldError: A line is not a JSON object.
    """
    for number, line in enumerate(read_lines(path), 1):
        try:
            item = json.loads(line)
        except ValueError as error:
            raise GoldError(f"not JSON: {error}", path=path, line=number) from error
        yield item


def read_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a UTF-8 file, also of an ``.xz``."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        yield from file


def read_windows(path: Path, longest: int) -> list[Window]:
    """All windows of an annotated JSONL file (``text``, ``entities``).

    Raises:
        GoldError: An entity lies outside its text, or two overlap.
    """
    found: list[Window] = []
    for number, item in enumerate(read_jsonl(path), 1):
        entities = tuple(
            Entity(start, end, EntityLabel(label))
            for start, end, label in item["entities"]
        )
        try:
            found += to_windows(item["text"], entities, longest)
        except ValueError as error:
            raise GoldError(str(error), path=path, line=number) from error
    return found


def to_windows(
    source: str, entities: tuple[Entity, ...], longest: int
) -> Iterator[Window]:
    """Cut one annotated text as `NameModel` will see it."""
    even = normalise(source)
    placed = []
    for entity in entities:
        start, end = even.from_source(entity.start, entity.end)
        if start < end:
            placed.append(Entity(start, end, entity.label))
    tags = encode(len(even.text), tuple(placed))
    for start, end in windows(even.text, longest):
        yield Window(even.text[start:end], _mended(tags[start:end]))


def _mended(tags: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tags of a window that may have cut a name: a name cut is no name."""
    mended = tags.copy()
    place = 0
    while place < len(mended) and mended[place] and (mended[place] - 1) % 4 in (1, 2):
        mended[place] = 0
        place += 1
    place = len(mended) - 1
    while place >= 0 and mended[place] and (mended[place] - 1) % 4 in (0, 1):
        mended[place] = 0
        place -= 1
    return mended
