"""Make a `Lexicon`: word vectors from raw news, word lists, and how names use a word.

A word's numbers are, in this order: its vector (word2vec, skip-gram), one flag for each
word list it stands in, and how often it is, begins, ends or runs inside a name in news
that a name finder has tagged.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from tagger.labels import EntityLabel
from tagger.names.lexicon import LONGEST, SHORTEST, Lexicon, to_codes
from tagger.records import Entity

#: What a word can be to a name, besides being none.
ROLES: Final = (
    *(f"is {label}" for label in EntityLabel),
    "begins LOC",
    "ends LOC",
    "begins ORG",
    "ends ORG",
    "inside",
)
#: Occurrences that count as if seen without a name, so that rare words say little.
_DOUBT: Final = 3.0


class Vectors(Protocol):
    """What gensim's ``KeyedVectors`` offers."""

    key_to_index: Mapping[str, int]
    vectors: NDArray[np.float32]

    def get_vecattr(self, key: str, attr: str) -> int:
        """How often the word occurred, for ``attr`` "count"."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text and the names that a name finder sees in it."""

    text: str
    entities: Sequence[Entity]


def build(
    vectors: Vectors,
    lists: Mapping[str, Iterable[str]],
    tagged: Sequence[Tagged],
    least: int = 4,
) -> Lexicon:
    """Put together what is known of every word.

    Args:
        vectors: Of words, with counts.
        lists: Word lists by name, for instance ``{"township": ["河口镇", …]}``.
        tagged: News that a name finder has gone over.
        least: Names found there as often as this become words.
    """
    counts = Counter({w: vectors.get_vecattr(w, "count") for w in vectors.key_to_index})
    members = {name: set(filter(fits, words)) for name, words in lists.items()}
    found = Counter(t.text[e.start : e.end] for t in tagged for e in t.entities)
    words = sorted(
        set(filter(fits, counts))
        | set().union(*members.values())
        | {name for name, count in found.items() if count >= least and fits(name)}
    )
    known = np.zeros((len(words), vectors.vectors.shape[1]), dtype=np.float32)
    for row, word in enumerate(words):
        if word in counts:
            known[row] = vectors.vectors[vectors.key_to_index[word]]
    flags = np.array(
        [[float(word in group) for group in members.values()] for word in words],
        dtype=np.float32,
    )
    known /= known.std() or 1.0
    uses, seen = roles(words, tagged)
    weights = np.array([max(1, counts[w], found[w]) for w in words], dtype=np.float32)
    numbers = np.hstack([known, 2 * flags, 3 * uses])
    scale = np.maximum(np.abs(numbers).max(axis=0), 1e-6) / 127
    return Lexicon(
        words,
        np.rint(numbers / scale).astype(np.int8),
        scale.astype(np.float32),
        np.sqrt(np.maximum(weights, seen)).astype(np.float32),
    )


def fits(word: str) -> bool:
    """Whether the lexicon takes a word: Han, two to eight characters."""
    return SHORTEST <= len(word) <= LONGEST and all(
        "\u3400" <= char <= "\u9fff" or char == "·" for char in word
    )


def roles(
    words: Sequence[str], tagged: Iterable[Tagged]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Share of a word's occurrences in each of `ROLES`, and its occurrences.

    Returns:
        ``(words, roles)`` and ``(words,)``.
    """
    nothing = np.zeros(0, dtype=np.float32)
    finder = Lexicon(words, np.zeros((0, 0), dtype=np.int8), nothing, nothing)
    counts = np.zeros((len(words), len(ROLES)), dtype=np.float32)
    seen = np.zeros(len(words), dtype=np.float32)
    for item in tagged:
        match = finder.find(to_codes(item.text))
        np.add.at(seen, match.word, 1)
        covers = _covering(len(item.text), item.entities)
        ends = match.start + match.length
        whole = (covers[match.start] >= 0) & (covers[match.start] == covers[ends - 1])
        for start, end, word, name in zip(
            match.start[whole],
            ends[whole],
            match.word[whole],
            covers[match.start[whole]],
            strict=True,
        ):
            counts[word, _role(item.entities[name], int(start), int(end))] += 1
    return counts / (seen + _DOUBT)[:, None], seen


def _covering(length: int, entities: Sequence[Entity]) -> NDArray[np.int64]:
    """The number of the entity at each character, or -1."""
    covers = np.full(length, -1, dtype=np.int64)
    for number, entity in enumerate(entities):
        covers[entity.start : entity.end] = number
    return covers


def _role(entity: Entity, start: int, end: int) -> int:
    if (start, end) == (entity.start, entity.end):
        return ROLES.index(f"is {entity.label}")
    if entity.label != EntityLabel.PER:
        if start == entity.start:
            return ROLES.index(f"begins {entity.label}")
        if end == entity.end:
            return ROLES.index(f"ends {entity.label}")
    return ROLES.index("inside")


def stems(names: Iterable[str]) -> Iterator[str]:
    """Places without the word for what they are: 晋城市 → 晋城, 河口镇 → 河口."""
    for name in names:
        for kind in (
            "自治州",
            "自治县",
            "街道",
            "地区",
            "省",
            "市",
            "县",
            "区",
            "乡",
            "镇",
            "盟",
            "旗",
        ):
            if name.endswith(kind) and len(name) - len(kind) >= SHORTEST:
                yield name[: -len(kind)]
                break
