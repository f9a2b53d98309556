"""Lists to choose from, in both languages; the page's script filters by them."""

from collections.abc import Iterable
from typing import Final

from tagger.reporting.html import Html, h
from tagger.reporting.words import Text

_ALL: Final = Text("all", "全部")


def select(name: str, title: Text, options: Iterable[Html]) -> Html:
    """A labelled list with "all" first."""
    return h(
        "label", None, title, h("select", {"name": name}, option("", _ALL), *options)
    )


def option(value: str, text: Text, times: int | None = None) -> Html:
    """One choice, with how often there is such a thing behind it when that is given."""
    # an option cannot hold elements: the script picks the language
    often = "" if times is None else f" ({times:,})"
    return h("option", {"value": value, "data-zh": text.zh + often}, text.en + often)
