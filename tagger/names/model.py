"""The shipped network: an ONNX file, its alphabet, and how to run them."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from tagger.errors import ModelNotFoundError, ModelVersionError, SettingsError
from tagger.names.decoding import best_paths, marginals, spans
from tagger.names.document import settle
from tagger.names.lexicon import Lexicon, to_codes
from tagger.names.windows import windows
from tagger.normalise import NormalisedText, normalise
from tagger.records import Entity

#: Raised when a model file of another make can no longer be read.
FORMAT: Final = 2
_PAD, _UNKNOWN = 0, 1


@dataclass(frozen=True, slots=True)
class NameModelConfig:
    """What must be known to run the network."""

    format: int
    #: Annotation conventions the network has a layer for; the first is the default.
    conventions: tuple[str, ...]
    #: Longest window in characters.
    window: int = 160
    #: Characters in a batch, padding included.
    batch: int = 4096

    def __post_init__(self) -> None:
        if self.format != FORMAT:
            raise ModelVersionError(f"format {self.format}, expected {FORMAT}")


class NameModel:
    """Finds PER, LOC and ORG in texts.

    Safe to share between threads once built; one ONNX Runtime thread each.
    """

    def __init__(
        self,
        network: bytes,
        alphabet: Sequence[str],
        config: NameModelConfig,
        lexicon: Lexicon | None = None,
    ) -> None:
        self.network = network
        self.alphabet = tuple(alphabet)
        self.config = config
        self.lexicon = lexicon
        self._ids = _numbers(self.alphabet)

    @classmethod
    def load(cls, folder: Path) -> "NameModel":
        """Read ``network.onnx``, ``alphabet.json``, ``config.json``, ``lexicon.npz``.

        The lexicon may be missing if the network was trained without one.

        Raises:
            ModelNotFoundError: A file is missing.
            ModelVersionError: The files are of another format, or damaged.
        """
        try:
            config = json.loads((folder / "config.json").read_text("utf-8"))
            alphabet = json.loads((folder / "alphabet.json").read_text("utf-8"))
            network = (folder / "network.onnx").read_bytes()
        except FileNotFoundError as error:
            missing = Path(str(error.filename)).name
            raise ModelNotFoundError(
                f"no {missing} in the model", path=folder
            ) from error
        except ValueError as error:
            raise ModelVersionError(f"damaged: {error}", path=folder) from error
        config["conventions"] = tuple(config["conventions"])
        file = folder / "lexicon.npz"
        lexicon = Lexicon.load(file) if file.exists() else None
        return cls(network, alphabet, NameModelConfig(**config), lexicon)

    def save(self, folder: Path) -> None:
        """Write what `load` reads."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "network.onnx").write_bytes(self.network)
        if self.lexicon is not None:
            self.lexicon.save(folder / "lexicon.npz")
        for name, data in (
            ("alphabet", self.alphabet),
            ("config", asdict(self.config)),
        ):
            text = json.dumps(data, ensure_ascii=False)
            (folder / f"{name}.json").write_text(text, encoding="utf-8")

    @cached_property
    def _session(self) -> Any:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(
                self.network, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime has no public base class of its own
            raise ModelVersionError(f"the network cannot be loaded: {error}") from error

    def find(
        self, texts: Sequence[str], conventions: str | None = None
    ) -> list[list[Entity]]:
        """The names in each text, sorted, never overlapping, offsets into the text.

        Raises:
            SettingsError: The model does not know these conventions.
        """
        head = self._head(conventions)
        evened = [normalise(text) for text in texts]
        found: list[list[Entity]] = [[] for _ in texts]
        pieces = [
            (text, start, end)
            for text, even in enumerate(evened)
            for start, end in windows(even.text, self.config.window)
        ]
        pieces.sort(key=lambda piece: piece[2] - piece[1])
        for batch in self._batches(pieces):
            chars = [evened[text].text[start:end] for text, start, end in batch]
            for (text, start, _), entities in zip(
                batch, self._tag(chars, head), strict=True
            ):
                found[text] += _in_source(evened[text], start, entities)
        return [
            settle(text, sorted(entities))
            for text, entities in zip(texts, found, strict=True)
        ]

    def _head(self, conventions: str | None) -> int:
        known = self.config.conventions
        if conventions is None:
            return 0
        if conventions not in known:
            raise SettingsError(
                f"conventions {conventions!r} are none of {', '.join(known)}"
            )
        return known.index(conventions)

    def _batches(
        self, pieces: list[tuple[int, int, int]]
    ) -> Iterator[list[tuple[int, int, int]]]:
        """Group pieces, sorted by length, so that a batch is little padding."""
        batch: list[tuple[int, int, int]] = []
        for piece in pieces:
            if batch and (len(batch) + 1) * (piece[2] - piece[1]) > self.config.batch:
                yield batch
                batch = []
            batch.append(piece)
        if batch:
            yield batch

    def _tag(self, chars: list[str], head: int) -> Iterator[list[Entity]]:
        lengths = np.array([len(text) for text in chars])
        codes = np.zeros((len(chars), lengths.max()), dtype=np.uint32)
        for row, text in enumerate(chars):
            codes[row, : len(text)] = to_codes(text)
        inputs = {"ids": self._ids[codes], "lengths": lengths.astype(np.int32)}
        if self.lexicon is not None:
            inputs["lexicon"] = self.lexicon.features(codes)
        scores, steps = (output[head] for output in self._session.run(None, inputs))
        paths = best_paths(scores, steps, lengths)
        probabilities = marginals(scores, steps, lengths)
        for row, length in enumerate(lengths):
            yield spans(paths[row, :length], probabilities[row])


def _numbers(alphabet: Sequence[str]) -> NDArray[np.int64]:
    """The number of every code point; 0 for code point 0, which fills up rows."""
    numbers = np.full(sys.maxunicode + 1, _UNKNOWN, dtype=np.int64)
    numbers[0] = _PAD
    for number, char in enumerate(alphabet):
        if len(char) == 1:
            numbers[ord(char)] = number
    return numbers


def _in_source(
    even: NormalisedText, offset: int, entities: Iterable[Entity]
) -> Iterator[Entity]:
    """Entities of a window as spans of the source, without blanks at their edges."""
    for entity in entities:
        start, end = offset + entity.start, offset + entity.end
        while start < end and even.text[start].isspace():
            start += 1
        while start < end and even.text[end - 1].isspace():
            end -= 1
        if start < end:
            yield Entity(*even.to_source(start, end), entity.label, entity.score)
