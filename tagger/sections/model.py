"""The shipped classifier: grams, two linear layers, thresholds; plain arrays on disk.

One layer says under which sections an article would be looked for (a sigmoid for
each), the other what it is about first (a softmax over all). What the first finds
weighs on the second: of two sections that are both there, one as a rule goes first.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tagger.errors import ModelNotFoundError, ModelVersionError
from tagger.labels import OwnSection, Section, section_of
from tagger.records import SectionGuess
from tagger.sections.features import GramConfig, Titled, Vocabulary, cut, lay_out

#: Raised when a model file of another make can no longer be read.
FORMAT: Final = 1
_ARRAYS = ("keys", "idf", "weights", "scale", "bias", "precedence")
_BATCH = 256
#: What reading a file that is not what its name says may raise.
_DAMAGE: Final = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    zipfile.BadZipFile,
)


@dataclass(frozen=True, slots=True)
class SectionModelConfig:
    """What must be known to run the classifier and to read its scores."""

    format: int
    name: str
    version: str
    #: Keys of the sections in the order of the weights' columns, and their names.
    sections: tuple[str, ...]
    names: tuple[str, ...]
    grams: GramConfig
    #: From which probability a section is given beside the primary.
    further: tuple[float, ...]
    #: Below this score of the best section, none is primary: `unfiled`.
    floor: float = 0.0
    most: int = 3

    def __post_init__(self) -> None:
        columns = len(self.sections)
        each = (self.names, self.further)
        if columns < 2 or any(len(values) != columns for values in each):
            raise ValueError("every section needs a name and a threshold")


@dataclass(frozen=True, slots=True)
class Layers:
    """What was learned. Columns: the sections as primary, then as one of the set."""

    #: Grams x twice the sections.
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    #: What a section in the set (row) adds to another's standing as primary (column).
    precedence: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities, articles x sections."""

    #: That the section is the primary one; rows sum to 1.
    primary: NDArray[np.float32]
    #: That the section is in the article's set.
    member: NDArray[np.float32]


class SectionModel:
    """Files articles. Safe to share between threads."""

    def __init__(
        self,
        config: SectionModelConfig,
        vocabulary: Vocabulary,
        layers: Layers,
    ) -> None:
        count = len(config.sections)
        if layers.weights.shape != (len(vocabulary.keys), 2 * count):
            raise ValueError(f"weights do not fit: {layers.weights.shape}")
        if layers.bias.shape != (2 * count,) or layers.precedence.shape != (count,) * 2:
            raise ValueError("bias or precedence does not fit")
        self.config = config
        self.vocabulary = vocabulary
        self.layers = layers

    @classmethod
    def load(cls, folder: Path) -> "SectionModel":
        """Read ``config.json`` and ``weights.npz``.

        Raises:
            ModelNotFoundError: A file is missing.
            ModelVersionError: The files are of another format, or damaged.
        """
        try:
            table = json.loads((folder / "config.json").read_text("utf-8"))
            found = table.get("format")
            if found != FORMAT:
                raise ModelVersionError(
                    f"section model of format {found}, expected {FORMAT}", path=folder
                )
            file = io.BytesIO((folder / "weights.npz").read_bytes())
            with np.load(file, allow_pickle=False) as arrays:
                keys, idf, small, scale, *rest = (arrays[name] for name in _ARRAYS)
            vocabulary = Vocabulary(np.cumsum(keys, dtype=np.uint64), idf.astype("f4"))
            layers = Layers(small.astype(np.float32) * scale, *rest)
            return cls(_config(table), vocabulary, layers)
        except FileNotFoundError as error:
            missing = Path(str(error.filename)).name
            raise ModelNotFoundError(
                f"no {missing} in the model", path=folder
            ) from error
        except _DAMAGE as error:
            raise ModelVersionError(f"damaged: {error}", path=folder) from error

    def save(self, folder: Path) -> None:
        """Write what `load` reads; weights in eight bits, a scale each column."""
        folder.mkdir(parents=True, exist_ok=True)
        small, scale = quantize(self.layers.weights)
        np.savez_compressed(
            folder / "weights.npz",
            keys=np.diff(self.vocabulary.keys, prepend=np.uint64(0)),
            idf=self.vocabulary.idf.astype(np.float16),
            weights=small,
            scale=scale,
            bias=self.layers.bias,
            precedence=self.layers.precedence,
        )
        text = json.dumps(asdict(self.config), ensure_ascii=False, indent=1)
        (folder / "config.json").write_text(text + "\n", encoding="utf-8")

    def with_config(self, **changes: Any) -> "SectionModel":
        """The same weights under other thresholds."""
        config = replace(self.config, **changes)
        return SectionModel(config, self.vocabulary, self.layers)

    def logits(self, articles: Sequence[Titled]) -> NDArray[np.float32]:
        """Log-odds before precedence, articles x twice the sections, primary first."""
        layers = self.layers
        parts = [np.zeros((0, len(layers.bias)), np.float32)]
        for start in range(0, len(articles), _BATCH):
            laid = [
                lay_out(article, self.config.grams)
                for article in articles[start : start + _BATCH]
            ]
            matrix = self.vocabulary.matrix(cut(laid, self.config.grams), len(laid))
            parts.append(matrix @ layers.weights + layers.bias)
        return np.concatenate(parts)

    def scores(self, articles: Sequence[Titled]) -> Scores:
        """Calibrated probabilities of every section."""
        logits, count = self.logits(articles), len(self.config.sections)
        member = (1 / (1 + np.exp(-logits[:, count:]))).astype(np.float32)
        heat = logits[:, :count] + member @ self.layers.precedence
        heat = np.exp(heat - heat.max(axis=1, keepdims=True))
        return Scores(heat / heat.sum(axis=1, keepdims=True), member)

    def classify(self, articles: Sequence[Titled]) -> list[tuple[SectionGuess, ...]]:
        """The sections of each article, best first, at most `most`.

        One is primary, the first, unless its score is under the floor: then none
        is, and the guesses are for whoever looks at the article.
        """
        scores = self.scores(articles)
        return [
            self._guesses(primary, member)
            for primary, member in zip(scores.primary, scores.member, strict=True)
        ]

    def _guesses(
        self, primary: NDArray[np.float32], member: NDArray[np.float32]
    ) -> tuple[SectionGuess, ...]:
        best = int(primary.argmax())
        others = [
            (float(member[n]), int(n))
            for n in np.flatnonzero(member >= self.config.further)
            if n != best
        ]
        others.sort(key=lambda item: (-item[0], item[1]))
        sure = float(primary[best])
        filed = sure >= self.config.floor
        return (
            SectionGuess(self.section(best), sure, primary=filed),
            *(
                SectionGuess(self.section(n), score, primary=False)
                for score, n in others[: self.config.most - 1]
            ),
        )

    def section(self, column: int) -> Section | OwnSection:
        """The section of a column of scores."""
        return section_of(self.config.sections[column], self.config.names[column])


def quantize(
    weights: NDArray[np.float32],
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights as eight-bit integers and the step of each column."""
    scale = np.maximum(np.abs(weights).max(axis=0, initial=0), 1e-9) / 127
    return np.rint(weights / scale).astype(np.int8), scale.astype(np.float32)


def _config(table: dict[str, Any]) -> SectionModelConfig:
    grams = dict(table["grams"], sizes=tuple(table["grams"]["sizes"]))
    lists = {key: tuple(v) for key, v in table.items() if isinstance(v, list)}
    return SectionModelConfig(**{**table, **lists, "grams": GramConfig(**grams)})
