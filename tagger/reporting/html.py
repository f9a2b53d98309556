"""HTML made of values: text is escaped because it cannot be otherwise."""

from collections.abc import Mapping
from html import escape
from typing import Final

from tagger.reporting.words import Text

_EMPTY_ELEMENTS: Final = frozenset({"meta", "input", "br"})


class Html(str):
    """Text that is HTML already; made by this module only."""

    __slots__ = ()


Child = Html | Text | str


def h(name: str, attributes: Mapping[str, str] | None, *children: Child) -> Html:
    """An element. Children that are plain text, and all attributes, are escaped."""
    listed = "".join(
        f' {key}="{escape(value, quote=True)}"'
        for key, value in (attributes or {}).items()
    )
    if name in _EMPTY_ELEMENTS:
        return Html(f"<{name}{listed}>")
    return Html(f"<{name}{listed}>{join(*children)}</{name}>")


def join(*children: Child) -> Html:
    """Elements and texts behind each other; a `Text` in both languages."""
    return Html("".join(map(_child, children)))


def raw(trusted: str) -> Html:
    """Our own styles and scripts, which must not be escaped."""
    return Html(trusted)


def _child(child: Child) -> str:
    if isinstance(child, Html):
        return child
    if isinstance(child, Text):
        return both(child)
    return escape(child)


def both(text: Text, name: str = "span") -> str:
    """Words in both languages, of which the page shows one."""
    if text.en == text.zh:
        return escape(text.en)
    return (
        f'<{name} lang="en">{escape(text.en)}</{name}>'
        f'<{name} lang="zh-Hans">{escape(text.zh)}</{name}>'
    )
