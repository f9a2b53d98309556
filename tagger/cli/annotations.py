"""``tagger agree``, ``convert`` and ``check``: annotations without a system."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tagger.cli.annotation_options import (
    Broken,
    Column,
    Counted,
    GoldOrCorpus,
    Json,
    Kind,
    Labels,
    Overlapping,
    Repeated,
    Seed,
    TagScheme,
    Trials,
    options,
    read_all,
)
from tagger.gold.formats import Format
from tagger.gold.naming import RepeatedIds
from tagger.gold.offsets import Offsets
from tagger.gold.schemes import BrokenTags, Scheme
from tagger.gold.settling import Overlaps, Settling

if TYPE_CHECKING:
    from tagger.gold import Reading, ReadingOptions


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(agree)
    app.command()(convert)
    app.command()(check)


def agree(
    annotators: Annotated[
        list[Path], typer.Argument(help="Two or more annotations of the same texts.")
    ],
    *,
    format_: Kind = None,
    broken_tags: Broken = BrokenTags.REFUSE,
    overlaps: Overlapping = Overlaps.REFUSE,
    offsets: Counted = Offsets.SEEN,
    repeated_ids: Repeated = RepeatedIds.REFUSE,
    labels: Labels = None,
    trials: Trials = 2000,
    seed: Seed = 20260707,
    json_out: Json = None,
) -> None:
    """Agreement between annotators: F1 on names, kappa on sections, each pair."""
    from rich.console import Console

    from tagger.files import whole_file
    from tagger.gold import ColumnOptions
    from tagger.reporting.agreements import agreement_object, agreement_tables, pairs
    from tagger.reporting.terminal import show
    from tagger.scoring.statistics import Resampling

    if len(annotators) < 2:
        raise typer.BadParameter("agreement needs two annotations at least")
    columns = ColumnOptions(broken=broken_tags)
    settling = Settling(overlaps, offsets)
    how = options(format_, columns, settling, repeated_ids, labels)
    readings = [read_all(path, how, allow_refused=False) for path in annotators]
    found = pairs(readings, Resampling(trials, seed))
    show(Console(), agreement_tables(found), full=True)
    for reading in readings:
        typer.echo(reading.audit.line())
    if json_out is not None:
        with whole_file(json_out) as file:
            json.dump(agreement_object(found), file, ensure_ascii=False, indent=1)


def convert(
    source: Annotated[Path, typer.Argument(help="Annotations in any format known.")],
    target: Annotated[Path, typer.Argument(help="File, or folder for brat, to write.")],
    *,
    to: Annotated[Format, typer.Option(help="Format to write.")],
    format_: Kind = None,
    column: Column = -1,
    broken_tags: Broken = BrokenTags.REFUSE,
    scheme: TagScheme = None,
    overlaps: Overlapping = Overlaps.REFUSE,
    offsets: Counted = Offsets.SEEN,
    repeated_ids: Repeated = RepeatedIds.REFUSE,
    labels: Labels = None,
    to_scheme: Annotated[
        Scheme, typer.Option(help="Tag scheme to write, for columns.")
    ] = Scheme.BIO,
    ids: Annotated[
        bool, typer.Option("--ids", help="Write ids into columns, as comments.")
    ] = False,
    allow_refused: Annotated[
        bool, typer.Option("--allow-refused", help="Leave out what does not fit.")
    ] = False,
) -> None:
    """Turn annotations of one format into another; say what was repaired or refused."""
    from tagger.gold import ColumnOptions, write

    columns = ColumnOptions(column, broken_tags, scheme)
    settling = Settling(overlaps, offsets)
    how = options(format_, columns, settling, repeated_ids, labels)
    reading = read_all(source, how, allow_refused=allow_refused)
    write(reading.documents, target, to, to_scheme, ids=ids)
    typer.echo(reading.audit.line(), err=True)


def check(
    gold: GoldOrCorpus,
    *,
    against: Annotated[
        Path | None, typer.Option(help="Training annotations, to find leaks.")
    ] = None,
    format_: Kind = None,
    column: Column = -1,
    broken_tags: Broken = BrokenTags.REFUSE,
    overlaps: Overlapping = Overlaps.REFUSE,
    offsets: Counted = Offsets.SEEN,
    repeated_ids: Repeated = RepeatedIds.REFUSE,
    labels: Labels = None,
    json_out: Annotated[
        Path | None, typer.Option("--json", help="Write findings as JSON lines.")
    ] = None,
    stats: Annotated[
        bool, typer.Option("--stats", help="Print counts too, of a corpus folder.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings fail the check too.")
    ] = False,
) -> None:
    """Find what is wrong or doubtful in annotations; exit 1 if something is wrong."""
    from rich.console import Console

    from tagger.files import write_jsonl
    from tagger.gold import ColumnOptions
    from tagger.gold.linting import Level, lint
    from tagger.reporting.findings import finding_objects, findings_tables
    from tagger.reporting.terminal import show

    columns, settling = ColumnOptions(column, broken_tags), Settling(overlaps, offsets)
    how = options(format_, columns, settling, repeated_ids, labels)
    reading, problems = _to_check(gold, how, stats=stats)
    training = read_all(against, how, allow_refused=True).documents if against else ()
    found = list(lint(reading.documents, training))
    show(Console(), findings_tables(reading, found), full=True)
    typer.echo(reading.audit.line())
    if json_out is not None:
        write_jsonl(json_out, finding_objects(reading, found))
    errors = sum(finding.level is Level.ERROR for finding in found)
    doubtful = found or reading.audit.trimmed
    if problems or reading.audit.refused or errors or (strict and doubtful):
        raise typer.Exit(1)


def _to_check(
    gold: Path, how: "ReadingOptions", *, stats: bool
) -> tuple["Reading", int]:
    """The annotations of a file or a corpus folder, and how many problems that has."""
    from tagger.cli.corpus import audit, is_corpus

    if is_corpus(gold):
        return audit(gold, stats=stats)
    if stats:
        raise typer.BadParameter(f"--stats counts a corpus folder, {gold} is none")
    return read_all(gold, how, allow_refused=True), 0
