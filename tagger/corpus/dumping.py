"""Composed pages as files: text in two encodings, HTML, Word, PDF; and their gold."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any, Final

from tagger.corpus.articles import Role
from tagger.corpus.gold_pages import ComposedPage, gold
from tagger.corpus.pdf import write_pdf
from tagger.errors import MissingExtraError
from tagger.files import write_jsonl
from tagger.readers.files import read_bytes

#: The time every member of a Word file is said to be of: bytes must not vary.
_MOMENT: Final = (2026, 1, 1, 0, 0, 0)


def write_pages(pages: Iterable[ComposedPage], folder: Path, split: str) -> list[Path]:
    """Write a split's pages below ``folder`` and their gold beside: ``train.jsonl``.

    Files of an earlier run that are no pages of this one are removed.

    Raises:
        GoldError: A page does not read back as it was written.
        OSError: A file cannot be written.
    """
    own = folder / split
    own.mkdir(parents=True, exist_ok=True)
    written, items = [], []
    for page in pages:
        path = folder / page.file
        data = dump(page)
        path.write_bytes(data)
        written.append(path)
        items.append(gold_of(page, data))
    for path in set(own.iterdir()) - set(written):
        path.unlink()
    write_jsonl(folder / f"{split}.jsonl", items)
    return written


def gold_of(page: ComposedPage, data: bytes) -> dict[str, Any]:
    """The gold of a page dumped as ``data``, in offsets of the text our readers see.

    Raises:
        GoldError: It does not read back as it was written.
    """
    read_back = read_bytes(data, page.file, Path(page.file).suffix)
    return gold(page, read_back.text)


def dump(page: ComposedPage) -> bytes:
    """The bytes of a page's file.

    Raises:
        GoldError: Its text cannot be written in its format.
        MissingExtraError: python-docx is not installed.
    """
    match Path(page.file).suffix:
        case ".html":
            return "\n".join(_html(page)).encode("utf-8")
        case ".docx":
            return _docx(page.text)
        case ".pdf":
            return write_pdf(page.text.split("\n"))
        case _:
            # Old systems' exports: GB18030 with the line ends of Windows.
            end = "\r\n" if page.encoding == "gb18030" else "\n"
            return page.text.replace("\n", end).encode(page.encoding)


def _html(page: ComposedPage) -> Iterator[str]:
    titles = {
        line.text.text.strip()
        for placed in page.placed
        for line in placed.lines
        if line.role is Role.TITLE
    }
    yield "<!DOCTYPE html>"
    yield '<html lang="zh-CN"><head><meta charset="utf-8">'
    yield f"<title>{page.id}</title></head>"
    yield '<body><div class="page">'
    for line in page.text.split("\n"):
        tag = "h2" if line.strip() in titles else "p"
        if line.strip():
            yield f"<{tag}>{escape(line)}</{tag}>"
    yield "</div></body></html>"


def _docx(text: str) -> bytes:
    try:
        import docx  # noqa: PLC0415 an extra
    except ImportError as error:
        raise MissingExtraError(
            'writing .docx needs an extra: pip install "tagger[docx]"'
        ) from error
    document = docx.Document()
    for line in text.rstrip("\n").split("\n"):
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_times(buffer.getvalue())


def _without_times(data: bytes) -> bytes:
    """The same archive with every member of one moment."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in archive.namelist():
            member = zipfile.ZipInfo(name, _MOMENT)
            copy.writestr(member, archive.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
