"""Files of an output folder: begun aside, digested as they grow, put in place whole."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final, Self

from tagger.files import whole_file
from tagger.labels import Names
from tagger.records import Record

ARTICLES: Final = "articles.jsonl"
TABLE: Final = "articles.csv"
_ARTICLES: Final = re.compile(r"articles(-\d{5,})?\.jsonl|articles\.csv")
#: Longest name of a file that Linux and macOS take, in bytes.
_LONGEST: Final = 255


class Output:
    """A file that replaces another when it is done."""

    def __init__(self, path: Path, room: Path) -> None:
        self.path = path
        self._aside = room / f"merge-{path.name}"
        self._file: IO[bytes] = self._aside.open("wb", buffering=1 << 20)
        self._digest = hashlib.sha256()
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._aside.unlink(missing_ok=True)

    def write(self, data: bytes) -> None:
        """Append bytes."""
        self._file.write(data)
        self._digest.update(data)
        self.size += len(data)

    def put_in_place(self) -> None:
        """Replace what was there."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._aside.replace(self.path)

    def facts(self) -> dict[str, Any]:
        """Size and digest."""
        return {"bytes": self.size, "sha256": self._digest.hexdigest()}


class Shards:
    """Lines in one file or, beyond a size, in several."""

    def __init__(self, folder: Path, room: Path, most: int) -> None:
        self._folder, self._room, self._most = folder, room, most
        self._files = [self._next(1)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files:
            file.__exit__()

    def write(self, line: bytes) -> None:
        """Append a line."""
        file = self._files[-1]
        if file.size and file.size + len(line) > self._most:
            file = self._next(len(self._files) + 1)
            self._files.append(file)
        file.write(line)

    def outputs(self) -> list[Output]:
        """The files, under the names they are to have."""
        if len(self._files) == 1:
            self._files[0].path = self._folder / ARTICLES
        return self._files

    def _next(self, number: int) -> Output:
        return Output(self._folder / f"articles-{number:05}.jsonl", self._room)


class Text:
    """An output as `csv` writes to it."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def write(self, text: str) -> int:
        """Append text."""
        self._output.write(text.encode("utf-8"))
        return len(text)


@dataclass(slots=True)
class Pages:
    """What has a file a page: texts taken out of formats, and coloured articles."""

    out: Path
    #: Of the sections, as readers know them.
    names: Names
    html: bool
    _index: list[tuple[str, list[str]]] = field(default_factory=list)
    _records: list[Record] | None = None
    _name: str = ""
    #: Files whose names say too little of the page they belong to.
    _shortened: set[Path] = field(default_factory=set)

    def begin(self, line: bytes) -> None:
        """Another page begins."""
        self.end()
        if self.html:
            page = json.loads(line)
            number = page["line"]
            self._name = f"{page['path']}-{number}" if number else page["path"]
            self._records = []

    def record(self, line: bytes) -> None:
        """A record of the page."""
        if self._records is not None:
            self._records.append(Record.from_dict(json.loads(line), self.names))

    def end(self) -> None:
        """The page has no more records."""
        if self._records is None:
            return
        # Imports spaCy, which nothing else here needs.
        from tagger.writing.coloured import article_page, title_of  # noqa: PLC0415

        records, self._records = self._records, None
        self._put("html", f"{self._name}.html", article_page(self._name, records))
        self._index.append((self._name, [title_of(record) for record in records]))

    def source(self, page: dict[str, Any]) -> None:
        """The text of a page that was no text file."""
        self._put("sources", f"{page['path']}.txt", page["text"])

    def finish(self, known: Callable[[str], bool]) -> None:
        """Write the index; clear away files of pages that are no longer known."""
        if self.html:
            from tagger.writing.coloured import index_page  # noqa: PLC0415 as above

            self._put("html", "index.html", index_page(self._index))
        else:
            shutil.rmtree(self.out / "html", ignore_errors=True)
        for kind in ("sources", "html"):
            for file in _files(self.out / kind):
                if not (file in self._shortened or self._belongs(file, kind, known)):
                    file.unlink()

    def _belongs(self, file: Path, kind: str, known: Callable[[str], bool]) -> bool:
        name = file.relative_to(self.out / kind).with_suffix("").as_posix()
        page, dash, line = name.rpartition("-")
        lined = bool(dash) and line.isdigit() and known(page)
        return name == "index" or known(name) or (kind == "html" and lined)

    def _put(self, kind: str, name: str, text: str) -> None:
        path = self.out / kind / shortened(name)
        if path != self.out / kind / name:
            self._shortened.add(path)
        data = text.encode("utf-8")
        if path.is_file() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as file:
            file.write(text)


def shortened(name: str) -> str:
    """A path of which no part is too long to be a file's name."""
    return "/".join(
        part if len(part.encode()) <= _LONGEST else _short(part)
        for part in name.split("/")
    )


def _short(part: str) -> str:
    digest = hashlib.sha256(part.encode()).hexdigest()[:16]
    stem, dot, suffix = part.rpartition(".")
    kept = stem.encode()[: _LONGEST - 32].decode("utf-8", "ignore")
    return f"{kept}~{digest}{dot}{suffix}"


def remove_stale(folder: Path, kept: Collection[str]) -> None:
    """Remove articles of earlier runs that were written in another form."""
    for path in folder.glob("articles*"):
        if _ARTICLES.fullmatch(path.name) and path.name not in kept:
            path.unlink()


def _files(folder: Path) -> Iterator[Path]:
    for name, _, files in os.walk(folder):
        yield from (Path(name, file) for file in files)
