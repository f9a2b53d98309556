"""One self-contained page: scores, plots, and every mistake in its sentence."""

from collections.abc import Iterator

from tagger.reporting.all_tables import all_tables
from tagger.reporting.html import Html, h, join
from tagger.reporting.html_articles import cut_mistakes, filing_mistakes
from tagger.reporting.html_document import LANGUAGE_BUTTON, document, tile
from tagger.reporting.html_mistakes import name_mistakes
from tagger.reporting.html_plots import coverage_plot, reliability_plot
from tagger.reporting.html_tables import html_table
from tagger.reporting.name_tables import used_buckets
from tagger.reporting.report import Report
from tagger.reporting.tables import Table, interval, percent
from tagger.reporting.words import Text, same

_TILES = {
    "strict.f1": Text("names, strict F1", "名称严格F1"),
    "tags.f1": Text("tags of articles, F1", "文章标目F1"),
    "sections.primary": Text("primary section right", "主类正确率"),
    "cuts.f1": Text("page borders, F1", "版面边界F1"),
    "cuts.articles.f1": Text("articles exactly cut, F1", "整篇切对F1"),
}


def page(report: Report) -> str:
    """The whole document."""
    return document(f"{report.system} – {report.gold}", *_body(report))


def _body(report: Report) -> Iterator[Html]:
    yield _header(report)
    yield h("main", None, *_main(report))
    yield _footer(report)


def _header(report: Report) -> Html:
    tiles = [
        tile(title, percent(report.figures[name].value), interval(report.figures[name]))
        for name, title in _TILES.items()
        if name in report.figures
    ]
    systems = [report.system]
    if report.comparison is not None:
        systems += [" / ", report.comparison.name]
    heading = h("h1", None, *systems, h("small", None, " – ", report.gold))
    return h(
        "header",
        None,
        h("div", {"class": "top"}, heading, LANGUAGE_BUTTON),
        h("div", {"class": "tiles"}, *tiles),
    )


def _main(report: Report) -> Iterator[Html]:
    evaluation = report.evaluation
    tables = {table.name: table for table in all_tables(report)}
    slices = {name for name in tables if name.startswith("slice-")}
    shown = [table for name, table in tables.items() if name not in slices]
    shown.sort(key=lambda table: table.name != "comparison")
    yield h("div", {"class": "tables"}, *(_table(report, table) for table in shown))
    if evaluation is not None and evaluation.sections is not None:
        plots = _section_plots(report)
        yield h("div", {"class": "plots"}, *plots) if plots else Html("")
    if slices:
        title = Text("Names by slices", "名称分组")
        parts = [_table(report, tables[name]) for name in tables if name in slices]
        yield h("h2", {"id": "slices"}, title)
        yield h("div", {"class": "tables"}, *parts)
    if evaluation is not None and evaluation.names is not None:
        yield name_mistakes(evaluation, evaluation.names, report.comparison)
    if evaluation is not None and evaluation.sections is not None:
        yield filing_mistakes(evaluation)
    if report.cuts is not None:
        yield cut_mistakes(report.cuts)


def _section_plots(report: Report) -> list[Html]:
    sections = report.evaluation and report.evaluation.sections
    if not sections or not sections.coverage:
        return []
    return [reliability_plot(sections.reliability), coverage_plot(sections.coverage)]


def _table(report: Report, table: Table) -> Html:
    return html_table(table, [report.figures[n] for n in _plotted(report, table)])


def _plotted(report: Report, table: Table) -> list[str]:
    """The scores whose intervals are drawn beside a table's rows."""
    names = report.evaluation and report.evaluation.names
    sections = report.evaluation and report.evaluation.sections
    if names and report.evaluation and table.name.startswith("slice-"):
        name = table.name.removeprefix("slice-")
        return [f"{name}={b}.f1" for b in used_buckets(report.evaluation, name)]
    if names and table.name == "types":
        return [f"{label}.f1" for label in names.labels]
    if sections and table.name == "each-section":
        return [f"section.{section}.f1" for section in sections.sections]
    return []


def _footer(report: Report) -> Html:
    lines = [*(audit.line() for audit in report.audits), *report.notes]
    part = report.evaluation or report.cuts
    if part is not None:
        lines.append(f"{part.how.trials:,} draws, seed {part.how.seed}")
    lines.append(f"gold sha256 {report.gold_sha256}")
    return h(
        "footer",
        None,
        h("h2", None, Text("What was read", "读入情况")),
        *(h("p", None, line) for line in lines),
        h("p", None, join(same("tagger eval"))),
    )
