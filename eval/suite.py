"""Score all shipped models on all sets of suite.toml: one command for every figure.

    python eval/suite.py --shared DIR      everything
    python eval/suite.py --dev             development sets only
    python eval/suite.py --repin --why "…" and pin the scores made as floors

A whole run writes eval/reports/latest, a JSON and a Markdown file a set, and the tables
of both READMEs (see eval/figures.py). A run that leaves sets out, because it was told to
or because they are not on disk, names them, writes eval/reports/partial and leaves the
READMEs alone. With --html also pages with every mistake in its sentence, which hold
other people's texts: look at them, don't pass them on. Exit code 6: a score is under its
floor in eval/floors.json.
"""

import argparse
import json
import os
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import figures

from tagger import __version__, tagging
from tagger.corpus.compiling import by_split, write_compiled
from tagger.corpus.reading import read_whole
from tagger.corpus.splits import read_splits
from tagger.errors import GoldError, TaggerError
from tagger.files import whole_file, write_jsonl
from tagger.gold import ReadingOptions, RepeatedIds
from tagger.reporting.all_tables import all_tables
from tagger.reporting.building import Request, build
from tagger.reporting.floors import Floors
from tagger.reporting.html_page import page
from tagger.reporting.json_file import report_object
from tagger.reporting.markdown import markdown
from tagger.reporting.report import Report
from tagger.reporting.running import model_of
from tagger.reporting.tables import UNDEFINED
from tagger.standoff import join

HERE = Path(__file__).parent
ROOT = HERE.parent
BELOW_FLOOR = 6
#: Scores told while running.
TOLD = {
    "strict.f1": "names",
    "tags.f1": "tags",
    "sections.primary": "primary section",
    "cuts.f1": "borders",
    "cuts.articles.f1": "whole articles",
}


@dataclass(frozen=True, slots=True)
class Set:
    """A gold set of suite.toml."""

    name: str
    title: tuple[str, str]
    purpose: str
    path: str
    train: str | None = None
    conventions: str | None = None
    #: What to do with ids that a file repeats.
    repeated_ids: RepeatedIds = RepeatedIds.REFUSE

    @property
    def options(self) -> str:
        """How `tagger eval` is told the same."""
        parts = []
        if self.conventions:
            parts.append(f"--conventions {self.conventions}")
        if self.repeated_ids is not RepeatedIds.REFUSE:
            parts.append(f"--repeated-ids {self.repeated_ids}")
        return " ".join(parts)


class MissingError(Exception):
    """A set that is not on disk."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where sets are looked for."""

    shared: Path
    #: Where the corpus was compiled to; None if it could not be.
    compiled: Path | None
    #: For what is made of annotations and texts together.
    scratch: Path

    def of(self, path: str) -> Path:
        """Where a path of suite.toml is."""
        first, _, rest = path.partition("/")
        kind, colon, split = path.partition(":")
        found = self.shared / rest if first == "shared" else ROOT / path
        if colon and kind == "corpus":
            found = (self.compiled or ROOT / "not-compiled") / f"{split}.jsonl"
        if colon and kind == "real":
            found = self._joined(split)
        if not found.exists():
            raise MissingError(path)
        return found

    def _joined(self, name: str) -> Path:
        """Stand-off annotations joined to the texts that they are of."""
        joined = self.scratch / f"real-{name}.jsonl"
        standoff = ROOT / "corpus" / "real" / f"{name}.jsonl"
        try:
            write_jsonl(joined, join(standoff, self.shared / "data"))
        except GoldError as error:
            raise MissingError(f"{standoff.relative_to(ROOT)}: {error}") from error
        return joined


@dataclass(frozen=True, slots=True)
class Result:
    """A set scored with a model."""

    of: Set
    model: str
    report: Report

    @property
    def name(self) -> str:
        """What its files and floors are called."""
        return f"{self.model}-{self.of.name}"


def main() -> int:
    """Run the suite."""
    options = _options()
    config = tomllib.loads(options.config.read_text("utf-8"))
    wanted: list[Set] = []
    left_out: list[Set] = []
    for one in map(_set, config["sets"]):
        is_wanted = one.name in (options.only or [one.name])
        is_wanted &= one.purpose == "dev" or not options.dev
        (wanted if is_wanted else left_out).append(one)
    results, skipped = [], [one.name for one in left_out]
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        places = Places(options.shared, _compile(scratch), scratch)
        for model in config["models"]:
            results += _run(model, wanted, places, skipped)
    into = options.reports / ("partial" if skipped else "latest")
    _write_all(results, into, html=options.html)
    if skipped:
        names = ", ".join(skipped)
        print(f"left out: {names}; READMEs left alone, see {into}", file=sys.stderr)
    else:
        figures.write(into, options.readmes)
    return _check_floors(results, options)


def _set(entry: dict[str, Any]) -> Set:
    repeated = RepeatedIds(entry.get("repeated_ids", RepeatedIds.REFUSE))
    return Set(**entry | {"title": tuple(entry["title"]), "repeated_ids": repeated})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    shared = Path(os.environ.get("TAGGER_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=shared, help="folder of sets")
    parser.add_argument("--dev", action="store_true", help="leave out test sets")
    parser.add_argument("--only", nargs="*", help="names of sets")
    parser.add_argument("--html", action="store_true", help="pages of mistakes too")
    parser.add_argument("--repin", action="store_true", help="pin the scores as floors")
    parser.add_argument("--why", help="why --repin may lower a floor")
    for name, default in (
        ("config", HERE / "suite.toml"),
        ("floors", HERE / "floors.json"),
        ("reports", HERE / "reports"),
        ("readmes", ROOT),
    ):
        parser.add_argument(f"--{name}", type=Path, default=default)
    return parser.parse_args()


def _compile(folder: Path) -> Path | None:
    corpus = ROOT / "corpus"
    try:
        articles = read_whole(corpus)
        write_compiled(by_split(articles, read_splits(corpus)), folder)
    except (TaggerError, OSError) as error:
        print(f"corpus not compiled: {error}", file=sys.stderr)
        return None
    return folder


def _run(
    model: dict[str, str], sets: list[Set], places: Places, skipped: list[str]
) -> Iterator[Result]:
    name, folder = model["name"], model.get("folder")
    try:
        tagger = tagging.load(ROOT / folder if folder else None)
    except TaggerError as error:
        print(f"model {name} skipped: {error}", file=sys.stderr)
        skipped.append(name)
        return
    for one in sets:
        try:
            gold = places.of(one.path)
            training = places.of(one.train) if one.train else None
        except MissingError as error:
            print(f"{one.name} skipped: {error} is not on disk", file=sys.stderr)
            skipped.append(one.name)
            continue
        system = model_of(tagger, name, one.conventions)
        how = ReadingOptions(repeated=one.repeated_ids)
        report = build(Request(gold, system, training=training, gold_options=how))
        print(f"{one.name}: {_line(report)}", file=sys.stderr)
        yield Result(one, name, report)


def _line(report: Report) -> str:
    made = ((told, report.figures.get(name)) for name, told in TOLD.items())
    cells = [f"{told} {_percent(f.value)}" for told, f in made if f is not None]
    if report.cuts is not None:
        for names, score in figures.COSTS:
            cost = report.cuts.cost[score]
            cells.append(
                f"{names[0]} through own cuts {_percent(cost.a)}, "
                f"gold cuts {_percent(cost.b)}"
            )
    return ", ".join(cells)


def _percent(value: float | None) -> str:
    return UNDEFINED if value is None else f"{100 * value:.1f}"


def _write_all(results: list[Result], into: Path, *, html: bool) -> None:
    """Write the reports, and only these: of a run before nothing is left."""
    into.mkdir(parents=True, exist_ok=True)
    for old in into.iterdir():
        if old.suffix in {".json", ".md", ".html"}:
            old.unlink()
    for result in results:
        _write(into, result, html=html)
    summary = {
        "made": datetime.now(UTC).date().isoformat(),
        "version": __version__,
        "sets": [
            {
                "name": result.of.name,
                "title": result.of.title,
                "purpose": result.of.purpose,
                "options": result.of.options,
                "report": f"{result.name}.json",
            }
            for result in results
        ],
    }
    _write_json(into / figures.SUMMARY, summary)


def _write(into: Path, result: Result, *, html: bool) -> None:
    report = result.report
    _write_json(into / f"{result.name}.json", report_object(report, __version__))
    texts = {"md": markdown(all_tables(report))}
    if html:
        texts["html"] = page(report)
    for ending, text in texts.items():
        with whole_file(into / f"{result.name}.{ending}") as file:
            file.write(text)


def _write_json(path: Path, made: dict[str, Any]) -> None:
    with whole_file(path) as file:
        file.write(json.dumps(made, ensure_ascii=False, indent=1) + "\n")


def _check_floors(results: list[Result], options: argparse.Namespace) -> int:
    floors = Floors.read(options.floors)
    fallen = 0
    for result in results:
        digest, made = result.report.gold_sha256, result.report.figures
        if options.repin:
            floors = floors.repinned(result.name, digest, made, options.why)
        elif result.name in floors.sets:
            for fall in floors.check(result.name, digest, made):
                print(f"{result.name}: {fall}", file=sys.stderr)
                fallen += 1
    if options.repin:
        floors.write()
    return BELOW_FLOOR if fallen else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except TaggerError as problem:
        sys.exit(f"suite: {problem}")
