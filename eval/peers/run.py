"""Our names beside those of other systems: the same texts, one run, one thread each.

    python eval/peers/run.py GOLD… --envs DIR [--peers jieba jiagu] [--rounds 3]

GOLD is our JSONL, also .xz. DIR is where install.py made the environments; peers that
have none there are named as not installed. Prints a Markdown table for each GOLD and
writes them all to --out.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from comparing import Scored, busy, rows, score
from measuring import LABELS, Result, System, measure
from recipes import HERE, RECIPES, Recipe, is_installed, python_of, read_recipes

from tagger.errors import GoldError, TaggerError
from tagger.files import whole_file
from tagger.gold.jsonl import at_line, objects, raw_document
from tagger.scoring import Document, Span


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, write; 1 if a system failed."""
    options = _options(arguments)
    recipes = read_recipes(options.recipes)
    wanted = options.peers if options.peers is not None else list(recipes)
    unknown = [name for name in wanted if name not in recipes]
    if unknown:
        print(f"no peer {unknown[0]!r}; there are {', '.join(recipes)}")
        return 2
    missing = [name for name in wanted if not is_installed(options.envs / name)]
    systems = [_peer(recipes[n], options.envs) for n in wanted if n not in missing]
    if not options.no_ours:
        systems.append(_ours(options))
    told = [_not_installed(recipes[name], options.envs) for name in missing]
    if not systems:
        print("\n".join(told))
        return 1
    reports, failed = [], False
    for path in options.gold:
        gold = list(islice(read_gold(path), options.first))
        results = _measured(systems, gold, options.rounds)
        failed = failed or any(result.failure for result in results)
        reports.append(_report(path, gold, results, options))
    text = "\n".join(["".join(reports), *told]).rstrip() + "\n"
    print(text)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(options.out) as file:
        file.write(text)
    return 1 if failed else 0


def read_gold(path: Path) -> Iterator[Document]:
    """The texts with their names; numbered, since some corpora repeat their ids.

    Raises:
        TaggerError: The file cannot be read, or a line has no text or names.
    """
    for number, item in objects(path):
        with at_line(path, number):
            raw = raw_document(item, str(number), number)
            if raw.text is None or raw.spans is None:
                raise GoldError("a line has text and entities")
        spans = (Span(s.start, s.end, s.label) for s in raw.spans if s.label in LABELS)
        yield Document(raw.id, raw.text, tuple(sorted(spans)), facts=raw.facts)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--envs", type=Path, required=True, help="see install.py")
    parser.add_argument("--peers", nargs="+", help="by default all of recipes.toml")
    parser.add_argument("--rounds", type=int, default=3, help="how often each runs")
    parser.add_argument("--first", type=int, help="take only so many texts of a GOLD")
    parser.add_argument("--trials", type=int, default=2000, help="draws of intervals")
    parser.add_argument("--out", type=Path, default=Path("out/peers.md"))
    parser.add_argument("--no-ours", action="store_true", help="only the peers")
    parser.add_argument("--model", type=Path, help="our pipeline; else the shipped one")
    parser.add_argument("--conventions", help="whose conventions ours follows")
    parser.add_argument("--recipes", type=Path, default=RECIPES)
    options = parser.parse_args(arguments)
    if options.rounds < 1 or options.trials < 1:
        parser.error("--rounds and --trials are at least 1")
    return options


def _peer(recipe: Recipe, environments: Path) -> System:
    python = python_of(environments / recipe.name)
    # absolute, not resolved: the link is what tells Python its environment
    command = (str(python.absolute()), str(recipe.script.resolve()))
    return System(recipe.name, recipe.title, command)


def _ours(options: argparse.Namespace) -> System:
    command = [sys.executable, str(HERE / "ours.py")]
    if options.model:
        command += ["--model", str(options.model)]
    if options.conventions:
        command += ["--conventions", options.conventions]
    title = (
        f"ours, {options.conventions} conventions" if options.conventions else "ours"
    )
    return System("ours", title, tuple(command), apart=False)


def _not_installed(recipe: Recipe, environments: Path) -> str:
    command = f"python eval/peers/install.py {recipe.name} --envs {environments}"
    return f"- {recipe.title}: not installed; `{command}`"


def _measured(
    systems: Sequence[System], gold: Sequence[Document], rounds: int
) -> list[Result]:
    results: dict[str, Result] = {}
    for number, result in measure(systems, gold, rounds):
        results[result.system.name] = result
        what = result.failure or f"{result.runs[-1].rate:,.0f} characters a second"
        note = f"round {number + 1} of {rounds}, {result.system.name}: {what}"
        print(note, file=sys.stderr, flush=True)
    return list(results.values())


def _report(
    path: Path,
    gold: Sequence[Document],
    results: Sequence[Result],
    options: argparse.Namespace,
) -> str:
    scored: list[Scored] = [score(gold, r, options.trials) for r in results if r.runs]
    size = sum(len(document.text) for document in gold)
    names = sum(len(document.spans or ()) for document in gold)
    spread = f"median of {options.rounds} rounds (least–most)"
    about = (
        f"{len(gold):,} texts, {size:,} characters, {names:,} names. Strict span F1 in "
        f"percent; speeds and ratios: {spread if options.rounds > 1 else 'one round'}."
    )
    lines = [
        f"## {path.name}",
        "",
        about,
        "",
        rows(scored),
        *(f"- {r.system.title}: failed: {r.failure}" for r in results if r.failure),
        *(f"\n{warning}" for warning in [busy(scored)] if warning),
    ]
    return "\n".join(lines).rstrip() + "\n\n"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except TaggerError as problem:
        sys.exit(f"run: {problem}")
