"""Article files, read whole: every problem of a file is told, not the first alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tagger.corpus.articles import CorpusArticle, Part, Role
from tagger.corpus.front import FrontError, read_front
from tagger.corpus.markup import MarkedLine, MarkError, read_line
from tagger.errors import GoldError, NothingToReadError
from tagger.records import Entity

#: Layout marks at the head of a line, and what the line is. Taken off, not printed.
_LAYOUT: Final = {
    "# ": Role.TITLE,
    "## ": Role.SUBHEAD,
    "> ": Role.KICKER,
    "@ ": Role.BYLINE,
}
_LAYOUT_MARK: Final = re.compile(r"##? |[>@] ")
_LOOKS_LIKE_LAYOUT: Final = re.compile(r"[#>@]")
_ID: Final = re.compile(r"a\d{4}")


@dataclass(slots=True)
class _Body:
    """An article's text as it grows line by line."""

    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def add(self, line: MarkedLine, role: Role | None) -> None:
        if self.text:
            self.text += "\n"
        start = len(self.text)
        self.text += line.text
        self.entities += [
            Entity(start + e.start, start + e.end, e.label) for e in line.entities
        ]
        if role is not None:
            self.parts.append(Part(start, len(self.text), role))
        self.parts += [Part(start + s, start + e, Role.BYLINE) for s, e in line.bylines]


def article_paths(folder: Path) -> list[Path]:
    """The files of a corpus's articles in the order of their ids.

    Raises:
        NothingToReadError: There is none.
    """
    paths = sorted((folder / "articles").glob("*.txt"))
    if not paths:
        raise NothingToReadError("no articles/*.txt here", path=folder)
    return paths


def read_whole(folder: Path) -> list[CorpusArticle]:
    """Every article of a corpus that has been checked.

    Raises:
        GoldError: One does not parse; the first problem.
        NothingToReadError: There is none.
    """
    articles = []
    for path in article_paths(folder):
        read = read_article(path)
        if isinstance(read, list):
            raise read[0]
        articles.append(read)
    return articles


def read_article(path: Path) -> CorpusArticle | list[GoldError]:
    """Read one file: the article, or everything that is wrong with it."""
    try:
        content = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        return [GoldError(f"not UTF-8: {error}", path=path)]
    return parse_article(path, content)


def parse_article(path: Path, content: str) -> CorpusArticle | list[GoldError]:
    """Read the content of an article's file; its id is the name of ``path``."""
    problems: list[GoldError] = []
    if not _ID.fullmatch(path.stem):
        problem = f"an article's file is named like a0001.txt, not {path.name}"
        problems.append(GoldError(problem, path=path))
    lines = content.removesuffix("\n").split("\n")
    try:
        front, taken = read_front(lines)
    except FrontError as error:
        return [*problems, GoldError(str(error), path=path, line=error.line)]
    body = _Body()
    for number, line in enumerate(lines[taken:], taken + 1):
        try:
            _add(body, line)
        except MarkError as error:
            problems.append(GoldError(str(error), path=path, line=number))
    problems += [GoldError(p, path=path, line=taken + 1) for p in _lacking(body)]
    if problems:
        return problems
    entities, parts = tuple(body.entities), tuple(sorted(body.parts))
    return CorpusArticle(path.stem, front, body.text, entities, parts)


def _add(body: _Body, line: str) -> None:
    """Add a line of the file to the text.

    Raises:
        MarkError: A mark in the line is wrong, or the line ends with a blank.
    """
    if line != line.rstrip():
        raise MarkError("a line ends with a blank")
    mark = _LAYOUT_MARK.match(line)
    if mark is None:
        if _LOOKS_LIKE_LAYOUT.match(line):
            raise MarkError(f"a layout mark is '# ', '## ', '> ' or '@ ': {line[:8]}…")
        body.add(read_line(line), None)
        return
    role = _LAYOUT[mark[0]]
    marked = read_line(line[mark.end() :])
    if marked.bylines:
        raise MarkError("braces are for bylines inside a paragraph")
    if not marked.text or marked.text[0].isspace():
        raise MarkError(f"{mark[0]!r} is followed by text and one blank only")
    body.add(marked, role)


def _lacking(body: _Body) -> Iterator[str]:
    if not any(map(str.isalnum, body.text)):
        yield "no text below the head"
    elif body.text != body.text.strip("\n"):
        yield "blank lines at the beginning or the end of the text"
    if "\r" in body.text or "\t" in body.text:
        yield "line ends are \\n alone, and there are no tabs"
