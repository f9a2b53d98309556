"""Articles to learn filing from: filed by hand, or only found."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tagger.errors import GoldError, NothingToReadError
from tagger.sections.features import Titled
from tagger.standoff import article_text
from tagger.training.corpora import read_jsonl

_LETTERS: Final = re.compile(r"\W+")
#: Letters at either end of a text that tell it from every other.
_ENDS: Final = 60


@dataclass(frozen=True, slots=True)
class Filed:
    """An article and the sections a person gave it, the primary first."""

    article: Titled
    sections: tuple[str, ...]
    #: Whose hand it is from, where known: what is learned from some of a hand's
    #: articles looks better on its others than on a stranger's.
    writer: str = ""


@dataclass(frozen=True, slots=True)
class Pool:
    """A file of articles nobody filed, and which of them are wanted."""

    path: Path
    #: Dates before this (ISO 8601, or the beginning of it) are left out.
    since: str = ""


def read_filed(path: Path, keys: Iterable[str]) -> list[Filed]:
    """Read articles with their sections.

    Args:
        path: JSONL of ``{"text", "sections"}``, with ``"title"`` when it stands apart;
            or a folder that holds one folder of ``.txt`` files for each section.
        keys: The sections there are.

    Raises:
        GoldError: A line lacks a field, or names a section that is none.
        NothingToReadError: The folder has no article of any section.
    """
    known = tuple(keys)
    return _read_folders(path, known) if path.is_dir() else _read_lines(path, known)


def read_pool(pool: Pool) -> Iterator[Titled]:
    """The articles of a pool, without broadcasts of several stories run together."""
    for item in read_jsonl(pool.path):
        if not item.get("multi") and (item.get("date") or pool.since) >= pool.since:
            yield Titled(article_text(item), item.get("title"))


def without(articles: Iterable[Titled], others: Iterable[Titled]) -> Iterator[Titled]:
    """The articles that are neither among the others nor the same as one before."""
    seen = {mark for other in others for mark in _marks(other)}
    for article in articles:
        marks = _marks(article)
        if seen.isdisjoint(marks):
            seen.update(marks)
            yield article


def _read_lines(path: Path, keys: tuple[str, ...]) -> list[Filed]:
    filed = []
    for number, item in enumerate(read_jsonl(path), 1):
        try:
            sections = _sections(item, keys)
            article = Titled(item["text"], item.get("title"))
            filed.append(Filed(article, sections, item.get("writer") or ""))
        except (KeyError, ValueError) as error:
            problem = f"needs text and sections: {error}"
            raise GoldError(problem, path=path, line=number) from error
    return filed


def _sections(item: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    given = item["sections"] if "sections" in item else [item["section"]]
    sections = tuple(dict.fromkeys(given))
    strangers = [section for section in sections if section not in keys]
    if strangers or not sections:
        raise ValueError(f"{strangers or 'nothing'} is none of {', '.join(keys)}")
    return sections


def _read_folders(path: Path, keys: tuple[str, ...]) -> list[Filed]:
    strangers = sorted(
        p.name for p in path.iterdir() if p.is_dir() and p.name not in keys
    )
    if strangers:
        raise GoldError(
            f"folders {', '.join(strangers)} are none of {', '.join(keys)}", path=path
        )
    filed = [
        Filed(Titled(file.read_text("utf-8-sig")), (key,))
        for key in keys
        for file in sorted((path / key).rglob("*.txt"))
    ]
    if not filed:
        raise NothingToReadError("no .txt file in a folder of a section", path=path)
    return filed


def _marks(article: Titled) -> tuple[bytes, bytes]:
    """Digests of a text's beginning, without the headline, and of its end."""
    body = article.text.removeprefix(article.title or article.text.partition("\n")[0])
    letters = _LETTERS.sub("", body) or _LETTERS.sub("", article.text)
    return _digest("a" + letters[:_ENDS]), _digest("z" + letters[-_ENDS:])


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:12]
