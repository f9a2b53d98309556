"""The closed sets: three types of names, nineteen sections.

Sections of a user's own scheme stand beside the nineteen as `OwnSection`.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self


class EntityLabel(StrEnum):
    """What a name names."""

    PER = "PER"
    LOC = "LOC"
    ORG = "ORG"

    @property
    def zh(self) -> str:
        """The label as an archivist reads it."""
        return _LABEL_NAMES[self]


class Section(StrEnum):
    """The shelves an article can be filed under."""

    POLITICS = "politics"
    ECONOMY = "economy"
    ENERGY = "energy"
    TECHNOLOGY = "technology"
    AGRICULTURE = "agriculture"
    TRANSPORT = "transport"
    URBAN = "urban"
    ENVIRONMENT = "environment"
    WELFARE = "welfare"
    HEALTH = "health"
    EDUCATION = "education"
    CULTURE = "culture"
    TOURISM = "tourism"
    LAW = "law"
    SAFETY = "safety"
    SOCIETY = "society"
    SPORTS = "sports"
    MILITARY = "military"
    INTERNATIONAL = "international"

    @property
    def zh(self) -> str:
        """The section's name as printed on a page."""
        return _SECTION_NAMES[self]


class OwnSection(str):
    """A shelf of a user's own scheme: its key, and the name readers know it by."""

    zh: str

    def __new__(cls, key: str, zh: str = "") -> Self:
        """Without a name, readers are shown the key."""
        section = super().__new__(cls, key)
        section.zh = zh or key
        return section


#: What readers know the sections of an own scheme by, key to name.
Names = Mapping[str, str]
NO_NAMES: Final[Names] = MappingProxyType({})


def section_of(key: str, zh: str = "") -> Section | OwnSection:
    """The shelf of that key: one of the nineteen, or one of a user's own scheme."""
    return Section(key) if key in set(Section) else OwnSection(key, zh)


_LABEL_NAMES = {
    EntityLabel.PER: "人物",
    EntityLabel.LOC: "地点",
    EntityLabel.ORG: "机构",
}

_SECTION_NAMES = dict(
    zip(
        Section,
        "时政 经济 能源 科技 农业农村 交通 城建 生态环境 民生保障 卫生健康 "
        "教育 文化 文旅 法治 安全应急 社会 体育 军事 国际".split(),
        strict=True,
    )
)
