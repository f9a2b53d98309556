"""What reports about two runs say, in English and Chinese."""

from collections.abc import Mapping

from tagger.changes.tally import CutKind, Group, NameKind, PageKind
from tagger.reporting.section_tables import section_name
from tagger.reporting.words import Text, same

PAGES: dict[str, Text] = {
    PageKind.BOTH: Text("in both, compared", "两次都有，已比较"),
    PageKind.ONLY_BEFORE: Text("only before", "只在前次"),
    PageKind.ONLY_AFTER: Text("only after", "只在后次"),
    PageKind.OTHER_TEXT: Text("the file changed, not compared", "文件已变，未比较"),
}
CUTS: dict[str, Text] = {
    CutKind.SAME: Text("cut the same", "起止相同"),
    CutKind.MOVED: Text("begins or ends elsewhere", "起止有变"),
    CutKind.SPLIT: Text("split off another", "从别篇切出"),
    CutKind.MERGED: Text("merged into another", "并入别篇"),
    CutKind.FOUND: Text("new, where there was none", "新增"),
    CutKind.LOST: Text("no article any more", "不再成篇"),
}
NAMES: dict[str, Text] = {
    NameKind.SAME: Text("same", "相同"),
    NameKind.ADDED: Text("added", "新增"),
    NameKind.REMOVED: Text("removed", "删去"),
    NameKind.MOVED: Text("other edges", "边界有变"),
    NameKind.RELABELLED: Text("other type", "类型有变"),
}
PARTS = {
    "kicker": Text("kicker", "引题"),
    "title": Text("title", "标题"),
    "subheads": Text("subheads", "小标题"),
    "byline": Text("byline", "作者"),
    "column": Text("column", "栏目"),
    "date": Text("date", "日期"),
}
_REVIEW = {"new": Text("new", "新增"), "gone": Text("gone", "消失")}
_CHANGED = Text("changed", "改变")
_GROUPS: dict[str, tuple[Text, Mapping[str, Text]]] = {
    "names": (Text("name", "名称"), NAMES),
    "cuts": (Text("article", "文章"), CUTS),
    "sections": (Text("section", "版块"), {}),
    "review": (Text("review", "复核"), _REVIEW),
    "parts": (Text("part", "部分"), {}),
    "pages": (Text("page", "文件"), PAGES),
}


def group_kind(group: Group) -> Text:
    """What kind of change a group of examples is of."""
    what, known = _GROUPS[group[0]]
    how = known.get(group[1], _CHANGED)
    return Text(f"{what.en} {how.en}", f"{what.zh}{how.zh}")


def group_types(group: Group) -> list[Text]:
    """Of which types: labels before and after, sections, a reason, a part."""
    types: list[Text] = []
    match group:
        case ("names", _, *labels):
            types = [same(label) for label in dict.fromkeys(labels) if label]
        case ("sections", before, after):
            types = [section_name(before or None), section_name(after or None)]
        case ("parts", part):
            types = [PARTS[part]]
        case ("review", _, reason):
            types = [same(reason)]
        case _:  # cuts and pages have no types
            pass
    return types
