"""The head of an article's file: ``key: value`` lines between two lines ``---``."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Final, TypeVar

from tagger.corpus.articles import Front, Kind
from tagger.labels import Section

FENCE: Final = "---"
_KEYS: Final = ("date", "place", "sections", "writer", "kind", "column")
_REQUIRED: Final = _KEYS[:5]
_YEARS: Final = range(2015, 2027)
PROVINCES: Final = (
    "北京市 天津市 河北省 山西省 内蒙古自治区 辽宁省 吉林省 黑龙江省 上海市 江苏省 "
    "浙江省 安徽省 福建省 江西省 山东省 河南省 湖北省 湖南省 广东省 广西壮族自治区 "
    "海南省 重庆市 四川省 贵州省 云南省 西藏自治区 陕西省 甘肃省 青海省 "
    "宁夏回族自治区 新疆维吾尔自治区 台湾省 香港特别行政区 澳门特别行政区"
).split()
_E = TypeVar("_E", bound=StrEnum)


class FrontError(ValueError):
    """A line of the head that is wrong; ``line`` counts from 1 in the file."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


def read_front(lines: Sequence[str]) -> tuple[Front, int]:
    """Read the head of a file.

    Returns:
        The head, and how many lines it takes with both fences.

    Raises:
        FrontError: A key is missing, unknown or given twice, or a value is wrong.
    """
    if not lines or lines[0] != FENCE or FENCE not in lines[1:]:
        raise FrontError(f"a file begins with a head between two lines {FENCE!r}", 1)
    end = lines.index(FENCE, 1)
    values: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(lines[1:end], 2):
        key, colon, value = line.partition(":")
        if not colon or not value.strip():
            raise FrontError(f"expected 'key: value', was {line!r}", number)
        if key in values:
            raise FrontError(f"{key!r} is given twice", number)
        if key not in _KEYS:
            raise FrontError(_unlike(key, _KEYS, "key"), number)
        values[key] = value.strip(), number
    missing = [key for key in _REQUIRED if key not in values]
    if missing:
        raise FrontError(f"missing: {', '.join(missing)}", end + 1)
    return _front(values), end + 1


def _front(values: Mapping[str, tuple[str, int]]) -> Front:
    column = values.get("column")
    return Front(
        date=_date(*values["date"]),
        place=_place(*values["place"]),
        sections=_sections(*values["sections"]),
        writer=_writer(*values["writer"]),
        kind=_one_of(Kind, *values["kind"]),
        column=column[0] if column else None,
    )


def _date(value: str, line: int) -> date:
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise FrontError(f"a date is like 2024-12-06, was {value!r}", line) from error
    if day.year not in _YEARS:
        raise FrontError(
            f"the corpus is of {_YEARS[0]} to {_YEARS[-1]}, not {value}", line
        )
    return day


def _place(value: str, line: int) -> str:
    if not value.startswith(tuple(PROVINCES)):
        problem = f"a place begins with its province, as in 山西省晋城市, was {value!r}"
        raise FrontError(problem, line)
    return value


def _sections(value: str, line: int) -> tuple[Section, ...]:
    names = [name.strip() for name in value.split(",")]
    sections = tuple(_one_of(Section, name, line) for name in names)
    if len(sections) > 3 or len(set(sections)) < len(sections):
        raise FrontError("a primary section and at most two others, each once", line)
    return sections


def _writer(value: str, line: int) -> str:
    if not re.fullmatch(r"w\d\d", value):
        raise FrontError(f"a writer is like w01, was {value!r}", line)
    return value


def _one_of(kind: type[_E], value: str, line: int) -> _E:
    try:
        return kind(value)
    except ValueError:
        members = [str(member) for member in kind]
        problem = _unlike(value, members, kind.__name__.lower())
        raise FrontError(problem, line) from None


def _unlike(value: str, members: Sequence[str], what: str) -> str:
    close = get_close_matches(value, members, 1)
    hint = f" — did you mean {close[0]}?" if close else ""
    return f"{what} {value!r} is none of {', '.join(members)}{hint}"
