"""``tagger join``."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(join)


def join(
    standoff: Annotated[Path, typer.Argument(help="JSONL of stand-off annotations.")],
    data: Annotated[Path, typer.Option(help="Folder of the texts annotated.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="JSONL file to write.")],
) -> None:
    """Join stand-off annotations to texts that are on disk, as gold."""
    from tagger.files import write_jsonl
    from tagger.standoff import join as joined

    write_jsonl(out, joined(standoff, data))
