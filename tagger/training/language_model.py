"""Pretrain the network's lower half on raw news: predict the next character."""

import json
import lzma
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from tagger.files import whole_file
from tagger.normalise import normalise
from tagger.training.corpora import read_jsonl
from tagger.training.network import LanguageModel, Shape

#: What every alphabet begins with.
PAD, UNKNOWN = "<pad>", "<unk>"
_ROWS, _STEPS = 40, 128
_RATE = 2.5e-3
#: Characters that join the softmax of a batch without occurring in it.
_EXTRA = 400


def read_texts(paths: Iterable[Path]) -> Iterator[str]:
    """The articles of JSONL files (``title``, ``text``) and blank-line-separated texts.

    All may be xz-compressed. The title is the article's first line.
    """
    for path in paths:
        if ".jsonl" in path.suffixes:
            for item in read_jsonl(path):
                yield "\n".join(filter(None, (item.get("title"), item["text"])))
        else:
            opener = lzma.open if path.suffix == ".xz" else open
            with opener(path, "rt", encoding="utf-8") as file:
                yield from _blocks(file)


def make_alphabet(texts: Iterable[str], least: int = 30) -> list[str]:
    """Characters that occur at least ``least`` times, most frequent first."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text)
    frequent = [char for char, count in counts.most_common() if count >= least]
    return [PAD, UNKNOWN, *frequent]


def to_stream(texts: Iterable[str], alphabet: list[str]) -> NDArray[np.uint16]:
    """All texts as one sequence of character numbers, a line end between them."""
    ids = {char: number for number, char in enumerate(alphabet)}
    unknown = ids[UNKNOWN]
    parts = [
        np.array([ids.get(char, unknown) for char in f"{text}\n"], dtype=np.uint16)
        for text in texts
    ]
    return np.concatenate(parts)


def evened(texts: Iterable[str]) -> Iterator[str]:
    """Each text as the models see it."""
    for text in texts:
        yield normalise(text).text


def train(
    stream: NDArray[np.uint16],
    characters: int,
    minutes: float,
    report: Callable[[float, float, LanguageModel], None],
    seed: int = 20261124,
) -> LanguageModel:
    """Train for ``minutes`` of wall-clock time.

    The last 200,000 characters are held out. ``report`` gets, every five minutes
    and at the end, the minutes gone, the mean cross-entropy held out (nats a
    character), and the model.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 sampling, not secrecy
    held, stream = stream[-200_000:], stream[:-200_000]
    model = LanguageModel(Shape(characters))
    optimizer = torch.optim.AdamW(model.parameters(), lr=_RATE, weight_decay=1e-3)
    begin = reported = time.monotonic()
    steps = 0
    while (gone := (time.monotonic() - begin) / 60) < minutes:
        ease = min(1, (steps + 1) / 60) * max(0.02, 1 - gone / minutes)
        for group in optimizer.param_groups:
            group["lr"] = _RATE * ease
        _step(model, optimizer, _sample(stream, rng), characters)
        steps += 1
        if time.monotonic() - reported > 300:
            reported = time.monotonic()
            report(gone, evaluate(model, held), model)
    report(minutes, evaluate(model, held), model)
    return model


@torch.no_grad()
def evaluate(model: LanguageModel, held: NDArray[np.uint16]) -> float:
    """Mean cross-entropy of both directions in nats a character."""
    model.eval()
    rows = torch.from_numpy(held[: len(held) // _STEPS * _STEPS].astype(np.int64))
    batches = torch.split(rows.view(-1, _STEPS), 64)
    losses = [float(model(batch)) for batch in batches]
    model.train()
    return float(np.mean(losses))


def save(folder: Path, model: LanguageModel, alphabet: list[str]) -> None:
    """Write ``alphabet.json`` and ``language_model.pt``."""
    folder.mkdir(parents=True, exist_ok=True)
    with whole_file(folder / "alphabet.json") as file:
        json.dump(alphabet, file, ensure_ascii=False)
    torch.save(model.state_dict(), folder / "language_model.pt.new")
    (folder / "language_model.pt.new").replace(folder / "language_model.pt")


def _sample(stream: NDArray[np.uint16], rng: random.Random) -> Tensor:
    starts = [rng.randrange(len(stream) - _STEPS) for _ in range(_ROWS)]
    rows = np.stack([stream[start : start + _STEPS] for start in starts])
    return torch.from_numpy(rows.astype(np.int64))


def _step(
    model: LanguageModel,
    optimizer: torch.optim.Optimizer,
    batch: Tensor,
    characters: int,
) -> None:
    extra = torch.randint(1, characters, (_EXTRA,))
    loss = model(batch, extra)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line)
        elif block:
            yield "".join(block)
            block = []
    if block:
        yield "".join(block)
