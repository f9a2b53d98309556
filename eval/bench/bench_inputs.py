"""Folders of any size to tag: articles of shuffled sentences from our own corpus."""

import random
import re
from functools import cache
from pathlib import Path
from typing import Final

from tagger.corpus.articles import Role
from tagger.corpus.reading import read_whole

ROOT: Final = Path(__file__).parents[2]
_SENTENCE: Final = re.compile(r"[^。！？\n]+[。！？]+")
#: A paragraph has so many sentences.
_SENTENCES: Final = 3
_FILES_A_FOLDER: Final = 1000


@cache
def _material() -> tuple[list[str], list[str]]:
    """The corpus's titles and sentences."""
    articles = read_whole(ROOT / "corpus")
    titles = [
        article.text[part.start : part.end]
        for article in articles
        for part in article.parts
        if part.role is Role.TITLE
    ]
    return titles, [s for article in articles for s in _SENTENCE.findall(article.text)]


class Writer:
    """Writes articles; the same ones for the same seed."""

    def __init__(self, seed: int = 20260707) -> None:
        self._random = random.Random(seed)  # noqa: S311 no secret in it
        self._titles, self._sentences = _material()

    def article(self, characters: int) -> str:
        """A title and paragraphs, of about so many characters or a sentence more."""
        text = f"{self._random.choice(self._titles)}\n"
        count = 0
        while len(text) < characters:
            text += "" if count % _SENTENCES else "\n　　"
            text += self._random.choice(self._sentences)
            count += 1
        return f"{text.strip()}\n"

    def folder(self, path: Path, articles: int, characters: int) -> int:
        """Write one file an article; how many characters that came to."""
        total = 0
        for number in range(articles):
            text = self.article(characters)
            file = path / f"{number // _FILES_A_FOLDER:04}" / f"{number:07}.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
            total += len(text)
        return total
