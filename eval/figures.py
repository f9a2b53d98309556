"""The tables of figures in the READMEs, made of the reports in eval/reports/latest.

    python eval/figures.py           write them into the READMEs
    python eval/figures.py --check   exit 1 if they are not there already

They stand between ``<!-- figures -->`` and ``<!-- /figures -->``. `eval/suite.py` calls
this after a whole run; nothing is scored here.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tagger.files import whole_file

ROOT = Path(__file__).parent.parent
LATEST = Path(__file__).parent / "reports" / "latest"
READMES = ("README.md", "README.zh-CN.md")
SUMMARY = "summary.json"
MARKED = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.DOTALL)
UNDEFINED = "–"

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Scored:
    """A set and its report."""

    about: dict[str, Any]
    report: dict[str, Any]

    def cell(self, score: str) -> str:
        """A score in percent with its interval."""
        figure = self.report["figures"].get(score)
        if figure is None or figure["value"] is None:
            return UNDEFINED
        shown = f"{100 * figure['value']:.1f}"
        return shown + _range(figure)


def _range(figure: dict[str, Any]) -> str:
    if figure["low"] is None:
        return ""
    ends = [f"{100 * figure[end]:.1f}" for end in ("low", "high")]
    between = " … " if "-" in "".join(ends) else "–"
    return f" ({between.join(ends)})".replace("-", "−")


@dataclass(frozen=True, slots=True)
class Block:
    """A table: which sets it has, by a score they must have, and its columns."""

    needs: str
    title: Pair
    columns: tuple[tuple[Pair, Callable[[Scored], str]], ...]


def _score(title: Pair, name: str) -> tuple[Pair, Callable[[Scored], str]]:
    return title, lambda scored: scored.cell(name)


BLOCKS = (
    Block(
        "strict.f1",
        ("names, strict F1", "名称严格F1"),
        (
            _score(("all", "合计"), "strict.f1"),
            _score(("PER", "人物"), "PER.f1"),
            _score(("LOC", "地点"), "LOC.f1"),
            _score(("ORG", "机构"), "ORG.f1"),
            _score(("tags", "标目"), "tags.f1"),
            (
                ("options", "选项"),
                lambda s: f"`{o}`" if (o := s.about["options"]) else "",
            ),
        ),
    ),
    Block(
        "sections.primary",
        ("sections", "归类"),
        (
            _score(("primary right", "主类正确"), "sections.primary"),
            _score(("among the right ones", "属于应有各类"), "sections.in_set"),
            _score(("all of them, micro F1", "各类微平均F1"), "sections.micro.f1"),
            _score(
                ("keywords of the headline alone", "仅标题关键词"),
                "baseline.keywords.primary",
            ),
        ),
    ),
    Block(
        "cuts.f1",
        ("page cuts", "版面切分"),
        (
            (
                ("pages", "版数"),
                lambda s: f"{s.report['cut_counts']['cuts.pages']:.0f}",
            ),
            _score(("borders, F1", "边界F1"), "cuts.f1"),
            _score(("within a line", "差一行以内"), "cuts.line.f1"),
            _score(("whole articles, F1", "整篇切对F1"), "cuts.articles.f1"),
            _score(("titles right", "标题正确"), "cuts.title"),
        ),
    ),
)
#: What wrong cuts cost: columns are scores, each "own cuts / gold cuts: difference".
COSTS: tuple[tuple[Pair, str], ...] = (
    (("names, strict F1", "名称严格F1"), "through.strict.f1"),
    (("tags of the article, F1", "文章标目F1"), "through.tags.f1"),
    (("primary right", "主类正确"), "through.sections.primary"),
)


def tables(latest: Path, language: int) -> str:
    """All tables in a language (0 English, 1 Chinese), from a folder of reports."""
    summary = json.loads((latest / SUMMARY).read_text("utf-8"))
    sets = [
        Scored(about, json.loads((latest / about["report"]).read_text("utf-8")))
        for about in summary["sets"]
    ]
    parts = [_table(block, sets, language) for block in BLOCKS]
    parts += [_costs(sets, language), _note(summary, language)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(block: Block, sets: list[Scored], language: int) -> str:
    having = [s for s in sets if block.needs in s.report["figures"]]
    heads = [block.title[language], *(title[language] for title, _ in block.columns)]
    rows = [
        [s.about["title"][language], *(cell(s) for _, cell in block.columns)]
        for s in having
    ]
    return "\n".join(_lines(heads, rows)) if rows else ""


def _costs(sets: list[Scored], language: int) -> str:
    """Own cuts, gold cuts, and the difference with its interval."""
    title = ("through own cuts / gold cuts", "经由自行切分／正确切分")[language]
    rows = []
    for scored in sets:
        cost = scored.report.get("cost_of_cuts")
        if cost:
            cells = [_cost(cost[name]) for _, name in COSTS]
            rows.append([scored.about["title"][language], *cells])
    heads = [title, *(names[language] for names, _ in COSTS)]
    return "\n".join(_lines(heads, rows)) if rows else ""


def _cost(cost: dict[str, Any]) -> str:
    if cost["a"] is None or cost["b"] is None:
        return UNDEFINED
    change = f"{100 * cost['difference']['value']:+.1f}".replace("-", "−")
    both = f"{100 * cost['a']:.1f} / {100 * cost['b']:.1f}"
    return f"{both}: {change}{_range(cost['difference'])}"


def _lines(heads: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|---|{'---|' * (len(heads) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _note(summary: dict[str, Any], language: int) -> str:
    made, version = summary["made"], summary["version"]
    return (
        (
            f"In percent, with 95 % intervals. Scored {made}, version {version}; the whole "
            "reports are in `eval/reports/latest`. All of it again: "
            "`python eval/suite.py --shared DIR`; one row: "
            "`tagger eval GOLD --model shipped` with the row's options."
        ),
        (
            f"百分数，括号内为95%区间。{made}评测，版本{version}，完整报告见"
            "`eval/reports/latest`。全部重测：`python eval/suite.py --shared DIR`；"
            "单测一行：`tagger eval GOLD --model shipped`加该行选项。"
        ),
    )[language]


def with_tables(text: str, made: str) -> str:
    """A README with the tables in their place; as it is when it has no place."""
    return MARKED.sub(lambda found: f"{found[1]}{made}{found[2]}", text)


def stale(latest: Path, readmes: Path) -> list[tuple[Path, str]]:
    """The READMEs of a folder that say something else, with what they should say."""
    found = []
    for language, name in enumerate(READMES):
        path = readmes / name
        text = path.read_text("utf-8")
        new = with_tables(text, tables(latest, language))
        if new != text:
            found.append((path, new))
    return found


def write(latest: Path, readmes: Path) -> None:
    """Write the tables into the READMEs of a folder."""
    for path, text in stale(latest, readmes):
        with whole_file(path) as file:
            file.write(text)


def main() -> int:
    """Write, or check."""
    if "--check" in sys.argv[1:]:
        old = stale(LATEST, ROOT)
        for path, _ in old:
            print(f"{path.name} does not say what eval/reports/latest says")
        return 1 if old else 0
    write(LATEST, ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
