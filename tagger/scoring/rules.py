"""Which rule of the annotation guidelines decides a mistake, where one does.

An attribution by the look of the spans and of what stands between and around them:
it tells an editor where to read, it is no part of any score.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
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
_EDGES: Final = frozenset(
    {Kind.LEFT_SHORT, Kind.LEFT_LONG, Kind.RIGHT_SHORT, Kind.RIGHT_LONG}
)
_WHITE: Final = re.compile(r"\s")
#: How far a title in 《》 or “” may go on either side of a name.
_TITLE_REACH: Final = 60


@dataclass(frozen=True, slots=True)
class Case:
    """A mistake with the text it stands in."""

    text: str
    kinds: frozenset[Kind]
    gold: tuple[Span, ...]
    predicted: tuple[Span, ...]
    #: What one side has at an edge and the other has not; for one pair.
    edge_parts: tuple[str, ...] = ()

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
    def confuses_place_and_body(self) -> bool:
        """Same edges, one side LOC and the other ORG."""
        labels = {span.label for span in (*self.gold, *self.predicted)}
        return self.kinds == {Kind.WRONG_TYPE} and labels == {"LOC", "ORG"}


_Decides = Callable[[Case], bool]


def case(
    text: str,
    kinds: frozenset[Kind],
    gold: tuple[Span, ...],
    predicted: tuple[Span, ...],
) -> Case:
    """A mistake as the rules look at it."""
    parts: tuple[str, ...] = ()
    if len(gold) == 1 and len(predicted) == 1:
        (g,), (p,) = gold, predicted
        edges = (
            text[min(g.start, p.start) : max(g.start, p.start)],
            text[min(g.end, p.end) : max(g.end, p.end)],
        )
        parts = tuple(part for part in edges if part)
    return Case(text, kinds, gold, predicted, parts)


def rule_of(case: Case) -> str | None:
    """The first rule that the mistake is seen to fall under."""
    for rule, decides in _asked(case.kinds):
        if decides(case):
            return rule
    return None


@cache
def _asked(kinds: frozenset[Kind]) -> tuple[tuple[str, _Decides], ...]:
    """The deciders that can have something to say of mistakes of these kinds."""
    return tuple((rule, decides) for rule, about, decides in _DECIDERS if about & kinds)


def _edge_is(pattern: Callable[[str], object]) -> Callable[[Case], bool]:
    return lambda case: any(pattern(part) for part in case.edge_parts)


def _parts_names(case: Case) -> bool:
    """陈列室的[云川市]… taken for one name although something stands between."""
    return any(
        BETWEEN.search(case.text, a.end, b.start)
        for a, b in zip(case.gold, case.gold[1:], strict=False)
    )


def _has_white_space(case: Case) -> bool:
    spans = (*case.gold, *case.predicted)
    return Kind.WRAP in case.kinds or any(
        _WHITE.search(case.text, span.start, span.end) for span in spans
    )


def _only_quotes_differ(case: Case) -> bool:
    parts = case.edge_parts
    return bool(parts) and all(not part.strip(QUOTES) for part in parts)


def _inside_a_title(case: Case) -> bool:
    if case.kinds != {Kind.SPURIOUS}:
        return False
    (span,) = case.predicted
    before = case.text[max(0, span.start - _TITLE_REACH) : span.start]
    after = case.text[span.end : span.end + _TITLE_REACH]
    return any(
        before.rfind(left) > before.rfind(right) and right in after
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
    return labels == {"LOC"}


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


_ALL: Final = frozenset(Kind)
_NAMES: Final = _ALL - {Kind.SPURIOUS}
_BODIES: Final = frozenset({Kind.MISSED, Kind.WRONG_TYPE})
_TYPE: Final = frozenset({Kind.WRONG_TYPE})

#: The kinds of mistakes a rule is asked about, and how it decides; narrow ones first.
_DECIDERS: Final[tuple[tuple[str, frozenset[Kind], _Decides], ...]] = (
    ("R7", frozenset({Kind.GENERIC}), lambda _: True),
    ("R23", _EDGES, _edge_is(ADDRESS.search)),
    ("R14", frozenset({Kind.TITLE}), lambda _: True),
    ("R13", _ALL, _has_white_space),
    ("R18", _EDGES, _only_quotes_differ),
    ("R3", frozenset({Kind.MERGED}), _parts_names),
    ("R19", _EDGES, _edge_is(PARTY_GROUP.search)),
    ("R21", _EDGES, _edge_is(AUTHORITY.search)),
    ("R24", _EDGES, _edge_is(STATE.search)),
    ("R25", _EDGES, _edge_is(DIRECTION.search)),
    ("R5", _TYPE, _before_a_title),
    ("R2", frozenset({Kind.SPLIT}), _chain_of_places),
    ("R20", _NAMES, _one_character_place),
    ("R6", _BODIES, _gold_body(LEVEL_BODY.search)),
    ("R15", _BODIES, _gold_body(MEDIA.search)),
    ("R17", _BODIES, _gold_body(TEAM_ENDING.search)),
    ("R1", _ALL - {Kind.MISSED, Kind.SPURIOUS}, _not_longest),
    ("R10", _TYPE, _confused(BODY_ENDING.search)),
    ("R22", _TYPE, _confused(BUILT_ENDING.search)),
    ("R11", _TYPE, _confused(PLACE_ENDING.search)),
    ("R16", _NAMES, lambda case: any("·" in name for name in case.names)),
    ("R9", frozenset({Kind.SPURIOUS}), _inside_a_title),
)
