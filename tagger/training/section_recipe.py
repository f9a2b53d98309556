"""Everything that decides how a sections classifier comes out, but the data's bytes."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tagger.errors import SettingsError
from tagger.sections.features import GramConfig
from tagger.sections.scheme import SHIPPED
from tagger.training.corpora import find
from tagger.training.section_data import Pool


@dataclass(frozen=True, slots=True)
class Gold:
    """A file of hand-filed articles."""

    path: Path
    #: Whether it is a fair sample of what will be filed; only such calibrate.
    fair: bool = True
    #: What an article of it counts in learning.
    weight: float = 1.0
    #: What it counts in choosing how sure scores are, where kinds of text disagree.
    calibration: float = 1.0


@dataclass(frozen=True, slots=True)
class Teaching:
    """How the teacher learns and what its word is worth."""

    dimensions: int = 300
    l2: float = 3e-4
    rounds: int = 50
    #: Unfiled articles the embedding is fitted to, and those the student sees.
    sample: int = 20000
    pool: int = 20000
    #: The teacher's logits are divided by this before they become targets.
    temperature: float = 0.8


@dataclass(frozen=True, slots=True)
class Learning:
    """How the student learns."""

    l2: float = 1e-5
    rounds: int = 15
    #: Weight of the hand-filed articles, the pool's being the rest.
    share: float = 0.3
    #: Weight of the primary section in the softmax's target.
    primary: float = 0.9
    #: Grams of fewer articles are unknown.
    least: int = 20
    folds: int = 6
    wrong_to_missing: float = 1.0
    floor: float = 0.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides what comes out, but for the data's bytes."""

    name: str
    version: str
    gold: tuple[Gold, ...]
    scheme: Path = SHIPPED
    #: Files whose articles must not be seen, not even unfiled.
    held_out: tuple[Path, ...] = ()
    pools: tuple[Pool, ...] = ()
    grams: GramConfig = field(default_factory=GramConfig)
    teaching: Teaching = field(default_factory=Teaching)
    learning: Learning = field(default_factory=Learning)
    seed: int = 20261124


def read_recipe(path: Path, data: Sequence[Path]) -> Recipe:
    """Read a recipe's TOML; its files are looked for in the folders ``data``.

    Raises:
        SettingsError: A key is unknown or missing, or a file is not on disk.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        gold = tuple(
            Gold(find(item.pop("path"), data), **item) for item in table.pop("gold")
        )
        pools = tuple(
            Pool(find(item.pop("path"), data), **item) for item in table.pop("pool", [])
        )
        held_out = tuple(find(name, data) for name in table.pop("held_out", []))
        grams = table.pop("grams", {})
        if "sizes" in grams:
            grams["sizes"] = tuple(grams["sizes"])
        return Recipe(
            gold=gold,
            pools=pools,
            held_out=held_out,
            grams=GramConfig(**grams),
            teaching=Teaching(**table.pop("teaching", {})),
            learning=Learning(**table.pop("learning", {})),
            **table,
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise SettingsError(f"not a recipe: {error}", path=path) from error


def own_recipe(scheme: Path, data: Sequence[Path]) -> Recipe:
    """A recipe for a scheme and articles of the user's own, without a pool."""
    return Recipe(
        name=scheme.stem,
        version="1",
        gold=tuple(Gold(path) for path in data),
        scheme=scheme,
        learning=Learning(least=2),
    )
