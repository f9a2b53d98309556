"""``tagger eval``; the other commands about annotations are registered with it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tagger.cli import annotations
from tagger.cli.annotation_options import (
    Broken,
    Column,
    Counted,
    Gold,
    Json,
    Kind,
    Labels,
    Overlapping,
    Repeated,
    Seed,
    TagScheme,
    Trials,
    options,
)
from tagger.gold.formats import Format
from tagger.gold.naming import RepeatedIds
from tagger.gold.offsets import Offsets
from tagger.gold.schemes import BrokenTags
from tagger.gold.settling import Overlaps, Settling

if TYPE_CHECKING:
    from tagger.reporting.building import Model
    from tagger.reporting.report import Report

#: Exit code when a score is under its floor.
BELOW_FLOOR: Final = 6
SHIPPED: Final = "shipped"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("eval")(evaluate)
    annotations.register(app)


def evaluate(
    gold: Gold,
    *,
    pred: Annotated[
        Path | None, typer.Option(help="Predictions, in any format known.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(help=f'Instead: a folder of models to run, or "{SHIPPED}".'),
    ] = None,
    compare: Annotated[
        Path | None, typer.Option(help="A second system's predictions, to test.")
    ] = None,
    given_cuts: Annotated[
        Path | None,
        typer.Option(help="For pages: predictions for the gold's own articles."),
    ] = None,
    train: Annotated[
        Path | None,
        typer.Option(help="Training annotations, to tell seen names from unseen."),
    ] = None,
    json_out: Json = None,
    html: Annotated[
        Path | None, typer.Option(help="Write a page with plots and every mistake.")
    ] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write the tables.")] = None,
    mistakes: Annotated[
        Path | None, typer.Option(help="Write every mistake with names, JSON lines.")
    ] = None,
    format_: Kind = None,
    pred_format: Annotated[
        Format | None, typer.Option(help="Format of predictions, when not seen.")
    ] = None,
    column: Column = -1,
    pred_column: Annotated[
        int, typer.Option(help="Column of the predicted tags.")
    ] = -1,
    broken_tags: Broken = BrokenTags.REFUSE,
    scheme: TagScheme = None,
    overlaps: Overlapping = Overlaps.REFUSE,
    offsets: Counted = Offsets.SEEN,
    pred_offsets: Annotated[
        Offsets, typer.Option(help="What offsets of predictions count.")
    ] = Offsets.SEEN,
    repeated_ids: Repeated = RepeatedIds.REFUSE,
    labels: Labels = None,
    conventions: Annotated[
        str | None, typer.Option(help="Annotation standard the model shall follow.")
    ] = None,
    trials: Trials = 2000,
    seed: Seed = 20260707,
    fail_under: Annotated[
        str | None,
        typer.Option(help="Exit 6 below a score: strict.f1=.90,ORG.f1=85%."),
    ] = None,
    floors: Annotated[
        Path | None, typer.Option(help="Exit 6 below the floors pinned in a file.")
    ] = None,
    why: Annotated[
        str | None, typer.Option(help="Why --repin may lower a floor.")
    ] = None,
    repin: Annotated[
        bool, typer.Option("--repin", help="Pin the scores made as the new floors.")
    ] = False,
    allow_missing: Annotated[
        bool, typer.Option("--allow-missing", help="Documents without prediction.")
    ] = False,
    allow_extra: Annotated[
        bool, typer.Option("--allow-extra", help="Predictions without gold.")
    ] = False,
    allow_refused: Annotated[
        bool, typer.Option("--allow-refused", help="Spans that do not fit the text.")
    ] = False,
    by_order: Annotated[
        bool, typer.Option("--by-order", help="Match documents by place, not by id.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Print all tables, slices too.")
    ] = False,
) -> None:
    """Score names, sections and page cuts against hand annotations.

    Every score has a 95 % interval. Nothing is dropped unsaid: the lines at the end
    account for every span read.
    """
    from tagger.gold import Allowed, ColumnOptions
    from tagger.reporting.building import Request, build
    from tagger.scoring.statistics import Resampling

    if (pred is None) == (model is None):
        raise typer.BadParameter("give either --pred or --model")
    columns = (ColumnOptions(n, broken_tags, scheme) for n in (column, pred_column))
    settlings = (Settling(overlaps, counted) for counted in (offsets, pred_offsets))
    gold_options, pred_options = (
        options(kind, of_columns, settling, repeated_ids, labels)
        for kind, of_columns, settling in zip(
            (format_, pred_format), columns, settlings, strict=True
        )
    )
    request = Request(
        gold=gold,
        system=pred or _model(str(model), conventions),
        compared=compare,
        given_cuts=given_cuts,
        training=train,
        gold_options=gold_options,
        options=pred_options,
        allowed=Allowed(allow_missing, allow_extra, by_order),
        allow_refused=allow_refused,
        how=Resampling(trials, seed),
    )
    report = build(request)
    _print(report, full=full)
    _write(report, json_out=json_out, html=html, markdown=markdown, mistakes=mistakes)
    _gate(report, fail_under, floors, why, repin=repin)


def _model(model: str, conventions: str | None) -> "Model":
    from tagger import tagging
    from tagger.reporting.running import model_of

    tagger = tagging.load(None if model == SHIPPED else Path(model))
    name = f"{tagger.model.name} {tagger.model.version}"
    return model_of(tagger, name, conventions)


def _print(report: "Report", *, full: bool) -> None:
    from rich.console import Console

    from tagger.reporting.all_tables import all_tables
    from tagger.reporting.terminal import show

    show(Console(), all_tables(report), full=full)
    for audit in report.audits:
        typer.echo(audit.line())
    for note in report.notes:
        typer.echo(f"matching: {note}")
    part = report.evaluation or report.cuts
    assert part is not None  # noqa: S101 for mypy
    units = "pages" if part.how.clusters or not report.evaluation else "documents"
    typer.echo(f"intervals: {part.how.trials:,} draws of {units}, seed {part.how.seed}")


def _write(
    report: "Report",
    *,
    json_out: Path | None,
    html: Path | None,
    markdown: Path | None,
    mistakes: Path | None,
) -> None:
    from tagger import __version__
    from tagger.files import whole_file, write_jsonl
    from tagger.reporting import all_tables, html_page, json_file
    from tagger.reporting import markdown as marked

    texts: dict[Path, str] = {}
    if json_out is not None:
        made = json_file.report_object(report, __version__)
        texts[json_out] = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    if markdown is not None:
        texts[markdown] = marked.markdown(all_tables.all_tables(report))
    if html is not None:
        texts[html] = html_page.page(report)
    for path, text in texts.items():
        with whole_file(path) as file:
            file.write(text)
    evaluation = report.evaluation
    if mistakes is not None and evaluation is not None and evaluation.names is not None:
        listed = evaluation.names.mistakes
        write_jsonl(mistakes, (json_file.mistake_object(m, evaluation) for m in listed))


def _gate(
    report: "Report",
    fail_under: str | None,
    floors: Path | None,
    why: str | None,
    *,
    repin: bool,
) -> None:
    from tagger.reporting.floors import Floors
    from tagger.scoring.gate import falls, parse_limits

    found = falls(report.figures, parse_limits(fail_under)) if fail_under else []
    if floors is not None:
        pinned = Floors.read(floors)
        name, digest = Path(report.gold).stem, report.gold_sha256
        if repin:
            pinned.repinned(name, digest, report.figures, why).write()
        else:
            found += pinned.check(name, digest, report.figures)
    elif repin:
        raise typer.BadParameter("--repin needs --floors")
    for fall in found:
        typer.echo(str(fall), err=True)
    if found:
        raise typer.Exit(BELOW_FLOOR)
