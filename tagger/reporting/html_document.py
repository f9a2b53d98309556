"""The frame of a self-contained page.

It loads nothing: styles and the one script are inside, and a content security policy
with the script's digest keeps everything else from running.
"""

import hashlib
from base64 import b64encode
from importlib.resources import files
from typing import Final

from tagger.reporting.html import Html, h, raw
from tagger.reporting.tables import Cell
from tagger.reporting.words import Text

LANGUAGE_BUTTON: Final = h("button", {"type": "button", "id": "language"}, "中文")


def document(title: str, *body: Html) -> str:
    """The whole document around what is on the page."""
    style, script = (_asset(name) for name in ("page.css", "page.js"))
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src 'sha256-{digest}'; form-action 'none'; base-uri 'none'"
    )
    head = h(
        "head",
        None,
        h("meta", {"charset": "utf-8"}),
        h("meta", {"http-equiv": "Content-Security-Policy", "content": policy}),
        h(
            "meta",
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
        ),
        h("title", None, title),
        h("style", None, raw(style)),
    )
    whole = h("body", None, *body, h("script", None, raw(script)))
    html = h("html", {"lang": "en", "data-lang": "en"}, head, whole)
    return f"<!DOCTYPE html>\n{html}\n"


def tile(title: Text, value: Cell, under: Cell) -> Html:
    """A large figure with its range or remark, and what it is."""
    return h(
        "div",
        {"class": "tile"},
        h("b", None, value.text),
        h("span", {"class": "range"}, under.text),
        h("span", None, title),
    )


def _asset(name: str) -> str:
    return files("tagger.reporting").joinpath(name).read_text("utf-8")
