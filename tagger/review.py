"""Why a person should look at an entry. The thresholds are few and all here."""

from collections.abc import Iterator
from typing import Final

from tagger.records import Article, Entity, SectionGuess

#: Below these an entry is not to be trusted unseen; scores are probabilities.
_SURE_CUT: Final = 0.7
_SURE_NAME: Final = 0.5
_SURE_SECTION: Final = 0.5

_DOUBTS: Final = {
    "cut-unsure": "起止不确定",
    "name-unsure": "有名称不确定",
    "unfiled": "未能归类",
    "section-unsure": "归类不确定",
}


def doubts(
    article: Article,
    entities: tuple[Entity, ...],
    sections: tuple[SectionGuess, ...],
) -> tuple[str, ...]:
    """Codes for what speaks against an entry; empty when nothing does."""
    return tuple(_doubts(article, entities, sections))


def zh(code: str) -> str:
    """A code of `doubts` in an archivist's words."""
    return _DOUBTS[code]


def _doubts(
    article: Article,
    entities: tuple[Entity, ...],
    sections: tuple[SectionGuess, ...],
) -> Iterator[str]:
    if article.confidence < _SURE_CUT:
        yield "cut-unsure"
    if any(e.score is not None and e.score < _SURE_NAME for e in entities):
        yield "name-unsure"
    primary = next((guess for guess in sections if guess.primary), None)
    if primary is None:
        yield "unfiled"
    elif primary.score < _SURE_SECTION:
        yield "section-unsure"
