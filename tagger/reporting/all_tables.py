"""Every table of a report, in the order they are shown."""

from collections.abc import Iterator

from tagger.reporting.cut_tables import comparison_table, cut_tables
from tagger.reporting.name_tables import name_tables
from tagger.reporting.report import Report
from tagger.reporting.section_tables import section_tables
from tagger.reporting.tables import Table


def all_tables(report: Report) -> Iterator[Table]:
    """The tables about names, sections, cuts, and a second system."""
    if report.evaluation is not None:
        yield from name_tables(report.evaluation)
        yield from section_tables(report.evaluation)
    if report.cuts is not None:
        yield from cut_tables(report.cuts)
    if report.comparison is not None:
        yield comparison_table(report.system, report.comparison)
