"""What a lexicon is made from: word lists, words of raw news, names found in it."""

import csv
import random
import re
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tagger.errors import SettingsError
from tagger.names import NameModel
from tagger.normalise import normalise
from tagger.records import Entity
from tagger.training.corpora import find, read_lines
from tagger.training.lexicon import Tagged, Vectors, stems

#: Where a text is cut before words are counted: 。 and its like, and line ends.
_SENTENCE = re.compile(r"(?<=[。!?;])|\n")
#: Names less sure than this say nothing about a word.
_SURE = 0.6
#: Longest part of a text that is tagged, and how many texts at a time.
_LEAD, _TOGETHER = 2000, 100


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides what comes out, but for the data's bytes."""

    lists: dict[str, list[str]]
    dimensions: int = 50
    least: int = 4
    seed: int = 1


def read_recipe(path: Path, data: Sequence[Path]) -> Recipe:
    """Read ``models/lexicon.toml`` and the lists that it names.

    Raises:
        SettingsError: A key is unknown or missing, or a list is not on disk.
    """
    table = tomllib.loads(path.read_text("utf-8"))
    lists: dict[str, list[str]] = {}
    try:
        for item in table.pop("list"):
            words = [word for file in item["files"] for word in _words(file, data)]
            lists[item["name"]] = sorted(set(words) - set(item.get("without", ())))
            if "stems" in item:
                lists[item["stems"]] = sorted(set(stems(lists[item["name"]])))
        return Recipe(lists, **table)
    except KeyError as error:
        raise SettingsError(f"{error} is missing", path=path) from error
    except TypeError as error:
        raise SettingsError(str(error), path=path) from error


def _words(file: dict[str, Any], data: Sequence[Path]) -> Iterator[str]:
    """A list's words: the columns named, or the first of a file without a head line."""
    path = find(file["path"], data)
    with path.open(encoding="utf-8", newline="") as lines:
        if "columns" not in file:
            yield from (line.rstrip("\n").split("\t")[0] for line in lines)
            return
        for row in csv.DictReader(lines, delimiter="\t"):
            for column in file["columns"]:
                yield from (row[column] or "").split("/")


def sentences(texts: Iterable[str]) -> Iterator[list[str]]:
    """Raw news as words, each sentence once (jieba's dictionary, no guessed words)."""
    import rjieba  # noqa: PLC0415 only training needs it

    seen: set[int] = set()
    for text in texts:
        for line in _SENTENCE.split(normalise(text).text):
            if len(line) < 4 or hash(line) in seen:
                continue
            seen.add(hash(line))
            yield [word for word in rjieba.cut(line, False) if not word.isspace()]


def segmented(paths: Iterable[Path]) -> Iterator[list[str]]:
    """Lines of gold whose words are set apart by blanks; also ``.xz``."""
    for path in paths:
        for line in read_lines(path):
            yield [even for word in line.split() if (even := normalise(word).text)]


def word_vectors(lines: Iterable[list[str]], recipe: Recipe) -> Vectors:
    """Skip-gram vectors (Mikolov et al. 2013) of words that occur eight times."""
    from gensim.models import Word2Vec  # noqa: PLC0415 only training needs it

    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.writelines(" ".join(words) + "\n" for words in lines)
        file.flush()
        model = Word2Vec(
            corpus_file=file.name,
            vector_size=recipe.dimensions,
            window=3,
            sg=1,
            negative=5,
            min_count=8,
            sample=1e-4,
            epochs=2,
            workers=2,
            seed=recipe.seed,
        )
    vectors: Vectors = model.wv
    return vectors


def tag(
    model: NameModel, texts: Sequence[str], characters: int, seed: int
) -> list[Tagged]:
    """Names in texts drawn by lot, about ``characters`` of them in all."""
    order = random.Random(seed).sample(range(len(texts)), len(texts))  # noqa: S311
    tagged: list[Tagged] = []
    done = 0
    while done < characters and order:
        drawn = [texts[order.pop()][:_LEAD] for _ in range(min(_TOGETHER, len(order)))]
        done += sum(map(len, drawn))
        for text, entities in zip(drawn, model.find(drawn), strict=True):
            tagged.append(_evened(text, entities))
    return tagged


def _evened(text: str, entities: Iterable[Entity]) -> Tagged:
    even = normalise(text)
    sure = [
        Entity(start, end, entity.label)
        for entity in entities
        if (entity.score or 0) >= _SURE
        for start, end in [even.from_source(entity.start, entity.end)]
        if start < end
    ]
    return Tagged(even.text, sure)
