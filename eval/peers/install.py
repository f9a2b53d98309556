"""Make the environment of a peer, or of several, each apart.

    python eval/peers/install.py jieba --envs out/peers
    python eval/peers/install.py all --envs out/peers

Makes ``ENVS/NAME`` anew and installs the peer into it with pip, as recipes.toml says.
"""

import argparse
import os
import subprocess
import sys
import venv
from pathlib import Path

from recipes import INSTALLED, RECIPES, Recipe, python_of, read_recipes


def main(arguments: list[str] | None = None) -> int:
    """Install; 1 if a peer could not be."""
    options = _options(arguments)
    recipes = read_recipes(options.recipes)
    names = list(recipes) if options.names == ["all"] else options.names
    unknown = [name for name in names if name not in recipes]
    if unknown:
        print(f"no peer {unknown[0]!r}; there are {', '.join(recipes)}, or all")
        return 2
    failed = [name for name in names if not install(recipes[name], options.envs / name)]
    return 1 if failed else 0


def install(recipe: Recipe, environment: Path) -> bool:
    """Make an environment and say how it went."""
    print(f"{recipe.name}: {recipe.title} into {environment}", flush=True)
    links = os.name != "nt"
    venv.create(environment, clear=True, symlinks=links)
    # our own pip, so that environments need none
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    pip += ["--python", str(python_of(environment))]
    for packages in recipe.pip:
        done = subprocess.run([*pip, "install", "--quiet", *packages])  # noqa: PLW1510, S603 our own recipe; told below
        if done.returncode:
            print(f"{recipe.name}: not installed, pip failed", file=sys.stderr)
            return False
    frozen = subprocess.run(  # noqa: S603 our own recipe
        [*pip, "freeze"], check=True, capture_output=True, text=True
    )
    (environment / INSTALLED).write_text(frozen.stdout, "utf-8")
    print(f"{recipe.name}: installed")
    return True


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="+", help="names in recipes.toml, or all")
    parser.add_argument("--envs", type=Path, required=True, help="where they go")
    parser.add_argument("--recipes", type=Path, default=RECIPES)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
