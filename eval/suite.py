"""Score all shipped models on all sets of suite.toml that are on disk.

    python eval/suite.py --dev             development sets
    python eval/suite.py                   test sets too
    python eval/suite.py --dev --repin     raise the floors to the scores made

Writes eval/reports/latest: a JSON and a Markdown file a set, and the table of the README,
which takes the place of what stands there between ``<!-- scores -->`` and
``<!-- /scores -->``. With --html also pages with every mistake in its sentence, which
hold other people's texts: look at them, don't pass them on. Exit code 6: a score is
under its floor in eval/floors.json.
"""

import argparse
import json
import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tagger import __version__, tagging
from tagger.corpus.compiling import by_split, write_compiled
from tagger.corpus.reading import read_whole
from tagger.corpus.splits import read_splits
from tagger.errors import TaggerError
from tagger.files import whole_file
from tagger.reporting.all_tables import all_tables
from tagger.reporting.building import Model, Request, build
from tagger.reporting.floors import Floors
from tagger.reporting.html_page import page
from tagger.reporting.json_file import report_object
from tagger.reporting.markdown import markdown
from tagger.reporting.report import Report
from tagger.reporting.tables import UNDEFINED
from tagger.sections.features import Titled

HERE = Path(__file__).parent
ROOT = HERE.parent
LATEST = HERE / "reports" / "latest"
BELOW_FLOOR = 6
#: Columns of the README's table: English, Chinese, and the score.
COLUMNS = (
    ("names", "名称", "strict.f1"),
    ("PER", "人物", "PER.f1"),
    ("LOC", "地点", "LOC.f1"),
    ("ORG", "机构", "ORG.f1"),
    ("tags", "标目", "tags.f1"),
    ("primary section", "主类", "sections.primary"),
    ("page borders", "版面边界", "cuts.f1"),
    ("articles cut right", "整篇切对", "cuts.articles.f1"),
)


@dataclass(frozen=True, slots=True)
class Set:
    """A gold set of suite.toml."""

    name: str
    title: tuple[str, str]
    purpose: str
    path: str
    train: str | None = None
    conventions: str | None = None


class MissingError(Exception):
    """A set that is not on disk."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where sets are looked for."""

    shared: Path
    #: Where the corpus was compiled to; None if it could not be.
    compiled: Path | None

    def of(self, path: str) -> Path:
        """Where a path of suite.toml is."""
        first, _, rest = path.partition("/")
        kind, colon, split = path.partition(":")
        found = self.shared / rest if first == "shared" else ROOT / path
        if colon and kind == "corpus":
            found = (self.compiled or ROOT / "not-compiled") / f"{split}.jsonl"
        if not found.exists():
            raise MissingError(path)
        return found


def main() -> int:
    """Run the suite."""
    options = _options()
    config = tomllib.loads((HERE / "suite.toml").read_text("utf-8"))
    sets = [Set(**{**s, "title": tuple(s["title"])}) for s in config["sets"]]
    wanted = [
        s
        for s in sets
        if (s.purpose == "dev" or not options.dev)
        and (not options.only or s.name in options.only)
    ]
    reports: list[tuple[Set, str, Report]] = []
    with tempfile.TemporaryDirectory() as folder:
        places = Places(options.shared, _compile(Path(folder)))
        for model in config["models"]:
            reports += _run(model, wanted, places)
    LATEST.mkdir(parents=True, exist_ok=True)
    for one, model, report in reports:
        _write(f"{model}-{one.name}", report, html=options.html)
    _write_summary(reports, partly=bool(options.only or options.dev))
    return _check_floors(reports, repin=options.repin, why=options.why)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    shared = Path(os.environ.get("TAGGER_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=shared)
    parser.add_argument("--dev", action="store_true", help="leave out test sets")
    parser.add_argument("--only", nargs="*", help="names of sets")
    parser.add_argument("--html", action="store_true", help="pages of mistakes too")
    parser.add_argument("--repin", action="store_true", help="pin the scores as floors")
    parser.add_argument("--why", help="why --repin may lower a floor")
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
    model: dict[str, str], sets: list[Set], places: Places
) -> Iterator[tuple[Set, str, Report]]:
    name, folder = model["name"], model.get("folder")
    try:
        tagger = tagging.load(ROOT / folder if folder else None)
    except TaggerError as error:
        print(f"model {name} skipped: {error}", file=sys.stderr)
        return
    for one in sets:
        try:
            gold = places.of(one.path)
            training = places.of(one.train) if one.train else None
        except MissingError as error:
            print(f"{one.name} skipped: {error} is not on disk", file=sys.stderr)
            continue
        system = Model(name, tagger, _scores_of(tagger), one.conventions)
        report = build(Request(gold, system, training=training))
        print(f"{one.name}: {_line(report)}", file=sys.stderr)
        yield one, name, report


def _scores_of(tagger: tagging.Tagger):
    def scores(texts):
        sections = tagger.sections.config.sections
        member = tagger.sections.scores([Titled(text) for text in texts]).member
        return [dict(zip(sections, row.tolist(), strict=True)) for row in member]

    return scores


def _line(report: Report) -> str:
    cells = ((name, _cell(report, score)) for name, _, score in COLUMNS)
    return ", ".join(f"{name} {cell}" for name, cell in cells if cell)


def _cell(report: Report, score: str) -> str:
    figure = report.figures.get(score)
    if figure is None:
        return ""
    if figure.value is None:
        return UNDEFINED
    interval = ""
    if figure.low is not None and figure.high is not None:
        interval = f" ({100 * figure.low:.1f}–{100 * figure.high:.1f})"
    return f"{100 * figure.value:.1f}{interval}"


def _write(name: str, report: Report, *, html: bool) -> None:
    made = report_object(report, __version__)
    texts = {
        "json": json.dumps(made, ensure_ascii=False, indent=1) + "\n",
        "md": markdown(all_tables(report)),
    }
    if html:
        texts["html"] = page(report)
    for ending, text in texts.items():
        with whole_file(LATEST / f"{name}.{ending}") as file:
            file.write(text)


def _write_summary(reports: list[tuple[Set, str, Report]], *, partly: bool) -> None:
    for language, readme in enumerate(("README.md", "README.zh-CN.md")):
        table = _table(reports, language)
        path = LATEST / f"summary.{('en', 'zh')[language]}.md"
        with whole_file(path) as file:
            file.write(table)
        if not partly:
            _into_readme(ROOT / readme, table)


def _table(reports: list[tuple[Set, str, Report]], language: int) -> str:
    used = [c for c in COLUMNS if any(c[2] in r.figures for _, _, r in reports)]
    models = len({model for _, model, _ in reports}) > 1
    heads = [("set", "数据")[language], *(column[language] for column in used)]
    lines = [f"| {' | '.join(heads)} |", f"|---|{'---:|' * len(used)}"]
    for one, model, report in reports:
        title = one.title[language] + (f" ({model})" if models else "")
        cells = [title, *(_cell(report, score) for _, _, score in used)]
        lines.append(f"| {' | '.join(cells)} |")
    note = (
        "F1 in percent, strict where names are meant; in brackets 95 % intervals.",
        "F1或正确率，百分数，名称按严格匹配；括号内为95%区间。",
    )
    return "\n".join([*lines, "", note[language], ""])


def _into_readme(path: Path, table: str) -> None:
    if not path.exists():
        return
    text = path.read_text("utf-8")
    marked = re.compile(r"(<!-- scores -->\n).*?(<!-- /scores -->)", re.DOTALL)
    new = marked.sub(lambda found: f"{found[1]}{table}{found[2]}", text)
    if new != text:
        with whole_file(path) as file:
            file.write(new)


def _check_floors(
    reports: list[tuple[Set, str, Report]], *, repin: bool, why: str | None
) -> int:
    floors = Floors.read(HERE / "floors.json")
    fallen = 0
    for one, model, report in reports:
        name, digest = f"{model}-{one.name}", report.gold_sha256
        if repin:
            floors = floors.repinned(name, digest, report.figures, why)
        elif name in floors.sets:
            for fall in floors.check(name, digest, report.figures):
                print(f"{name}: {fall}", file=sys.stderr)
                fallen += 1
    if repin:
        floors.write()
    return BELOW_FLOOR if fallen else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except TaggerError as problem:
        sys.exit(f"suite: {problem}")
