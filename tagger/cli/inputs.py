"""The arguments that name input, and the pages they mean."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from tagger.batch.units import Unit
    from tagger.errors import TaggerError
    from tagger.readers import ReadOptions, Walk
    from tagger.records import Page

Paths = Annotated[
    list[Path], typer.Argument(help='Files and folders, or "-" for stdin.')
]
Encoding = Annotated[
    str | None,
    typer.Option(help="Encoding of all text files, when finding it out goes wrong."),
]
MaxBytes = Annotated[
    int, typer.Option(min=1, help="Refuse larger files, and JSONL lines.")
]
STDIN: Final = Path("-")


def find(paths: list[Path], leave_out: Path | None = None) -> "Walk":
    """The files under the paths given; none of them for stdin.

    Raises:
        TaggerError: A path does not exist, or holds nothing to read.
    """
    from tagger.readers import Walk, walk

    if STDIN in paths:
        if len(paths) > 1:
            raise typer.BadParameter('"-" stands alone')
        return Walk(())
    found = walk(paths, leave_out)
    if found.others:
        kinds = ", ".join(f"{n} {kind}" for kind, n in found.others.most_common())
        typer.echo(f"left alone, of other kinds: {kinds}", err=True)
    return found


def pages(
    walk: "Walk",
    encoding: str | None,
    max_bytes: int,
    on_unit: "Callable[[Unit], None]" = lambda _: None,
) -> "Iterator[list[Page | TaggerError]]":
    """Every page of the files found, file by file, or the one on stdin."""
    from tagger.batch.streaming import read_all
    from tagger.readers import ReadOptions

    options = ReadOptions(encoding, max_bytes)
    if walk.files or walk.errors:
        yield from read_all(walk, options, on_unit)
    else:
        yield [_stdin(options)]


def _stdin(options: "ReadOptions") -> "Page | TaggerError":
    from tagger.errors import TaggerError, TooLargeError
    from tagger.readers import read_bytes

    try:
        data = sys.stdin.buffer.read(options.max_bytes + 1)
        if len(data) > options.max_bytes:
            raise TooLargeError(f"more than {options.max_bytes:,} bytes", path="-")
        return read_bytes(data, "-", options=options)
    except TaggerError as error:
        error.path = "-"
        return error
