"""The kinds of mistakes that can be made with names."""

from enum import StrEnum


class Kind(StrEnum):
    """What is wrong; a mistake can be of several kinds."""

    MISSED = "missed"
    SPURIOUS = "spurious"
    WRONG_TYPE = "wrong-type"
    LEFT_SHORT = "left-short"
    LEFT_LONG = "left-long"
    RIGHT_SHORT = "right-short"
    RIGHT_LONG = "right-long"
    MERGED = "merged"
    SPLIT = "split"
    WRAP = "broken-by-wrap"
    GENERIC = "generic-word"
    TITLE = "title-swallowed"

    @property
    def zh(self) -> str:
        """The kind in an editor's words."""
        return _NAMES[self]


_NAMES = dict(
    zip(
        Kind,
        "漏标 多标 类型错 左缺 左多 右缺 右多 误并 误拆 断行所致 泛称误标 带入职务".split(),
        strict=True,
    )
)
