"""What there is to know of each peer, and its environment on this machine."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
RECIPES = HERE / "recipes.toml"
#: Written last into an environment: without it, installing did not come to its end.
INSTALLED = "peer-installed.txt"


@dataclass(frozen=True, slots=True)
class Recipe:
    """A peer of recipes.toml."""

    name: str
    title: str
    script: Path
    learned: str
    licence: str
    #: Arguments of each call of ``pip install``.
    pip: tuple[tuple[str, ...], ...]


def read_recipes(path: Path = RECIPES) -> dict[str, Recipe]:
    """The peers by name; scripts stand beside the file."""
    with path.open("rb") as file:
        items = tomllib.load(file)
    return {
        name: Recipe(
            name,
            item["title"],
            path.parent / item["script"],
            item["learned"],
            item["licence"],
            tuple(tuple(call) for call in item["pip"]),
        )
        for name, item in items.items()
    }


def python_of(environment: Path) -> Path:
    """The interpreter of a virtual environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def is_installed(environment: Path) -> bool:
    """Whether `install.py` made this environment and came to its end."""
    return (environment / INSTALLED).exists()
