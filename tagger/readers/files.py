"""One file to its pages, by its suffix."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from tagger.errors import (
    ChangedFileError,
    EmptyPageError,
    TaggerError,
    TooLargeError,
    UnreadableFileError,
)
from tagger.readers.decoding import decode
from tagger.readers.docx import docx_text
from tagger.readers.html import html_text
from tagger.readers.jsonl import jsonl_pages
from tagger.readers.pdf import pdf_text
from tagger.records import Page

DEFAULT_MAX_BYTES: Final = 64_000_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user said about the input."""

    #: The encoding of text files; None to find it out.
    encoding: str | None = None
    #: Largest file, or line of a JSONL file, and largest text unpacked from one.
    max_bytes: int = DEFAULT_MAX_BYTES


#: Formats whose text has to be taken out: bytes and largest size to text.
_EXTRACTORS: Final[dict[str, Callable[[bytes, int], str]]] = {
    ".docx": docx_text,
    ".htm": html_text,
    ".html": html_text,
    ".pdf": pdf_text,
}
#: How often a file that changes while it is read is read again.
_TRIES: Final = 3
SUFFIXES: Final = frozenset({".jsonl", ".txt", *_EXTRACTORS})


def read(
    path: Path, name: str, options: ReadOptions | None = None
) -> Iterator[Page | TaggerError]:
    """Yield the pages of a file: one, or one a line of a ``.jsonl``.

    What cannot be read is yielded as the error that says why, its path ``name``.
    """
    options = options or ReadOptions()
    try:
        if path.suffix.lower() == ".jsonl":
            with open_regular(path) as file:
                yield from jsonl_pages(file, name, options.max_bytes)
        else:
            data = whole_bytes(path, options.max_bytes)
            yield read_bytes(data, name, path.suffix.lower(), options)
    except TaggerError as error:
        error.path = name
        yield error
    except OSError as error:
        yield UnreadableFileError(error.strerror or str(error), path=name)


def read_bytes(
    data: bytes, name: str, suffix: str = ".txt", options: ReadOptions | None = None
) -> Page:
    """The page that a file's bytes hold.

    Raises:
        TaggerError: The bytes cannot be decoded, or hold no text.
    """
    options = options or ReadOptions()
    extract = _EXTRACTORS.get(suffix)
    if extract:
        text, encoding = extract(data, options.max_bytes), suffix[1:]
    else:
        text, encoding = decode(data, options.encoding)
    if not any(map(str.isalnum, text)):
        what = "no text in it" if data else "the file is empty"
        if suffix == ".pdf":
            what = "no text layer in it; recognise the scanned pages first (OCR)"
        raise EmptyPageError(what, path=name)
    digest = hashlib.sha256(data).hexdigest()
    return Page(text, name, digest, encoding, extracted=extract is not None)


def open_regular(path: Path) -> IO[bytes]:
    """Open a file for reading; anything but a file is refused, never waited for.

    Raises:
        UnreadableFileError: It is a pipe, a device or a socket.
        OSError: It cannot be opened.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnreadableFileError("not a regular file", path=path)
    return os.fdopen(handle, "rb")


def whole_bytes(path: Path, most: int) -> bytes:
    """A file's bytes as they were at one time; never more than ``most``.

    Raises:
        TooLargeError: There are more.
        ChangedFileError: It is being written to all the time.
        UnreadableFileError: It is no file.
        OSError: It cannot be opened or read.
    """
    for _ in range(_TRIES):
        with open_regular(path) as file:
            before = os.fstat(file.fileno())
            data = file.read(most + 1)
            after = os.fstat(file.fileno())
        if len(data) > most:
            size = max(after.st_size, len(data))
            raise TooLargeError(f"{size:,} bytes, the limit is {most:,}")
        same = before.st_mtime_ns == after.st_mtime_ns
        if same and len(data) == before.st_size == after.st_size:
            return data
    raise ChangedFileError("changed while it was read", path=path)
