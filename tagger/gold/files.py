"""Text files of annotations, line by line; compressed ones too."""

import lzma
from collections.abc import Iterator
from gzip import GzipFile
from lzma import LZMAFile
from pathlib import Path
from typing import BinaryIO

from tagger.errors import NothingToReadError, UnreadableFileError


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    r"""Number, from 1, and text of each line, without its ``\n`` or ``\r\n``.

    Raises:
        NothingToReadError: There is no such file.
        UnreadableFileError: It cannot be opened or is not UTF-8.
    """
    try:
        with _opened(path) as file:
            for number, line in enumerate(file, 1):
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
                yield number, text.rstrip("\r\n")
    except FileNotFoundError as error:
        raise NothingToReadError("no such file", path=path) from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"is not UTF-8: {error.reason} at byte {error.start} of a line; "
            "convert it first",
            path=path,
        ) from error
    except (OSError, lzma.LZMAError, EOFError) as error:
        raise UnreadableFileError(f"cannot be read: {error}", path=path) from error


def _opened(path: Path) -> BinaryIO | GzipFile | LZMAFile:
    match path.suffix:
        case ".xz":
            return LZMAFile(path)
        case ".gz":
            return GzipFile(path)
        case _:
            return path.open("rb")


def text_of(path: Path) -> str:
    """The whole text, line ends as they are.

    Raises:
        NothingToReadError: There is no such file.
        UnreadableFileError: It cannot be opened or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise NothingToReadError("no such file", path=path) from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"is not UTF-8: {error.reason} at byte {error.start}; convert it first",
            path=path,
        ) from error
    except OSError as error:
        raise UnreadableFileError(f"cannot be read: {error}", path=path) from error
