"""brat's standoff: ``a.txt`` is the text, ``a.ann`` has lines ``T1 PER 0 3 陈立文``."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tagger.errors import GoldError, NothingToReadError
from tagger.gold.auditing import Audit
from tagger.gold.files import lines_of, text_of
from tagger.gold.raw import RawDocument, RawSpan
from tagger.scoring.documents import Document

_SPAN: Final = re.compile(r"(T\d+)\t(\S+) ([\d; ]+)(?:\t(.*))?")


def read_brat(path: Path, audit: Audit) -> Iterator[RawDocument]:
    """The documents of a folder, or the one of a file; their ids are the files' names.

    Spans in several parts are refused: names are in one piece here.

    Raises:
        NothingToReadError: A text or an annotation file is missing.
        GoldError: A line is no annotation.
    """
    texts = sorted(path.rglob("*.txt")) if path.is_dir() else [path.with_suffix(".txt")]
    if not texts:
        raise NothingToReadError("no .txt files here", path=path)
    for file in texts:
        name = file.relative_to(path).with_suffix("") if path.is_dir() else file.stem
        yield _document(file, Path(name).as_posix(), audit)


def _document(file: Path, name: str, audit: Audit) -> RawDocument:
    annotations = file.with_suffix(".ann")
    spans = []
    for number, line in lines_of(annotations):
        if not line.startswith("T"):
            continue  # relations, notes and attributes are about spans, they are none
        found = _SPAN.fullmatch(line)
        if found is None:
            problem = "no brat annotation such as T1<tab>PER 0 3<tab>陈立文"
            raise GoldError(problem, path=annotations, line=number)
        if ";" in found[3]:
            audit.read += 1
            problem = f"{found[1]} {found[4]!r} is in several parts"
            audit.refuse(name, number, problem, annotations)
            continue
        start, end = map(int, found[3].split())
        spans.append(RawSpan(start, end, found[2], found[4]))
    return RawDocument(name, text_of(file), tuple(spans), path=annotations)


def write_brat(documents: Sequence[Document], folder: Path) -> None:
    """Write a pair of files for each document.

    Raises:
        GoldError: An id cannot be a file's name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for document in documents:
        if Path(document.id).name != document.id:
            raise GoldError(f"id {document.id!r} cannot be a file's name", path=folder)
        lines = [
            f"T{number}\t{label} {start} {end}\t{_one_line(document.text[start:end])}\n"
            for number, (start, end, label) in enumerate(document.spans or (), 1)
        ]
        stem = folder / document.id
        stem.with_name(f"{document.id}.txt").write_text(
            document.text, encoding="utf-8", newline=""
        )
        stem.with_name(f"{document.id}.ann").write_text(
            "".join(lines), encoding="utf-8", newline="\n"
        )


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())
