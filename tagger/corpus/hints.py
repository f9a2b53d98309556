"""Where an annotator should look again: nothing here is wrong for certain."""

import re
from collections.abc import Iterator
from typing import Final

from tagger.corpus.articles import CorpusArticle, Role

#: （记者 丁 洁） or （王思宇） at the end: what a byline inside a paragraph looks like.
_SIGNED: Final = re.compile(
    r"[（(][^（）()\n]{0,12}(?:记者|通讯员|实习生)[^（）()\n]*[）)]"
    r"|(?:本报记者|记者|通讯员)[^。\n]{0,12}(?:摄|摄影报道)$",
    re.MULTILINE,
)


def hints(article: CorpusArticle) -> Iterator[str]:
    """Yield what looks forgotten in an article, with a bit of its text."""
    yield from _unmarked_mentions(article)
    bylines = [p for p in article.parts if p.role is Role.BYLINE]
    for match in _SIGNED.finditer(article.text):
        if not any(p.start < match.end() and match.start() < p.end for p in bylines):
            yield f"a byline without braces? {match[0]}"


def _unmarked_mentions(article: CorpusArticle) -> Iterator[str]:
    """Names marked in one place and not in another; inside other marks is fine."""
    covered = [False] * len(article.text)
    names: set[str] = set()
    for entity in article.entities:
        covered[entity.start : entity.end] = [True] * (entity.end - entity.start)
        names.add(article.text[entity.start : entity.end])
    for name in sorted(names):
        if len(name) < 2:
            continue
        for match in re.finditer(re.escape(name), article.text):
            if not any(covered[match.start() : match.end()]):
                around = article.text[max(0, match.start() - 6) : match.end() + 6]
                yield f"{name} is marked elsewhere, not here: …{around!r}…"
