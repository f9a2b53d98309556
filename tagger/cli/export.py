"""``tagger export``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tagger.cli.errors import INTERRUPTED
from tagger.writing.exporting import Format

if TYPE_CHECKING:
    from tagger.writing.exporting import Exported


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    catalogue: Annotated[
        Path, typer.Argument(help="OUT of a run; or a .jsonl or .parquet file of it.")
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="File, or folder, to write to.")
    ],
    format_: Annotated[
        Format,
        typer.Option(
            "--format",
            help="csv: a row an article; csv-long: a row a name or section.",
        ),
    ],
    shard_bytes: Annotated[
        int | None,
        typer.Option(min=1, help="JSONL in files of so many bytes, in a new folder."),
    ] = None,
) -> None:
    """Write a run's records as JSON lines, tables for Excel, or Parquet.

    Parquet and JSON lines hold everything and can be exported again. Tables leave out
    the text, and put an apostrophe before what Excel would run as a formula.
    """
    if shard_bytes is not None and format_ is not Format.JSONL:
        raise typer.BadParameter("--shard-bytes is for --format jsonl")
    from tagger.catalogue import find
    from tagger.writing.exporting import export as write

    try:
        done = write(find(catalogue), out, format_, shard_bytes)
    except KeyboardInterrupt:
        typer.echo("tagger: interrupted; nothing was half-written", err=True)
        raise typer.Exit(INTERRUPTED) from None
    _report(done, format_)


def _report(done: "Exported", format_: Format) -> None:
    where = str(done.files[0])
    if len(done.files) > 1:
        where += f" … {done.files[-1].name}, {len(done.files):,} files"
    typer.echo(f"{done.articles:,} articles: {where}", err=True)
    if format_ is Format.CSV_LONG and done.without_tags:
        missing = f"{done.without_tags:,} articles with neither names nor sections"
        typer.echo(f"no row for {missing}", err=True)
    if done.too_long_for_excel:
        typer.echo(f"Excel shows 1,048,575 of the {done.rows:,} rows", err=True)
