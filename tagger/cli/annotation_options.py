"""Options that the commands about annotations share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tagger.errors import GoldError, NothingToReadError, SettingsError
from tagger.gold.formats import Format
from tagger.gold.naming import RepeatedIds
from tagger.gold.offsets import Offsets
from tagger.gold.schemes import BrokenTags, Scheme
from tagger.gold.settling import Overlaps, Settling

if TYPE_CHECKING:
    from tagger.gold import ColumnOptions, Reading, ReadingOptions

Gold = Annotated[Path, typer.Argument(help="Hand annotations, in any format known.")]
GoldOrCorpus = Annotated[
    Path,
    typer.Argument(help="Hand annotations, in any format known, or a corpus folder."),
]
Kind = Annotated[
    Format | None, typer.Option("--format", help="Format of the gold, when not seen.")
]
Column = Annotated[int, typer.Option(help="Column of the gold's tags, from 0.")]
Broken = Annotated[
    BrokenTags,
    typer.Option(help="What becomes of a tag such as I-PER after O, in columns."),
]
Overlapping = Annotated[
    Overlaps, typer.Option(help="What becomes of spans inside or across others.")
]
Counted = Annotated[
    Offsets,
    typer.Option(
        "--offsets",
        help="What offsets count; seen where spans say their text, else characters.",
    ),
]
Repeated = Annotated[
    RepeatedIds,
    typer.Option(
        "--repeated-ids", help="Refuse an id used twice, or number: a1, a1 (2)."
    ),
]
Labels = Annotated[
    str | None,
    typer.Option(help="Rename labels: GPE=LOC,PERSON=PER,DATE= (nothing drops it)."),
]
TagScheme = Annotated[
    Scheme | None, typer.Option(help="Tag scheme; only iob1 has to be said to read.")
]
Trials = Annotated[int, typer.Option(min=0, help="Draws for intervals and tests.")]
Seed = Annotated[int, typer.Option(help="Seed of the draws.")]
Json = Annotated[
    Path | None, typer.Option("--json", help="Write every figure, unrounded.")
]


def renames(labels: str | None) -> dict[str, str | None]:
    """``GPE=LOC,DATE=`` as a mapping; to None what is left out.

    Raises:
        SettingsError: A part is no renaming.
    """
    found: dict[str, str | None] = {}
    for part in (labels or "").split(","):
        old, equals, new = part.partition("=")
        if equals and old.strip():
            found[old.strip()] = new.strip() or None
        elif part.strip():
            raise SettingsError(f"--labels: {part!r} is no renaming such as GPE=LOC")
    return found


def options(
    kind: Format | None,
    columns: "ColumnOptions",
    settling: Settling,
    repeated: RepeatedIds,
    labels: str | None = None,
) -> "ReadingOptions":
    """How to read a file."""
    from tagger.gold import ReadingOptions

    return ReadingOptions(kind, columns, settling, repeated, renames(labels))


def read_all(path: Path, how: "ReadingOptions", *, allow_refused: bool) -> "Reading":
    """Read a file.

    Raises:
        NothingToReadError: It holds no documents.
        GoldError: A span does not fit its text, unless that is allowed.
    """
    from tagger.gold import read

    reading = read(path, how)
    if not (reading.documents or reading.pages):
        raise NothingToReadError("holds no documents", path=path)
    if not allow_refused:
        reading.audit.require_all(GoldError)
    return reading
