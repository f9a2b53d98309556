"""Why a page was cut where it was, and what about an article looks wrong."""

from enum import StrEnum


class Reason(StrEnum):
    """A code in an article's ``cut.reasons``."""

    PAGE_START = "page-start"
    HEADLINE = "headline"
    OPENING = "opening"
    AFTER_BYLINE = "after-byline"
    ONE_ARTICLE = "one-article"
    NO_TITLE = "no-title"
    NO_BYLINE = "no-byline"
    BEGINNING_LOST = "beginning-lost"
    END_LOST = "end-lost"
    VERY_SHORT = "very-short"

    @property
    def zh(self) -> str:
        """The reason as an archivist reads it."""
        return _WORDS[self]


_WORDS = {
    Reason.PAGE_START: "版面开头",
    Reason.HEADLINE: "有标题",
    Reason.OPENING: "有电头",
    Reason.AFTER_BYLINE: "上文已署名",
    Reason.ONE_ARTICLE: "按单篇处理",
    Reason.NO_TITLE: "没有标题",
    Reason.NO_BYLINE: "没有署名",
    Reason.BEGINNING_LOST: "开头可能缺失",
    Reason.END_LOST: "结尾可能缺失",
    Reason.VERY_SHORT: "篇幅很短",
}
