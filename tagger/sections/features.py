"""Character n-grams of an article as a sparse matrix, without a tokenizer.

A gram is up to four characters of a clause packed into one unsigned 64-bit key, 16
bits a character, so that a whole batch is cut, looked up and counted by NumPy. The
headline and the lead weigh more than the rest.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tagger.normalise import NormalisedText, normalise

_BITS = 16
_LONGEST = 4
#: A first line up to this long that ends no sentence is taken for the headline.
_HEAD_LINE = 64
#: Who reports from where, which tells the paper and not the subject:
#: 本报海口7月14日讯(海南日报全媒体记者陈卓斌) · 中新社北京5月23日电 (记者 王某)
_CREDITS = re.compile(
    r"(?m)^[(【]?(?:据|本报|新华社|中新社|中新网|央视网|人民网)[^\n,。;:!?]{0,24}?[电讯]"
    r"(?:[(][^()\n]{0,60}[)])?"
    r"|央视网消息(?:[(][^()\n]{1,12}[)])?:?"
    r"|[(](?:[^()\n]{0,12}记者|总台央视|完|编辑|来源|责编)[^()\n]{0,60}[)]"
    r"|【?(?:责任)?编辑:[^】\n]{1,12}】?"
)


@dataclass(frozen=True, slots=True)
class Titled:
    """An article as filed: its whole text, and its headline when one is known.

    A title that also opens the text is read there; one that stands apart from it
    is read in front of it.
    """

    text: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class GramConfig:
    """What is cut out of an article, and how much each part of it weighs."""

    sizes: tuple[int, ...] = (1, 2)
    #: A gram of the headline counts this often, one of the lead that often.
    head: float = 3.0
    lead: float = 1.5
    #: Length of the lead and of what is read at all, in characters.
    lead_length: int = 120
    length: int = 3000
    #: Whether reporters' credits are left out.
    mask: bool = True

    def __post_init__(self) -> None:
        if not self.sizes or not all(1 <= size <= _LONGEST for size in self.sizes):
            raise ValueError(f"sizes are 1 to {_LONGEST}, were {self.sizes}")


@dataclass(frozen=True, slots=True)
class Laid:
    """An article evened out for reading: ``text[:head]`` is its headline."""

    text: str
    head: int
    evened: NormalisedText
    #: Characters in front that are not in the article's text (a title apart).
    apart: int


@dataclass(frozen=True, slots=True)
class Grams:
    """Every gram of a batch: which article, where in it, which key, its weight."""

    row: NDArray[np.int64]
    place: NDArray[np.int64]
    key: NDArray[np.uint64]
    weight: NDArray[np.float32]


def lay_out(article: Titled, config: GramConfig) -> Laid:
    """Even out an article and find where its headline ends."""
    title = (article.title or _first_line(article.text)).strip()
    found = article.text.find(title, 0, len(title) + 400)
    front = f"{title}\n" if found < 0 else ""
    evened = normalise(front + article.text[: config.length])
    end = len(title) if front else found + len(title)
    head = evened.from_source(end, end)[0]
    text = _masked(evened.text) if config.mask else evened.text
    return Laid(text, head, evened, len(front))


def cut(articles: Sequence[Laid], config: GramConfig) -> Grams:
    """All grams of the articles, in no promised order."""
    codes, row, place, weight = _positions(articles, config)
    parts = []
    key = np.zeros(len(codes), np.uint64)
    whole = np.ones(len(codes), bool)
    for size in range(1, max(config.sizes) + 1):
        moved = np.zeros_like(codes)
        if size <= len(codes):
            moved[: len(codes) - size + 1] = codes[size - 1 :]
        whole &= moved > 0
        key |= moved.astype(np.uint64) << np.uint64(_BITS * (size - 1))
        if size in config.sizes:
            at = np.flatnonzero(whole)
            parts.append((at, key[at]))
    at = np.concatenate([at for at, _ in parts])
    return Grams(row[at], place[at], np.concatenate([k for _, k in parts]), weight[at])


def spell(key: int) -> str:
    """The characters of a gram."""
    codes = [(key >> _BITS * n) & 0xFFFF for n in range(_LONGEST)]
    return "".join(chr(code) for code in codes if code)


@dataclass(frozen=True)
class Vocabulary:
    """The grams a model knows, ascending, with their inverse document frequency."""

    keys: NDArray[np.uint64]
    idf: NDArray[np.float32]

    def __post_init__(self) -> None:
        if len(self.keys) != len(self.idf) or (self.keys[1:] <= self.keys[:-1]).any():
            raise ValueError("keys must ascend, and each have an idf")

    def columns(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Column of each key, -1 for unknown ones."""
        if not len(self.keys):
            return np.full(len(keys), -1)
        at = np.searchsorted(self.keys, keys)
        at[at == len(self.keys)] = 0
        return np.where(self.keys[at] == keys, at, -1)

    def matrix(self, grams: Grams, rows: int) -> Any:
        """TF-IDF, ``rows`` x grams known, each row of length 1; tf is log(1+n)."""
        column = self.columns(grams.key)
        known = column >= 0
        counts = sparse.csr_matrix(
            (grams.weight[known], (grams.row[known], column[known])),
            shape=(rows, len(self.keys)),
            dtype=np.float32,
        )
        counts.sum_duplicates()
        np.log1p(counts.data, out=counts.data)
        counts.data *= self.idf[counts.indices]
        squares = np.asarray(counts.multiply(counts).sum(axis=1)).ravel()
        length = np.sqrt(np.maximum(squares, 1e-12)).astype(np.float32)
        counts.data /= np.repeat(length, np.diff(counts.indptr))
        return counts


def _first_line(text: str) -> str:
    """The first line if it looks like a headline with an article below it."""
    line, _, rest = text.lstrip().partition("\n")
    is_head = len(line) <= _HEAD_LINE and line[-1:] not in "。！？" and rest.strip()
    return line if is_head else ""


def _masked(text: str) -> str:
    """The text with credits blanked out, every other character in its place."""
    return _CREDITS.sub(lambda match: "\n" * len(match[0]), text)


@lru_cache(maxsize=1)
def _table() -> NDArray[np.uint16]:
    """What each code point of the BMP is read as: 0 parts clauses."""
    table = np.zeros(1 << _BITS, np.uint16)
    for first, last in ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (ord("a"), ord("z"))):
        table[first : last + 1] = np.arange(first, last + 1)
    table[ord("A") : ord("Z") + 1] = np.arange(ord("a"), ord("z") + 1)
    table[ord("0") : ord("9") + 1] = ord("0")
    return table


def _positions(
    articles: Sequence[Laid], config: GramConfig
) -> tuple[
    NDArray[np.uint16], NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]
]:
    """Each character's code, article, place and weight; a 0 ends every article."""
    lengths = np.array([len(article.text) + 1 for article in articles], np.int64)
    joined = "\n".join([*(article.text for article in articles), ""])
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = _table()[np.where(points < 1 << _BITS, points, 0)]
    row = np.repeat(np.arange(len(articles)), lengths)
    starts = np.cumsum(lengths) - lengths
    place = np.arange(len(points)) - np.repeat(starts, lengths)
    head = np.repeat(np.array([a.head for a in articles], np.int64), lengths)
    weight = np.ones(len(points), np.float32)
    weight[place < head + config.lead_length] = config.lead
    weight[place < head] = config.head
    return codes, row, place, weight
