"""Tables about sections."""

from collections.abc import Iterator

from tagger.labels import Section
from tagger.reporting.name_tables import needed_note
from tagger.reporting.tables import (
    P_R_F1,
    Table,
    count,
    interval,
    number,
    percent,
    three,
    words,
)
from tagger.reporting.words import BASELINES, SECTION_SCORES, Text, same
from tagger.scoring.curves import coverage_at
from tagger.scoring.evaluation import Evaluation, SectionsReport

_PRECISIONS = (0.9, 0.95, 0.97, 0.99)
_MOST_CONFUSIONS = 30
_NONE = Text("none", "未归类")


def section_tables(evaluation: Evaluation) -> Iterator[Table]:
    """All tables about sections."""
    report = evaluation.sections
    if report is None:
        return
    yield _overall(evaluation)
    yield _each(evaluation, report)
    if report.coverage:
        yield _coverage(report)
    yield _confusions(report)


def section_name(section: str | None) -> Text:
    """A section's key and, where it is ours, its printed name."""
    if section is None:
        return _NONE
    return (
        Text(section, Section(section).zh) if section in set(Section) else same(section)
    )


def _overall(evaluation: Evaluation) -> Table:
    figures = evaluation.figures
    rows = [
        (
            words(title),
            percent(figures[name].value),
            interval(figures[name]),
            *(
                percent(figure.value) if figure else words("")
                for figure in (
                    figures.get(name.replace("sections", f"baseline.{baseline}"))
                    for baseline in BASELINES
                )
            ),
        )
        for name, title in SECTION_SCORES.items()
    ]
    header = (
        Text("articles filed", "归类"),
        Text("%", "%"),
        P_R_F1[3],
        *BASELINES.values(),
    )
    counted = Text(
        f"{evaluation.counts['sections.n']:,.0f} articles",
        f"共{evaluation.counts['sections.n']:,.0f}篇",
    )
    needed = needed_note(evaluation) if evaluation.names is None else None
    note = (
        Text(*(f"{a}; {b}" for a, b in zip(counted, needed, strict=True)))
        if needed
        else counted
    )
    return Table("sections", Text("Sections", "版类"), header, tuple(rows), note)


def _each(evaluation: Evaluation, report: SectionsReport) -> Table:
    figures, counts = evaluation.figures, evaluation.counts
    rows = [
        (
            words(section_name(section)),
            count(counts[f"section.{section}.gold"]),
            count(counts[f"section.{section}.predicted"]),
            *three(figures, f"section.{section}."),
            percent(report.average_precision[section]),
        )
        for section in report.sections
    ]
    header = (
        Text("section", "版类"),
        Text("gold", "应有"),
        Text("found", "所归"),
        *P_R_F1,
        Text("AP", "平均精度"),
    )
    title = Text("Each section, primary or not", "各版类（含兼类）")
    return Table("each-section", title, header, tuple(rows), brief=False)


def _coverage(report: SectionsReport) -> Table:
    rows = []
    for wanted in _PRECISIONS:
        point = coverage_at(report.coverage, wanted)
        rows.append(
            (
                words(f"≥ {100 * wanted:.0f} %"),
                percent(point.coverage if point else None),
                percent(point.precision if point else None),
                number(point.threshold if point else None),
            )
        )
    header = (
        Text("right at least", "正确率不低于"),
        Text("filed unseen", "可自动归类"),
        Text("right", "正确率"),
        Text("confidence from", "置信度门槛"),
    )
    title = Text("How much can be filed without a look", "免复核比例")
    return Table("coverage", title, header, tuple(rows))


def _confusions(report: SectionsReport) -> Table:
    rows = [
        (words(section_name(gold)), words(section_name(found)), count(n))
        for gold, found, n in report.confusions[:_MOST_CONFUSIONS]
    ]
    header = (
        Text("gold", "应为"),
        Text("found", "所归"),
        Text("articles", "篇数"),
    )
    title = Text("Sections taken for others", "版类混淆")
    return Table("section-confusions", title, header, tuple(rows), brief=False)
