"""``tagger split``."""

import json
import sys
from itertools import chain

import typer

from tagger.cli.errors import SOME_REFUSED
from tagger.cli.inputs import Encoding, MaxBytes, Paths, find, pages


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(split)


def split(
    paths: Paths, encoding: Encoding = None, max_bytes: MaxBytes = 64_000_000
) -> None:
    """Only cut pages into articles: one JSON object an article on stdout."""
    from tagger.errors import TaggerError
    from tagger.split import split as cut

    refused = False
    for page in chain.from_iterable(pages(find(paths), encoding, max_bytes)):
        if isinstance(page, TaggerError):
            refused = True
            typer.echo(f"refused: {page}", err=True)
            continue
        for article in cut(page).articles:
            text = page.text[article.start : article.end]
            span = {"start": article.start, "end": article.end}
            item = {"path": page.path, **span, **article.parts(), "text": text}
            sys.stdout.buffer.write(
                f"{json.dumps(item, ensure_ascii=False)}\n".encode()
            )
    if refused:
        raise typer.Exit(SOME_REFUSED)
