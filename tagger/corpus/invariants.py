"""What must hold between articles: no near-duplicates, nobody in two splits."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

from tagger.corpus.articles import CorpusArticle
from tagger.corpus.splits import SplitName, Splits
from tagger.labels import EntityLabel

#: Runs of characters compared, and the share of common runs that is too much. Articles
#: written apart share under 0.04 (the most alike of the first 188).
RUN: Final = 5
NEAR: Final = 0.12
#: Runs in more articles than this are formulas and say nothing; most are in one.
_FORMULA: Final = 60


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles and the Jaccard similarity of their sets of character runs."""

    a: str
    b: str
    similarity: float


def near_duplicates(
    articles: Sequence[CorpusArticle], least: float = NEAR
) -> list[Pair]:
    """Pairs of articles at least that similar, the most similar first."""
    runs = {article.id: _runs(article.text) for article in articles}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for name, own in runs.items():
        for run in own:
            holders[run].append(name)
    shared = Counter(
        pair
        for names in holders.values()
        if 1 < len(names) <= _FORMULA
        for pair in combinations(names, 2)
    )
    pairs = [
        Pair(a, b, count / (len(runs[a]) + len(runs[b]) - count))
        for (a, b), count in shared.items()
    ]
    return sorted(
        (pair for pair in pairs if pair.similarity >= least),
        key=lambda pair: (-pair.similarity, pair.a, pair.b),
    )


def _runs(text: str) -> set[str]:
    letters = "".join(char for char in text if char.isalnum())
    return {letters[n : n + RUN] for n in range(max(1, len(letters) - RUN + 1))}


def shared_persons(
    articles: Sequence[CorpusArticle], splits: Splits, known: frozenset[str]
) -> dict[str, dict[SplitName, str]]:
    """Persons named in two splits, with one article of each.

    Surnames alone (陈女士, 老王, 李某) and ``known`` persons of history may be.
    """
    seen: defaultdict[str, dict[SplitName, str]] = defaultdict(dict)
    for article in articles:
        split = splits[article.id]
        for name in _persons(article):
            if name not in known and not _is_surname(name):
                seen[name].setdefault(split, article.id)
    return {name: where for name, where in sorted(seen.items()) if len(where) > 1}


def _persons(article: CorpusArticle) -> Iterator[str]:
    for entity in article.entities:
        if entity.label is EntityLabel.PER:
            yield "".join(article.text[entity.start : entity.end].split())


def _is_surname(name: str) -> bool:
    """Whether it is 王, 老王, 小欧阳, 王某, 王某某, 阿珍."""
    is_nickname = len(name) <= 3 and name[0] in "老小阿大"
    return len(name) == 1 or is_nickname or "某" in name


def same_titles(articles: Sequence[CorpusArticle]) -> dict[str, list[str]]:
    """Titles that more than one article has, with the articles."""
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for article in articles:
        if article.title:
            holders[article.title].append(article.id)
    return {title: ids for title, ids in holders.items() if len(ids) > 1}


def read_known(folder: Path) -> frozenset[str]:
    """The real persons that any article may name: ``known_persons.txt``, one a line."""
    path = folder / "known_persons.txt"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return frozenset(line.strip() for line in lines if not line.startswith("#"))


def violations(
    articles: Sequence[CorpusArticle], splits: Splits, known: frozenset[str]
) -> Iterator[str]:
    """Yield, in words, everything between articles that must not be."""
    for pair in near_duplicates(articles):
        yield f"{pair.a} and {pair.b} share {pair.similarity:.0%} of their runs"
    for name, where in shared_persons(articles, splits, known).items():
        places = ", ".join(f"{split} ({article})" for split, article in where.items())
        yield f"person {name} is in more than one split: {places}"
    for title, ids in same_titles(articles).items():
        yield f"the title {title!r} stands over {', '.join(ids)}"
