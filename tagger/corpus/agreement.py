"""The second annotations: the same articles, marked by someone who saw no first marks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tagger.corpus.articles import CorpusArticle
from tagger.corpus.reading import read_article
from tagger.errors import GoldError, NothingToReadError
from tagger.scoring.agreement import Agreement
from tagger.scoring.agreement import agreement as of_documents
from tagger.scoring.documents import Document, Filing, Span
from tagger.scoring.statistics import Resampling


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A name, or a section, that only one of the two annotators has."""

    article: str
    what: str
    first: str | None
    second: str | None


def second_annotations(folder: Path) -> list[tuple[CorpusArticle, CorpusArticle]]:
    """First and second annotation of every article in ``second/``.

    Raises:
        NothingToReadError: There is none.
        GoldError: One does not parse, or its text is not that of the article.
    """
    paths = sorted((folder / "second").glob("*.txt"))
    if not paths:
        raise NothingToReadError("no second/*.txt here", path=folder)
    return [(_whole(folder / "articles" / p.name), _whole(p)) for p in paths]


def agreement(pairs: Sequence[tuple[CorpusArticle, CorpusArticle]]) -> Agreement:
    """F1 on names with intervals over articles, Cohen's kappa on sections.

    Raises:
        GoldError: The two texts of an article differ.
    """
    for first, second in pairs:
        if first.text != second.text:
            at = _first_difference(first.text, second.text)
            problem = (
                f"second/{second.id}.txt reads {second.text[at : at + 12]!r} "
                f"where the article has {first.text[at : at + 12]!r}"
            )
            raise GoldError(problem)
    ours = [to_document(first) for first, _ in pairs]
    theirs = [to_document(second) for _, second in pairs]
    return of_documents(ours, theirs, Resampling())


def disagreements(
    pairs: Sequence[tuple[CorpusArticle, CorpusArticle]],
) -> Iterator[Disagreement]:
    """Yield every name marked otherwise by one of the two, and every section."""
    for first, second in pairs:
        ours, theirs = _marks(first), _marks(second)
        for key in sorted(ours ^ theirs):
            shown = f"{first.text[key[0] : key[1]]} {key[2]} @{key[0]}"
            yield Disagreement(
                first.id,
                "name",
                shown if key in ours else None,
                shown if key in theirs else None,
            )
        if first.front.sections != second.front.sections:
            yield Disagreement(
                first.id,
                "sections",
                " ".join(first.front.sections),
                " ".join(second.front.sections),
            )


def to_document(article: CorpusArticle) -> Document:
    """The article as the scores see it."""
    spans = tuple(Span(e.start, e.end, str(e.label)) for e in article.entities)
    primary, *further = map(str, article.front.sections)
    return Document(article.id, article.text, spans, Filing(primary, tuple(further)))


def _marks(article: CorpusArticle) -> set[tuple[int, int, str]]:
    return {(e.start, e.end, str(e.label)) for e in article.entities}


def _first_difference(a: str, b: str) -> int:
    pairs = enumerate(zip(a, b, strict=False))
    return next((n for n, (x, y) in pairs if x != y), min(len(a), len(b)))


def _whole(path: Path) -> CorpusArticle:
    if not path.is_file():
        raise GoldError("no such article", path=path)
    read = read_article(path)
    if isinstance(read, list):
        raise read[0]
    return read
