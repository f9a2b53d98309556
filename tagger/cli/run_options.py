"""The options of a run that goes to a folder."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

import typer

_PANEL: Final = "Runs into a folder"
_WHICH: Final = "Which input"
_BOUNDS: Final = "Bounds"


class BackendName(StrEnum):
    """Who does the work."""

    PROCESSES = "processes"
    DASK = "dask"
    INLINE = "inline"


Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=1, help="Processes.", rich_help_panel=_PANEL)
]
Backend = Annotated[
    BackendName,
    typer.Option(
        help="Processes here, a Dask cluster, or this process (to debug).",
        rich_help_panel=_PANEL,
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Of the Dask scheduler: tcp://HOST:8786",
        rich_help_panel=_PANEL,
    ),
]
LogJson = Annotated[
    bool,
    typer.Option(
        "--log-json", help="Events as JSON on stderr.", rich_help_panel=_PANEL
    ),
]
ShardBytes = Annotated[
    int,
    typer.Option(
        min=1, help="Records go to several files beyond.", rich_help_panel=_PANEL
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run", help="Only say what would be done.", rich_help_panel=_WHICH
    ),
]
Force = Annotated[
    bool,
    typer.Option("--force", help="Tag everything again.", rich_help_panel=_WHICH),
]
RetryFailed = Annotated[
    bool,
    typer.Option(
        "--retry-failed", help="Also what was refused before.", rich_help_panel=_WHICH
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(
        min=0, help="At most so many files (or blocks).", rich_help_panel=_WHICH
    ),
]
Sample = Annotated[
    int | None,
    typer.Option(min=1, help="Only so many files, drawn.", rich_help_panel=_WHICH),
]
Seed = Annotated[int, typer.Option(help="Of the sample.", rich_help_panel=_WHICH)]
Shard = Annotated[
    str,
    typer.Option(
        metavar="I/N", help="Only share I of N of the files.", rich_help_panel=_WHICH
    ),
]
MaxErrors = Annotated[
    int | None,
    typer.Option(
        min=0, help="Stop when more pages are refused.", rich_help_panel=_BOUNDS
    ),
]
FailFast = Annotated[
    bool,
    typer.Option(
        "--fail-fast", help="Stop at the first refused.", rich_help_panel=_BOUNDS
    ),
]
UnitSeconds = Annotated[
    float,
    typer.Option(
        min=0.1,
        help="Refuse input that takes longer; large input may take longer.",
        rich_help_panel=_BOUNDS,
    ),
]
UnitMemory = Annotated[
    int,
    typer.Option(
        min=64,
        help="MiB a process may take beside its models.",
        rich_help_panel=_BOUNDS,
    ),
]


@dataclass(frozen=True, slots=True)
class Workers:
    """Who does the work, as the user said."""

    backend: BackendName
    jobs: int
    scheduler: str | None

    def __post_init__(self) -> None:
        if (self.backend is BackendName.DASK) != (self.scheduler is not None):
            raise typer.BadParameter("--backend dask and --scheduler go together")


def share(text: str) -> tuple[int, int]:
    """The two numbers of ``I/N``."""
    number, slash, shards = text.partition("/")
    if not (slash and number.isdecimal() and shards.isdecimal()):
        raise typer.BadParameter(f"--shard wants I/N, as 1/4, not {text!r}")
    if not 1 <= int(number) <= int(shards):
        raise typer.BadParameter(f"there is no share {text}")
    return int(number), int(shards)
