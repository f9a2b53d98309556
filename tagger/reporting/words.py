"""What reports say, in English and Chinese."""

from typing import NamedTuple


class Text(NamedTuple):
    """The same words in both languages."""

    en: str
    zh: str


def same(words: str) -> Text:
    """Words that need no translation, such as a label."""
    return Text(words, words)


SCHEMAS = {
    "strict": Text("strict: edges and type", "严格：边界与类型"),
    "exact": Text("exact: edges", "边界全对"),
    "type": Text("type: overlap and type", "类型对、有重叠"),
    "partial": Text("partial: overlap counts half", "部分：重叠计半"),
    "fuzzy": Text("fuzzy (HIPE)", "模糊（HIPE）"),
}

SLICINGS = {
    "training": Text("seen in training", "训练中是否见过"),
    "length": Text("characters of the name", "名称字数"),
    "rare": Text("rarest character", "最生僻的字"),
    "latin": Text("foreign letters, digits", "字母与数字"),
    "wrap": Text("over a line end", "是否跨行"),
    "zone": Text("part of the article", "所在部位"),
    "section": Text("section", "版类"),
    "source": Text("source", "来源"),
    "month": Text("month", "月份"),
    "article": Text("characters of the article", "文章字数"),
}

BUCKETS = {
    "seen": Text("seen", "见过"),
    "seen as another type": Text("seen as another type", "见过而类型不同"),
    "unseen": Text("unseen", "未见过"),
    "common": Text("common (GB 2312 level 1)", "常用（一级字）"),
    "uncommon": Text("uncommon (level 2)", "次常用（二级字）"),
    "rare": Text("rare (neither)", "生僻（表外字）"),
    "none": Text("none", "无"),
    "Latin or digits": Text("Latin or digits", "有字母或数字"),
    "one line": Text("on one line", "未跨行"),
    "over a line end": Text("over a line end", "跨行"),
    "headline": Text("headline", "标题"),
    "byline": Text("byline", "署名电头"),
    "lead": Text("lead", "导语"),
    "body": Text("body", "正文"),
    "under 100": Text("under 100", "不足100"),
    "other": Text("other", "其他"),
    "unknown": Text("unknown", "未知"),
}

SECTION_SCORES = {
    "sections.primary": Text("primary section right", "主类正确率"),
    "sections.in_set": Text("primary among the gold's", "主类属于应有各类"),
    "sections.exact": Text("set exactly right", "各类全对"),
    "sections.example.f1": Text("F1, mean of articles", "逐篇F1均值"),
    "sections.micro.f1": Text("F1, micro", "微平均F1"),
    "sections.macro.f1": Text("F1, mean of sections", "逐类F1均值"),
    "sections.top3.r": Text("primary among first three", "前三含主类"),
    "sections.ece": Text("calibration error (less is better)", "校准误差（小为好）"),
    "sections.brier": Text("Brier score (less is better)", "Brier分（小为好）"),
}

BASELINES = {
    "majority": Text("always the commonest", "一律最多的一类"),
    "keywords": Text("keywords of the headline", "标题关键词"),
}

CUT_SCORES = {
    "cuts.": Text("borders", "边界"),
    "cuts.line.": Text("borders within a line", "边界，差一行以内"),
    "cuts.articles.": Text("articles exactly right", "整篇切对"),
}

CUT_SHARES = {
    "cuts.windowdiff": Text("WindowDiff (less is better)", "WindowDiff（小为好）"),
    "cuts.pk": Text("Pk (less is better)", "Pk（小为好）"),
    "cuts.title": Text("titles right", "标题正确率"),
    "cuts.byline": Text("bylines right", "署名正确率"),
}

THROUGH_SCORES = {
    "through.strict.f1": Text("names, strict F1", "名称，严格F1"),
    "through.tags.f1": Text("tags of the article, F1", "文章标目F1"),
    "through.sections.primary": Text("primary section right", "主类正确率"),
}
EFFORTS = {
    "effort.adds": Text("adds", "补标"),
    "effort.deletes": Text("deletes", "删除"),
    "effort.moves": Text("moves an edge", "改边界"),
    "effort.retypes": Text("changes a type", "改类型"),
    "effort": Text("acts in all, an add as two", "合计，补标计二"),
}
