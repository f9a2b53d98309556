"""The text of an HTML page, a line a block."""

import re
from html.parser import HTMLParser
from typing import Final

from tagger.readers.decoding import decode

_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE
)
_SILENT: Final = frozenset(["script", "style", "noscript", "template", "head", "svg"])
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
#: Names that pages give to supersets of the encoding they name.
_SUPERSETS: Final = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}


def html_text(data: bytes, most: int) -> str:
    """The visible text; ``most`` is not needed, HTML does not unpack.

    Raises:
        UnknownEncodingError: The bytes are not what the page declares.
    """
    del most
    declared = _CHARSET.search(data[:4096])
    encoding = declared[1].decode("ascii").lower() if declared else None
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
    if marked or encoding is None:
        text, _ = decode(data)
    else:
        text, _ = decode(data, _SUPERSETS.get(encoding, encoding))
    parser = _Text()
    parser.feed(text)
    parser.close()
    return parser.text()


class _Text(HTMLParser):
    """Gathers text; blocks end lines, blanks inside a line run together."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[list[str]] = [[]]
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "body":
            # A head left open must not silence the page.
            self._silent.clear()
        elif tag in _BLOCKS:
            self._lines.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        elif tag in _BLOCKS:
            self._lines.append([])

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._lines[-1].append(data)

    def text(self) -> str:
        """All lines that hold something."""
        lines = (re.sub(r"[^\S\u3000]+", " ", "".join(line)) for line in self._lines)
        return "\n".join(line.strip(" ") for line in lines if line.strip())
