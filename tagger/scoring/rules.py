"""Which rule of the annotation guidelines decides a mistake, where one does.

An attribution by the look of the spans and of what stands between and around them:
it tells an editor where to read, it is no part of any score.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tagger.scoring.documents import Span
from tagger.scoring.kinds import Kind
from tagger.scoring.words import (
    ADDRESS,
    AUTHORITY,
    BETWEEN,
    BODY_ENDING,
    BUILT_ENDING,
    DIRECTION,
    LEVEL_BODY,
    MEDIA,
    PARTY_GROUP,
    PLACE_ENDING,
    QUOTES,
    STATE,
    TEAM_ENDING,
    TITLE,
)

#: The rules that a mistake can be seen to fall under, in a few words.
RULES: Final = {
    "R1": ("longest span", "取最长"),
    "R2": ("a chain of places is one", "连写地名为一"),
    "R3": ("的, 所属, comma part names", "的、所属、逗号分开"),
    "R5": ("place + office-holder", "地名加职务"),
    "R6": ("bare level + body", "省委、市政府"),
    "R7": ("generic words are nothing", "泛称不标"),
    "R9": ("works, events, products are nothing", "作品活动产品不标"),
    "R10": ("places that act, bodies one goes to", "地点与机构之分"),
    "R11": ("a place stands for its government", "地名代政府"),
    "R13": ("padded or broken names are whole", "空格断行仍为一名"),
    "R14": ("titles are outside", "职务不入名"),
    "R15": ("media are bodies", "媒体为机构"),
    "R16": ("transliterations whole", "译名取全"),
    "R17": ("teams, courts, units", "队、法院、部队"),
    "R18": ("quotes only inside", "引号括号"),
    "R19": ("party groups", "党委党组"),
    "R20": ("one-character places", "单字地名"),
    "R21": ("X方, X籍, X政府", "某方、某籍、某政府"),
    "R22": ("what is built", "建筑设施"),
    "R23": ("surname + form of address", "姓加称呼"),
    "R24": ("国家, 中国 before an organ", "国家、中国加机关"),
    "R25": ("direction words outside", "方位词不入名"),
}
_EDGES: Final = {Kind.LEFT_SHORT, Kind.LEFT_LONG, Kind.RIGHT_SHORT, Kind.RIGHT_LONG}


@dataclass(frozen=True, slots=True)
class Case:
    """A mistake with the text it stands in."""

    text: str
    kinds: frozenset[Kind]
    gold: tuple[Span, ...]
    predicted: tuple[Span, ...]

    def of(self, span: Span) -> str:
        """What a span says."""
        return self.text[span.start : span.end]

    @property
    def names(self) -> tuple[str, ...]:
        """What the gold spans say."""
        return tuple(map(self.of, self.gold))

    @property
    def gold_labels(self) -> set[str]:
        """Types in the gold."""
        return {span.label for span in self.gold}

    @property
    def edge_parts(self) -> tuple[str, ...]:
        """What one side has at an edge and the other has not; for one pair."""
        if len(self.gold) != 1 or len(self.predicted) != 1:
            return ()
        (g,), (p,) = self.gold, self.predicted
        parts = (
            self.text[min(g.start, p.start) : max(g.start, p.start)],
            self.text[min(g.end, p.end) : max(g.end, p.end)],
        )
        return tuple(part for part in parts if part)

    @property
    def confuses_place_and_body(self) -> bool:
        """Same edges, one side LOC and the other ORG."""
        labels = {span.label for span in (*self.gold, *self.predicted)}
        return self.kinds == {Kind.WRONG_TYPE} and labels == {"LOC", "ORG"}


def rule_of(case: Case) -> str | None:
    """The first rule that the mistake is seen to fall under."""
    return next((rule for rule, decides in _DECIDERS if decides(case)), None)


def _edge_is(pattern: Callable[[str], object]) -> Callable[[Case], bool]:
    return lambda case: any(pattern(part) for part in case.edge_parts)


def _parts_names(case: Case) -> bool:
    """陈列室的[云川市]… taken for one name although something stands between."""
    return Kind.MERGED in case.kinds and any(
        BETWEEN.search(case.text, a.end, b.start)
        for a, b in zip(case.gold, case.gold[1:], strict=False)
    )


def _has_white_space(case: Case) -> bool:
    spans = (*case.gold, *case.predicted)
    return Kind.WRAP in case.kinds or any(
        any(map(str.isspace, case.of(span))) for span in spans
    )


def _only_quotes_differ(case: Case) -> bool:
    parts = case.edge_parts
    return bool(parts) and all(not part.strip(QUOTES) for part in parts)


def _inside_a_title(case: Case) -> bool:
    if case.kinds != {Kind.SPURIOUS}:
        return False
    (span,) = case.predicted
    before, after = case.text[: span.start], case.text[span.end :]
    return any(
        before.rfind(left) > before.rfind(right) and right in after[:60]
        for left, right in ("《》", "“”")
    )


def _before_a_title(case: Case) -> bool:
    return bool(
        case.confuses_place_and_body
        and case.gold_labels == {"LOC"}
        and TITLE.match(case.text, case.gold[0].end)
    )


def _chain_of_places(case: Case) -> bool:
    labels = {span.label for span in (*case.gold, *case.predicted)}
    return Kind.SPLIT in case.kinds and labels == {"LOC"}


def _not_longest(case: Case) -> bool:
    shorter = {Kind.SPLIT, Kind.LEFT_SHORT, Kind.RIGHT_SHORT} & case.kinds
    return bool(shorter) and case.gold_labels == {"ORG"}


def _one_character_place(case: Case) -> bool:
    return any(span.label == "LOC" and span.end - span.start == 1 for span in case.gold)


def _gold_body(pattern: Callable[[str], object]) -> Callable[[Case], bool]:
    return lambda case: (
        case.gold_labels == {"ORG"}
        and bool({Kind.MISSED, Kind.WRONG_TYPE} & case.kinds)
        and any(pattern(name) for name in case.names)
    )


def _confused(pattern: Callable[[str], object]) -> Callable[[Case], bool]:
    return lambda case: case.confuses_place_and_body and bool(pattern(case.names[0]))


#: In the order they are asked: the narrow before the wide.
_DECIDERS: Final[tuple[tuple[str, Callable[[Case], bool]], ...]] = (
    ("R7", lambda case: Kind.GENERIC in case.kinds),
    ("R23", _edge_is(ADDRESS.search)),
    ("R14", lambda case: Kind.TITLE in case.kinds),
    ("R13", _has_white_space),
    ("R18", _only_quotes_differ),
    ("R3", _parts_names),
    ("R19", _edge_is(PARTY_GROUP.search)),
    ("R21", _edge_is(AUTHORITY.search)),
    ("R24", _edge_is(STATE.search)),
    ("R25", _edge_is(DIRECTION.search)),
    ("R5", _before_a_title),
    ("R2", _chain_of_places),
    ("R20", _one_character_place),
    ("R6", _gold_body(LEVEL_BODY.search)),
    ("R15", _gold_body(MEDIA.search)),
    ("R17", _gold_body(TEAM_ENDING.search)),
    ("R1", _not_longest),
    ("R10", _confused(BODY_ENDING.search)),
    ("R22", _confused(BUILT_ENDING.search)),
    ("R11", _confused(PLACE_ENDING.search)),
    ("R16", lambda case: any("·" in name for name in case.names)),
    ("R9", _inside_a_title),
)
