"""``tagger status``."""

import json
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(status)


def status(
    out: Annotated[Path, typer.Argument(help="Folder that a run wrote to.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As a JSON object.")] = False,
) -> None:
    """Say how far a run is, or how it ended; also while it goes on."""
    from tagger.batch.status import status_of
    from tagger.cli.run import counted

    found = status_of(out)
    if as_json:
        typer.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=1))
        return
    typer.echo(f"{found.state}: {found.files:,} files found, last run {found.begun}")
    outcomes = ", ".join(f"{n:,} {name}" for name, n in found.outcomes.items())
    typer.echo(f"files and blocks done: {outcomes or 'none'}")
    typer.echo(counted(found.counts))
    if found.state not in {"complete", "partial", "stopped"}:
        typer.echo("articles.jsonl is written when a run ends; run it again to go on")
