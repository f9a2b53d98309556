"""The scheme articles are filed under: sections with names, definitions and codes."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tagger.errors import SettingsError

SHIPPED: Final = Path(__file__).with_name("sections.toml")
_KNOWN: Final = {"key", "name", "definition", "codes"}


@dataclass(frozen=True, slots=True)
class Code:
    """The class of another scheme that a section comes nearest to."""

    #: ``iptc`` (Media Topics) or ``gb20093`` (GB/T 20093, first-level class).
    system: str
    value: str
    #: Whether somebody looked it up in that scheme.
    verified: bool


@dataclass(frozen=True, slots=True)
class SchemeSection:
    """One shelf."""

    key: str
    name: str
    definition: str = ""
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """All shelves, in the order they are shown."""

    sections: tuple[SchemeSection, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """What records and gold call the sections."""
        return tuple(section.key for section in self.sections)

    @property
    def names(self) -> tuple[str, ...]:
        """What readers call them."""
        return tuple(section.name for section in self.sections)


def read_scheme(path: Path = SHIPPED) -> Scheme:
    """Read a scheme's TOML: tables ``[[section]]`` with ``key`` and ``name``.

    Raises:
        SettingsError: The file is missing or no TOML, a key is unknown, missing or
            given twice, or there are fewer than two sections.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        sections = tuple(_section(item) for item in table["section"])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"no scheme: {error}", path=path) from error
    except (KeyError, TypeError, ValueError) as error:
        raise SettingsError(
            f"a scheme needs [[section]] tables with key and name: {error}", path=path
        ) from error
    keys = [section.key for section in sections]
    if len(keys) < 2 or len(set(keys)) < len(keys):
        raise SettingsError("needs two sections or more, each key once", path=path)
    return Scheme(sections)


def _section(item: dict[str, Any]) -> SchemeSection:
    if strange := item.keys() - _KNOWN:
        raise ValueError(f"unknown keys {sorted(strange)}")
    codes = tuple(
        Code(code["system"], code["value"], bool(code.get("verified", False)))
        for code in item.get("codes", [])
    )
    return SchemeSection(item["key"], item["name"], item.get("definition", ""), codes)
