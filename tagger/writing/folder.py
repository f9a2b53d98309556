"""An output folder: what a run said, in files that appear when it ended well."""

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tagger.errors import SettingsError
from tagger.files import whole_file
from tagger.outcomes import Outcome, Refused, Summary, TaggedPage
from tagger.records import Record
from tagger.writing.coloured import article_page, index_page, title_of
from tagger.writing.table import write_table


def write_folder(
    folder: Path,
    outcomes: Iterable[Outcome],
    *,
    table: bool = False,
    html: bool = False,
) -> Summary:
    """Write every outcome as it comes.

    ``articles.jsonl`` (with ``table``, ``articles.csv`` in its stead),
    ``refused.jsonl``, ``leftovers.jsonl`` (what belongs to no article), ``sources/``
    (the text of pages that were not text files), with ``html`` also ``html/``.

    Raises:
        SettingsError: The folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            name = "articles.csv" if table else "articles.jsonl"
            articles, refused, leftovers = (
                stack.enter_context(whole_file(folder / file))
                for file in (name, "refused.jsonl", "leftovers.jsonl")
            )
            desk = _Desk(folder, refused, leftovers, html=html)
            write = write_table if table else _write_lines
            write(desk.records(outcomes), articles)
        desk.finish()
    except OSError as error:
        problem = f"the output cannot be written: {error.strerror}"
        raise SettingsError(problem, path=error.filename or folder) from error
    return desk.summary


@dataclass(slots=True)
class _Desk:
    """Passes records on and files everything else that comes with them."""

    folder: Path
    refused: IO[str]
    leftovers: IO[str]
    html: bool
    summary: Summary = field(default_factory=Summary)
    index: list[tuple[str, list[str]]] = field(default_factory=list)

    def records(self, outcomes: Iterable[Outcome]) -> Iterator[Record]:
        """Yield the records of all outcomes in order."""
        for outcome in outcomes:
            self.summary.add(outcome)
            if isinstance(outcome, Refused):
                self.refused.write(_line(outcome.to_dict()))
            else:
                self._file(outcome)
                yield from outcome.records

    def _file(self, tagged: TaggedPage) -> None:
        page = tagged.page
        self.leftovers.writelines(map(_line, tagged.leftover_dicts()))
        if page.extracted:
            _write(self.folder / "sources" / f"{page.path}.txt", page.text)
        if self.html:
            name = f"{page.path}-{page.line}" if page.line else page.path
            html = article_page(name, tagged.records)
            _write(self.folder / "html" / f"{name}.html", html)
            self.index.append((name, [title_of(record) for record in tagged.records]))

    def finish(self) -> None:
        """Write what can only be written at the end."""
        if self.html:
            _write(self.folder / "html" / "index.html", index_page(self.index))


def _write_lines(records: Iterable[Record], file: IO[str]) -> None:
    file.writelines(f"{record.to_json()}\n" for record in records)


def _line(item: dict[str, Any]) -> str:
    return json.dumps(item, ensure_ascii=False) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        file.write(text)
