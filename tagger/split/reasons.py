"""Why a page was cut where it was, and what about an article looks wrong."""

from enum import StrEnum


class Reason(StrEnum):
    """A code in an article's ``cut.reasons``."""

    PAGE_START = "page-start"
    HEADLINE = "headline"
    OPENING = "opening"
    AFTER_BYLINE = "after-byline"
    ONE_ARTICLE = "one-article"
    CONTINUED = "continued"
    CUT_UNSURE = "cut-unsure"
    NO_TITLE = "no-title"
    NO_BYLINE = "no-byline"
    NO_BODY = "no-body"
    BEGINNING_LOST = "beginning-lost"
    END_LOST = "end-lost"
    VERY_SHORT = "very-short"

    @property
    def zh(self) -> str:
        """The reason as an archivist reads it."""
        return _WORDS[self]


_WORDS = {
    Reason.PAGE_START: "版面从这里开始。",
    Reason.HEADLINE: "这里有标题。",
    Reason.OPENING: "正文以电头开始。",
    Reason.AFTER_BYLINE: "上文已经署名收尾。",
    Reason.ONE_ARTICLE: "按一篇文章处理，没有切分。",
    Reason.CONTINUED: "上接或下转其他版面。",
    Reason.CUT_UNSURE: "起止位置不确定，请核对。",
    Reason.NO_TITLE: "没有找到标题。",
    Reason.NO_BYLINE: "没有找到署名。",
    Reason.NO_BODY: "只有标题，没有正文。",
    Reason.BEGINNING_LOST: "正文开头可能缺失。",
    Reason.END_LOST: "正文结尾可能缺失。",
    Reason.VERY_SHORT: "篇幅很短，可能不是完整的文章。",
}
