"""Which articles belong to which split: ranges of ids, fixed in ``splits.txt``."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from tagger.errors import GoldError

_FILE: Final = "splits.txt"


class SplitName(StrEnum):
    """What a part of the corpus is for."""

    TRAIN = "train"
    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Splits:
    """Ranges of ids, both ends included, none overlapping another."""

    ranges: tuple[tuple[SplitName, str, str], ...]

    def __getitem__(self, article: str) -> SplitName:
        """The split of an article's id.

        Raises:
            GoldError: It is in none.
        """
        for name, first, last in self.ranges:
            if first <= article <= last:
                return name
        raise GoldError(f"{article} is in no range of {_FILE}")


def read_splits(folder: Path) -> Splits:
    """Read ``splits.txt``: lines ``train a0001 a0385``.

    Raises:
        GoldError: The file is missing, a line is not like that, or ranges overlap.
    """
    path = folder / _FILE
    if not path.is_file():
        raise GoldError("missing: lines like 'train a0001 a0385'", path=path)
    lines = path.read_text("utf-8").splitlines()
    return Splits(tuple(_ranges(path, lines)))


def _ranges(path: Path, lines: list[str]) -> Iterator[tuple[SplitName, str, str]]:
    end = ""
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        words = line.split()
        if len(words) != 3 or words[0] not in list(SplitName):
            problem = f"expected 'train a0001 a0385', was {line!r}"
            raise GoldError(problem, path=path, line=number)
        name, first, last = words
        if not end < first <= last:
            raise GoldError("ranges rise and do not overlap", path=path, line=number)
        end = last
        yield SplitName(name), first, last
