"""JSON lines: one article a line, each refused or read on its own."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Protocol

from tagger.errors import (
    EmptyPageError,
    TaggerError,
    TooLargeError,
    UnknownEncodingError,
    UnreadableFileError,
)
from tagger.records import Page


class Lines(Protocol):
    """What lines are read from: a file, or part of one."""

    def readline(self, limit: int, /) -> bytes:
        """The next line, or the next ``limit`` bytes of it; empty at the end."""


def jsonl_pages(
    lines: Lines, name: str, most: int, before: int = 0
) -> Iterator[Page | TaggerError]:
    """Yield a page for every line that is not blank, reading one at a time.

    The digest of such a page is that of its text. An error on a line is yielded in
    its place.

    Args:
        lines: Open for reading bytes.
        name: Path that pages and errors carry.
        most: Longest line in bytes.
        before: How many lines of the file come before these.

    Raises:
        OSError: The file cannot be read.
    """
    number = before
    while line := lines.readline(most + 1):
        number += 1
        try:
            if len(line) > most:
                _skip_rest(lines, line, most)
                raise TooLargeError(f"a line of more than {most:,} bytes")
            if line.strip(b"\xef\xbb\xbf \t\r\n"):
                yield _page(line, name, number)
        except TaggerError as error:
            error.path, error.line = name, number
            yield error


def _skip_rest(lines: Lines, line: bytes, most: int) -> None:
    while line and not line.endswith(b"\n"):
        line = lines.readline(most)


def _page(line: bytes, name: str, number: int) -> Page:
    try:
        item = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnknownEncodingError("JSONL must be UTF-8, this line is not") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(f"not JSON: {error}") from error
    text, title, given = _fields(item)
    if not any(map(str.isalnum, text)):
        raise EmptyPageError('no text in "text"')
    for field, value in (("text", text), ("title", title), ("id", given)):
        _refuse_halves(field, value)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Page(text, name, digest, "utf-8", id=given, title=title, line=number)


def _fields(item: Any) -> tuple[str, str | None, str | None]:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise UnreadableFileError('expected an object with "text", a string')
    title, given = item.get("title"), item.get("id")
    if title is not None and not isinstance(title, str):
        raise UnreadableFileError('"title" is not a string')
    return item["text"], title or None, None if given is None else str(given)


def _refuse_halves(field: str, value: str | None) -> None:
    # JSON can spell half a surrogate pair; no UTF-8 can hold it, so no record could
    try:
        (value or "").encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableFileError(f'half a surrogate pair in "{field}"') from error
