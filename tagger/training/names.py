"""Train the name finder on several corpora at once, each with its own conventions."""

import copy
import csv
import json
import random
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from tagger.errors import ModelNotFoundError, SettingsError
from tagger.labels import EntityLabel
from tagger.names.lexicon import Lexicon, to_codes
from tagger.names.model import FORMAT, NameModel, NameModelConfig
from tagger.training.augment import Augmenter
from tagger.training.corpora import Window, find, read_windows
from tagger.training.export import quantized, to_onnx
from tagger.training.network import NameNetwork, Shape
from tagger.training.paths import negative_log_likelihood
from tagger.training.scoring import strict_f1

_UNKNOWN = 1


@dataclass(frozen=True, slots=True)
class Corpus:
    """A training file: its conventions, and how often a round shows it."""

    convention: str
    path: Path
    times: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides what comes out, but for the data's bytes."""

    version: str
    description: str
    #: One output layer each; the first is the model's default.
    conventions: tuple[str, ...]
    train: tuple[Corpus, ...]
    #: Scored after every round, never trained on.
    dev: tuple[Corpus, ...]
    rounds: int = 6
    window: int = 160
    batch: int = 6000
    rate: float = 1.5e-3
    language_rate: float = 4e-4
    #: States a direction of the upper LSTM; a network trained further may grow.
    tagging: int = 128
    unknown: float = 0.05
    seed: int = 20261124
    #: Names and surnames to swap in, see `Augmenter`.
    names: dict[EntityLabel, tuple[str, ...]] = field(default_factory=dict)
    surnames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """What is known after a round of training."""

    number: int
    #: Mean cross-entropy, nats a character.
    loss: float
    #: Strict span F1, 0 to 1, of the averaged network on each dev corpus.
    scores: dict[str, float]


def read_recipe(path: Path, data: Sequence[Path]) -> Recipe:
    """Read a recipe's TOML; corpora are looked for in each folder of ``data``.

    Raises:
        SettingsError: A key is unknown or missing, or a corpus is not on disk.
    """
    table = tomllib.loads(path.read_text("utf-8"))
    try:
        return Recipe(
            conventions=tuple(table.pop("conventions")),
            train=tuple(_corpus(item, data) for item in table.pop("train")),
            dev=tuple(_corpus(item, data) for item in table.pop("dev")),
            names={
                EntityLabel(label): tuple(
                    w for file in files for w in _column(file, data)
                )
                for label, files in table.pop("names", {}).items()
            },
            surnames=tuple(
                w for f in table.pop("surnames", []) for w in _column(f, data)
            ),
            **table,
        )
    except KeyError as error:
        raise SettingsError(f"{error} is missing", path=path) from error
    except TypeError as error:
        raise SettingsError(str(error), path=path) from error


def _corpus(item: dict[str, Any], data: Sequence[Path]) -> Corpus:
    return Corpus(item["convention"], find(item["path"], data), item.get("times", 1))


def _column(item: dict[str, str], data: Sequence[Path]) -> list[str]:
    """One column of a word list with a head line."""
    with find(item["path"], data).open(encoding="utf-8", newline="") as file:
        return [row[item["column"]] for row in csv.DictReader(file, delimiter="\t")]


def read_language_model(folder: Path) -> tuple[list[str], dict[str, Tensor]]:
    """The alphabet and weights that `training.language_model.save` wrote.

    Raises:
        ModelNotFoundError: There is none in the folder.
    """
    try:
        alphabet = json.loads((folder / "alphabet.json").read_text("utf-8"))
        weights = torch.load(folder / "language_model.pt", weights_only=True)
    except FileNotFoundError as error:
        raise ModelNotFoundError("no language model here", path=folder) from error
    return alphabet, weights


def fresh_network(
    recipe: Recipe, alphabet: list[str], language_model: dict[str, Tensor]
) -> NameNetwork:
    """A network whose lower half is a language model and whose upper half is random."""
    torch.manual_seed(recipe.seed)
    shape = Shape(len(alphabet), tagging=recipe.tagging)
    network = NameNetwork(shape, len(recipe.conventions))
    network.read_language_model(language_model)
    return network


def train(
    recipe: Recipe,
    alphabet: list[str],
    network: NameNetwork,
    lexicon: Lexicon | None,
    report: Callable[[Round], None],
) -> NameNetwork:
    """Train ``network`` and return the running average of its weights.

    ``report`` is called after every round. See `fresh_network` and
    `training.restart.read_network` for where a network comes from.
    """
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)  # noqa: S311 shuffling, not secrecy
    average = copy.deepcopy(network).requires_grad_(False)
    pool = _pool(recipe, rng)
    augment = Augmenter(rng, recipe.names, recipe.surnames)
    sight = Sight(alphabet, lexicon, recipe.unknown)
    optimizer = torch.optim.AdamW(_groups(network, recipe), weight_decay=0.01)
    steps = recipe.rounds * sum(len(w.text) for _, w in pool) // recipe.batch + 1
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1, (n + 1) / 200) * max(0.02, 1 - n / steps)
    )
    done = 0
    for number in range(1, recipe.rounds + 1):
        network.train()
        losses = []
        for batch in _batches(pool, recipe.batch, rng):
            losses.append(_step(network, optimizer, sight.see(batch, augment)))
            schedule.step()
            done += 1
            _follow(average, network, min(0.999, done / (done + 10)))
        model = to_model(average, alphabet, recipe, lexicon, small=True)
        scores = evaluate(model, recipe.dev)
        report(Round(number, float(np.mean(losses)), scores))
    return average


def to_model(
    network: NameNetwork,
    alphabet: list[str],
    recipe: Recipe,
    lexicon: Lexicon | None,
    *,
    small: bool,
) -> NameModel:
    """The network as it ships; with ``small`` in eight bits."""
    network.eval()
    config = NameModelConfig(FORMAT, recipe.conventions, recipe.window)
    graph = to_onnx(network)
    if not small:
        return NameModel(graph.SerializeToString(), alphabet, config, lexicon)
    with tempfile.TemporaryDirectory() as folder:
        return NameModel(quantized(graph, folder), alphabet, config, lexicon)


def evaluate(model: NameModel, dev: Sequence[Corpus]) -> dict[str, float]:
    """Strict span F1 on each corpus, in its own conventions."""
    return {
        corpus.path.name.split(".jsonl")[0]: strict_f1(
            model, corpus.path, corpus.convention
        )
        for corpus in dev
    }


def _groups(network: NameNetwork, recipe: Recipe) -> list[dict[str, object]]:
    below = [*network.emb.parameters(), *network.language.parameters()]
    above = [
        *network.tagging.parameters(),
        *network.heads.parameters(),
        network.steps,
    ]
    return [
        {"params": below, "lr": recipe.language_rate},
        {"params": above, "lr": recipe.rate},
    ]


def _pool(recipe: Recipe, rng: random.Random) -> list[tuple[int, Window]]:
    """The windows of a round: each corpus as often as it says, a part by lot."""
    pool: list[tuple[int, Window]] = []
    for corpus in recipe.train:
        head = recipe.conventions.index(corpus.convention)
        found = [
            (head, w)
            for w in read_windows(corpus.path, recipe.window)
            if w.text.strip()
        ]
        whole, part = divmod(corpus.times, 1)
        pool += found * int(whole) + rng.sample(found, round(part * len(found)))
    return pool


def _batches(
    pool: list[tuple[int, Window]], size: int, rng: random.Random
) -> Iterator[list[tuple[int, Window]]]:
    """Batches of windows of like length, in random order."""
    order = sorted(pool, key=lambda item: len(item[1].text) + rng.random() * 12)
    batches: list[list[tuple[int, Window]]] = [[]]
    for item in order:
        if (len(batches[-1]) + 1) * len(item[1].text) > size:
            batches.append([])
        batches[-1].append(item)
    rng.shuffle(batches)
    yield from (batch for batch in batches if batch)


@dataclass(frozen=True, slots=True)
class Batch:
    """What a step of training sees; ``(windows, time)`` unless said otherwise."""

    #: Character numbers, 0 beyond a window's end.
    chars: Tensor
    #: ``(windows, time, width)``, see `Lexicon.features`; width 0 without a lexicon.
    lexicon: Tensor
    #: The right tags, 0 beyond a window's end.
    tags: Tensor
    #: ``(windows,)``
    lengths: Tensor
    #: Which output layer is to learn from each window, ``(windows,)``.
    heads: Tensor


class Sight:
    """Turns windows into numbers."""

    def __init__(
        self, alphabet: Sequence[str], lexicon: Lexicon | None, unknown: float
    ) -> None:
        self._ids = {char: index for index, char in enumerate(alphabet)}
        self._lexicon = lexicon
        self._unknown = unknown

    def see(
        self, batch: Sequence[tuple[int, Window]], augment: Callable[[Window], Window]
    ) -> Batch:
        """The windows of a batch, each with its head, varied by ``augment``."""
        windows = [augment(window) for _, window in batch]
        lengths = torch.tensor([len(window.text) for window in windows])
        chars = torch.zeros(len(batch), int(lengths.max()), dtype=torch.long)
        tags = torch.zeros_like(chars)
        codes = np.zeros(chars.shape, dtype=np.uint32)
        for row, window in enumerate(windows):
            end = len(window.text)
            chars[row, :end] = torch.tensor(
                [self._ids.get(char, _UNKNOWN) for char in window.text]
            )
            tags[row, :end] = torch.from_numpy(window.tags)
            codes[row, :end] = to_codes(window.text)
        hidden = (torch.rand(chars.shape) < self._unknown) & (chars > 0)
        return Batch(
            chars.masked_fill(hidden, _UNKNOWN),
            self._look_up(codes),
            tags,
            lengths,
            torch.tensor([head for head, _ in batch]),
        )

    def _look_up(self, codes: NDArray[np.uint32]) -> Tensor:
        if self._lexicon is None:
            return torch.zeros(*codes.shape, 0)
        return torch.from_numpy(np.ascontiguousarray(self._lexicon.features(codes)))


def _step(
    network: NameNetwork, optimizer: torch.optim.Optimizer, batch: Batch
) -> float:
    scores = network(batch.chars, batch.lexicon)[
        torch.arange(len(batch.heads)), batch.heads
    ]
    loss = (
        negative_log_likelihood(
            scores, network.steps[batch.heads], batch.tags, batch.lengths
        )
        / batch.lengths.sum()
    )
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return loss.item()


@torch.no_grad()
def _follow(average: NameNetwork, network: NameNetwork, decay: float) -> None:
    for mean, now in zip(average.parameters(), network.parameters(), strict=True):
        mean.lerp_(now, 1 - decay)
