"""``tagger diff``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tagger.cli.annotation_options import Json

if TYPE_CHECKING:
    from tagger.changes.tally import Changes

#: Examples of a kind that a terminal shows.
_BRIEF: Final = 3


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(diff)


def diff(
    before: Annotated[
        Path, typer.Argument(help="OUT of the earlier run, or its .jsonl, .parquet.")
    ],
    after: Annotated[Path, typer.Argument(help="OUT of the later run.")],
    *,
    json_out: Json = None,
    html: Annotated[
        Path | None, typer.Option(help="Write a page with changes in their sentences.")
    ] = None,
    examples: Annotated[
        int, typer.Option(min=0, help="Examples kept of each kind of change.")
    ] = 20,
) -> None:
    """Show what another model, or version, changed in the records of the same files.

    Articles cut differently; names added, removed, with other edges or types; sections,
    reasons for review and printed parts that changed. Names are compared in the pages
    that both runs have articles of.
    """
    from tagger.catalogue import find
    from tagger.changes.comparing import compare

    changes = compare(find(before), find(after), examples)
    _write(changes, json_out, html)
    _print(changes)


def _print(changes: "Changes") -> None:
    from rich.console import Console

    from tagger.reporting.change_tables import change_tables
    from tagger.reporting.terminal import show
    from tagger.reporting.terminal_changes import show_changes, show_runs

    console = Console()
    show_runs(console, changes)
    show(console, change_tables(changes), full=True)
    show_changes(console, changes, _BRIEF)


def _write(changes: "Changes", json_out: Path | None, html: Path | None) -> None:
    from tagger import __version__
    from tagger.errors import SettingsError
    from tagger.files import whole_file
    from tagger.reporting.change_json import change_object
    from tagger.reporting.html_changes import changes_page

    texts: dict[Path, str] = {}
    if json_out is not None:
        made = change_object(changes, __version__)
        texts[json_out] = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    if html is not None:
        texts[html] = changes_page(changes)
    for path, text in texts.items():
        try:
            with whole_file(path) as file:
                file.write(text)
        except OSError as error:
            problem = f"cannot be written: {error.strerror}"
            raise SettingsError(problem, path=path) from error
