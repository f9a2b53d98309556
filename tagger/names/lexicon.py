"""What a lexicon says about each character: the words that begin, end or run there.

The method is SoftLexicon (Ma et al. 2020, "Simplify the Usage of Lexicon in Chinese
NER"): for every character the vectors of all lexicon words that begin at it, go through
it, or end at it, each set averaged by the words' weights. Matching is by rolling hashes
over the whole batch, so no loop runs per character.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tagger.errors import ModelNotFoundError, ModelVersionError

#: Begin, inside, end: the places a word can have at a character.
PLACES: Final = 3
#: Shortest and longest word that is looked up.
SHORTEST: Final = 2
LONGEST: Final = 8
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Match:
    """Words found in a row of characters, one entry each in every array."""

    #: Where the word begins.
    start: NDArray[np.int64]
    #: Its characters.
    length: NDArray[np.int64]
    #: Its number in the lexicon.
    word: NDArray[np.int64]


class Lexicon:
    """Words of two to eight characters, each with a vector and a weight."""

    def __init__(
        self,
        words: Sequence[str],
        vectors: NDArray[np.int8],
        scale: NDArray[np.float32],
        weights: NDArray[np.float32],
    ) -> None:
        """Take words and what is known of them.

        Args:
            words: In any order, each once.
            vectors: ``(words, dimensions)``, to be multiplied by ``scale``.
            scale: ``(dimensions,)``.
            weights: ``(words,)``, how much a word counts among others at its place.
        """
        self.words = tuple(words)
        self.vectors = vectors
        self.scale = scale
        self.weights = weights
        self._tables = dict(_tables(self.words))

    @property
    def width(self) -> int:
        """Numbers a character gets from `features`."""
        return PLACES * int(self.vectors.shape[1])

    @classmethod
    def load(cls, file: Path) -> "Lexicon":
        """Read what `save` wrote.

        Raises:
            ModelNotFoundError: There is no such file.
            ModelVersionError: It is damaged.
        """
        try:
            with np.load(file, allow_pickle=False) as arrays:
                text = bytes(arrays["words"]).decode("utf-8")
                return cls(
                    text.split("\n"),
                    arrays["vectors"],
                    arrays["scale"],
                    arrays["weights"].astype(np.float32),
                )
        except FileNotFoundError as error:
            raise ModelNotFoundError("no lexicon in the model", path=file) from error
        except (ValueError, KeyError, OSError) as error:
            raise ModelVersionError(f"damaged: {error}", path=file) from error

    def save(self, file: Path) -> None:
        """Write words, vectors and weights as one compressed ``.npz``."""
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            words=np.frombuffer("\n".join(self.words).encode("utf-8"), dtype=np.uint8),
            vectors=self.vectors,
            scale=self.scale,
            weights=self.weights.astype(np.float16),
        )
        file.write_bytes(buffer.getvalue())

    def find(self, codes: NDArray[np.uint32]) -> Match:
        """Every word in a row of code points; a 0 parts texts and is in no word."""
        found = list(self._found(codes))
        if not found:
            nothing = np.zeros(0, dtype=np.int64)
            return Match(nothing, nothing, nothing)
        return Match(*(np.concatenate(part) for part in zip(*found, strict=True)))

    def _found(
        self, codes: NDArray[np.uint32]
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
        for length, rolled in _rolled(codes):
            if length not in self._tables:
                continue
            hashes, words = self._tables[length]
            places = np.searchsorted(hashes, rolled)
            places[places == len(hashes)] = 0
            start = np.flatnonzero(hashes[places] == rolled)
            yield start, np.full_like(start, length), words[places[start]]

    def features(self, codes: NDArray[np.uint32]) -> NDArray[np.float32]:
        """``(batch, time, width)`` for code points ``(batch, time)``, 0 beyond a text."""
        batch, time = codes.shape
        row = np.zeros((batch, time + 1), dtype=np.uint32)
        row[:, :time] = codes
        match = self.find(row.ravel())
        known, compact = np.unique(match.word, return_inverse=True)
        vectors = self.vectors[known] * self.scale
        places, words = _places(match, compact)
        weights = self.weights[known][words]
        characters = row.size
        total = np.bincount(places // PLACES, weights, characters)
        spread = csr_matrix(
            ((weights / total[places // PLACES]).astype(np.float32), (places, words)),
            shape=(PLACES * characters, len(known)),
        )
        features: NDArray[np.float32] = np.asarray(spread @ vectors, dtype=np.float32)
        return features.reshape(batch, time + 1, self.width)[:, :time]


def _places(
    match: Match, words: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row ``PLACES * character + place`` and word of every mark a match leaves."""
    last = match.start + match.length - 1
    inner = match.length - 2
    inside = np.repeat(match.start + 1, inner) + _counted(inner)
    places = np.concatenate(
        [PLACES * match.start, PLACES * inside + 1, PLACES * last + 2]
    )
    return places, np.concatenate([words, np.repeat(words, inner), words])


def _counted(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, … for each length in turn: [2, 3] gives 0 1 0 1 2."""
    begins = np.repeat(np.cumsum(lengths) - lengths, lengths)
    counted: NDArray[np.int64] = np.arange(lengths.sum()) - begins
    return counted


def _rolled(codes: NDArray[np.uint32]) -> Iterator[tuple[int, NDArray[np.uint64]]]:
    """For each length the hash of the characters that begin at each place."""
    chars = codes.astype(np.uint64) * np.uint64(0xD6E8FEB86659FD93)
    chars ^= chars >> np.uint64(32)
    rolled = chars
    for length in range(2, min(LONGEST, len(codes)) + 1):
        rolled = rolled[:-1] * _BASE + chars[length - 1 :]
        yield length, rolled


def _tables(
    words: Sequence[str],
) -> Iterator[tuple[int, tuple[NDArray[np.uint64], NDArray[np.int64]]]]:
    """For each length the words' sorted hashes and their numbers."""
    lengths = np.array([len(word) for word in words], dtype=np.int64)
    for length in np.unique(lengths):
        numbers = np.flatnonzero(lengths == length)
        joined = "".join(words[int(number)] for number in numbers)
        hashes = dict(_rolled(to_codes(joined)))[int(length)][:: int(length)]
        order = np.argsort(hashes)
        yield int(length), (hashes[order], numbers[order])


def to_codes(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
