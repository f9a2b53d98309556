"""A `TaggerError` becomes one line on stderr, its hint on the next, and an exit code."""

import sys
from typing import Any, Final

import typer
from typer.core import TyperGroup

from tagger.errors import (
    ModelNotFoundError,
    ModelVersionError,
    NothingToReadError,
    TaggerError,
)

FAILED: Final = 1
SOME_REFUSED: Final = 3
NOTHING_FOUND: Final = 4
NO_MODEL: Final = 5
INTERRUPTED: Final = 130


class ErrorsInOneLine(TyperGroup):
    """The group of all commands."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; exit 1 for an error of the user's, 4 and 5 for two kinds."""
        try:
            return super().invoke(ctx)
        except TaggerError as error:
            typer.echo(f"tagger: {error}", err=True)
            if error.hint:
                typer.echo(f"        {error.hint}", err=True)
            raise typer.Exit(_code(error)) from error
        except BrokenPipeError:
            sys.stdout = None  # nothing more can be said
            raise typer.Exit(FAILED) from None


def _code(error: TaggerError) -> int:
    match error:
        case NothingToReadError():
            return NOTHING_FOUND
        case ModelNotFoundError() | ModelVersionError():
            return NO_MODEL
        case _:
            return FAILED
