"""``tagger tag``."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tagger.cli.errors import INTERRUPTED, SOME_REFUSED
from tagger.cli.inputs import Encoding, MaxBytes, Paths, find, pages
from tagger.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagger.outcomes import Outcome, Summary


class Format(StrEnum):
    """How records are written."""

    JSONL = "jsonl"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(tag)


def tag(
    paths: Paths,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Folder to write to; without it, stdout."),
    ] = None,
    format_: Annotated[
        Format, typer.Option("--format", help="jsonl, or a CSV table for Excel.")
    ] = Format.JSONL,
    *,
    html: Annotated[
        bool, typer.Option("--html", help="Also write coloured pages to OUT/html.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why each section was given.")
    ] = False,
    no_split: Annotated[
        bool, typer.Option("--no-split", help="Every file is exactly one article.")
    ] = False,
    encoding: Encoding = None,
    max_bytes: MaxBytes = 64_000_000,
    models: Annotated[
        Path | None, typer.Option(help="Folder of your own models.")
    ] = None,
) -> None:
    """Split pages into articles; find their names; file them under sections.

    Reads .txt .html .docx .pdf .jsonl files and folders of them, or stdin for "-".
    Exit code 3: some input was refused, see OUT/refused.jsonl; the rest is done.
    """
    if out is None and (html or format_ is Format.CSV):
        raise typer.BadParameter("--html and --format csv need --out OUT")
    walk = find(paths, out)
    from tagger.batch import tag_all
    from tagger.tagging import load

    tagger = load(models, reasons=explain)
    try:
        with progress(len(walk.files)) as advance:
            read = pages(walk, encoding, max_bytes, advance)
            outcomes = tag_all(tagger, read, one_article=no_split)
            summary = _write(outcomes, out, format_, html=html)
    except KeyboardInterrupt:
        typer.echo("tagger: interrupted; nothing was half-written", err=True)
        raise typer.Exit(INTERRUPTED) from None
    _report(summary)
    if summary.refused:
        raise typer.Exit(SOME_REFUSED)


def _write(
    outcomes: "Iterator[Outcome]", out: Path | None, format_: Format, *, html: bool
) -> "Summary":
    from tagger.outcomes import Refused, Summary

    outcomes = _announced(outcomes)
    if out is not None:
        from tagger.writing.folder import write_folder

        return write_folder(out, outcomes, table=format_ is Format.CSV, html=html)
    summary = Summary()
    for outcome in outcomes:
        summary.add(outcome)
        if not isinstance(outcome, Refused):
            for record in outcome.records:
                sys.stdout.buffer.write(f"{record.to_json()}\n".encode())
    sys.stdout.buffer.flush()
    return summary


def _announced(outcomes: "Iterator[Outcome]") -> "Iterator[Outcome]":
    from tagger.outcomes import Refused

    for outcome in outcomes:
        if isinstance(outcome, Refused):
            typer.echo(f"refused: {outcome}", err=True)
        yield outcome


def _report(summary: "Summary") -> None:
    refused = ", ".join(f"{n} {reason}" for reason, n in summary.refused.most_common())
    typer.echo(
        f"{summary.pages:,} pages, {summary.articles:,} articles "
        f"({summary.to_review:,} to review), {summary.entities:,} names; "
        f"refused: {refused or 'none'}",
        err=True,
    )
