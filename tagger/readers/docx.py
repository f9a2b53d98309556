"""The text of a Word document, a line a paragraph."""

import io
import zipfile
from typing import Any, Final

from tagger.errors import MissingExtraError, TooLargeError, UnreadableFileError

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLANKS: Final = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}


def docx_text(data: bytes, most: int) -> str:
    """All paragraphs in order, those of tables and text boxes included.

    Raises:
        MissingExtraError: python-docx is not installed.
        TooLargeError: Unpacked it would be larger than ``most`` bytes.
        UnreadableFileError: It is not a Word document, or damaged.
    """
    try:
        import docx  # noqa: PLC0415 an extra
    except ImportError as error:
        raise MissingExtraError(
            'reading .docx needs an extra: pip install "tagger[docx]"'
        ) from error
    try:
        _check_size(data, most)
        body = docx.Document(io.BytesIO(data)).element.body
    except TooLargeError:
        raise
    except Exception as error:  # lxml, zipfile and docx share no root
        raise UnreadableFileError(f"not a Word document: {error}") from error
    return "\n".join(_paragraphs(body))


def _check_size(data: bytes, most: int) -> None:
    """Refuse a zip bomb before it goes off."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(item.file_size for item in archive.infolist())
    if size > most:
        raise TooLargeError(f"{size:,} bytes unpacked, the limit is {most:,}")


def _paragraphs(body: Any) -> list[str]:
    """The text of every paragraph; Word keeps text boxes twice, we read them once."""
    return [
        _text(paragraph)
        for paragraph in body.iter(f"{_WORD}p")
        if not any(
            above.tag.endswith("}Fallback") for above in paragraph.iterancestors()
        )
    ]


def _text(paragraph: Any) -> str:
    """A paragraph's own text, without that of text boxes anchored in it."""
    return "".join(
        _BLANKS.get(element.tag) or element.text or ""
        for element in paragraph.iter(f"{_WORD}t", *_BLANKS)
        if next(element.iterancestors(f"{_WORD}p")) is paragraph
    )
