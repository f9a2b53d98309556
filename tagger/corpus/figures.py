"""Counts of a corpus: what its datasheet and ``tagger check --stats`` say."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tagger.corpus.articles import CorpusArticle
from tagger.corpus.compiling import by_split
from tagger.corpus.front import PROVINCES
from tagger.corpus.splits import SplitName, read_splits
from tagger.labels import EntityLabel, Section


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over articles; characters are code points of text, names are mentions."""

    articles: int
    #: Page dumps composed of them.
    pages: int
    characters: int
    shortest: int
    longest: int
    names: Mapping[str, int]
    distinct: Mapping[str, int]
    primary: Mapping[str, int]
    #: Articles with the section as primary or further one.
    filed: Mapping[str, int]
    with_further: int
    without_names: int
    without_title: int
    kinds: Mapping[str, int]
    years: Mapping[str, int]
    provinces: Mapping[str, int]


def by_part(folder: Path, articles: Sequence[CorpusArticle]) -> dict[str, Figures]:
    """Figures of ``all`` articles and of each split of the corpus in ``folder``.

    Raises:
        GoldError: An article is in no split.
    """
    pages = {name: _pages(folder, name) for name in SplitName}
    found = {"all": figures(articles, sum(pages.values()))}
    for name, part in by_split(articles, read_splits(folder)).items():
        found[name.value] = figures(part, pages[name])
    return found


def _pages(folder: Path, name: SplitName) -> int:
    path = folder / "pages" / f"{name.value}.jsonl"
    return len(path.read_text("utf-8").splitlines()) if path.is_file() else 0


def figures(articles: Sequence[CorpusArticle], pages: int = 0) -> Figures:
    """Count; sections and provinces without an article count 0."""
    lengths = [len(article.text) for article in articles]
    mentions = [
        (str(entity.label), article.text[entity.start : entity.end])
        for article in articles
        for entity in article.entities
    ]
    fronts = [article.front for article in articles]
    provinces = Counter(p for f in fronts for p in PROVINCES if f.place.startswith(p))
    return Figures(
        articles=len(articles),
        pages=pages,
        characters=sum(lengths),
        shortest=min(lengths, default=0),
        longest=max(lengths, default=0),
        names=_all(EntityLabel, Counter(label for label, _ in mentions)),
        distinct=_all(EntityLabel, Counter(label for label, _ in set(mentions))),
        primary=_all(Section, Counter(str(f.sections[0]) for f in fronts)),
        filed=_all(Section, Counter(str(s) for f in fronts for s in f.sections)),
        with_further=sum(len(f.sections) > 1 for f in fronts),
        without_names=sum(not article.entities for article in articles),
        without_title=sum(article.title is None for article in articles),
        kinds=dict(Counter(str(f.kind) for f in fronts).most_common()),
        years=dict(sorted(Counter(str(f.date.year) for f in fronts).items())),
        provinces=_all(PROVINCES, provinces),
    )


def _all(keys: Iterable[str], counts: Mapping[str, int]) -> dict[str, int]:
    return {str(key): counts.get(str(key), 0) for key in keys}
