"""``tagger tag``."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tagger.cli import run_options as options
from tagger.cli.errors import INTERRUPTED, SOME_REFUSED
from tagger.cli.inputs import STDIN, Encoding, MaxBytes, Paths, find, pages
from tagger.cli.run import counted, show_forecast, tag_to_folder

if TYPE_CHECKING:
    from tagger.batch.job import Job
    from tagger.readers import Walk


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
    jobs: options.Jobs = 1,
    backend: options.Backend = options.BackendName.PROCESSES,
    scheduler: options.Scheduler = None,
    log_json: options.LogJson = False,
    shard_bytes: options.ShardBytes = 1_000_000_000,
    dry_run: options.DryRun = False,
    force: options.Force = False,
    retry_failed: options.RetryFailed = False,
    limit: options.Limit = None,
    sample: options.Sample = None,
    seed: options.Seed = 0,
    shard: options.Shard = "1/1",
    max_errors: options.MaxErrors = None,
    fail_fast: options.FailFast = False,
    unit_seconds: options.UnitSeconds = 120.0,
    unit_memory: options.UnitMemory = 2048,
) -> None:
    """Split pages into articles; find their names; file them under sections.

    Reads .txt .html .docx .pdf .jsonl files and folders of them, or stdin for "-".
    Into a folder it may be broken off at any time: the same command goes on, and
    tags only what is new or changed.
    Exit code 3: some input was refused, see OUT/refused.jsonl; the rest is done.
    """
    workers = options.Workers(backend, jobs, scheduler)
    which = options.share(shard)
    from tagger.batch.job import Job, Limits
    from tagger.batch.models import ModelFolder

    job = Job(
        out="" if out is None else str(out.absolute()),
        models=ModelFolder.at(models),
        one_article=no_split,
        reasons=explain,
        encoding=encoding,
        max_bytes=max_bytes,
        limits=Limits(seconds=unit_seconds, memory=unit_memory),
        force=force,
    )
    if out is None:
        if html or format_ is Format.CSV or dry_run or jobs > 1:
            raise typer.BadParameter(
                "--html, --format csv, --jobs and --dry-run need --out OUT"
            )
        _to_stdout(job, find(paths))
        return
    from tagger.batch.choosing import Choice
    from tagger.batch.merging import Wanted
    from tagger.batch.running import Request

    request = Request(
        job,
        Choice(limit, sample, seed, which, retry_failed),
        Wanted(table=format_ is Format.CSV, html=html, shard_bytes=shard_bytes),
        0 if fail_fast else max_errors,
    )
    with _walked(paths, out, max_bytes) as walk:
        if dry_run:
            show_forecast(walk, request, workers, as_json=log_json)
        else:
            tag_to_folder(walk, request, workers, as_json=log_json)


@contextmanager
def _walked(paths: list[Path], out: Path, max_bytes: int) -> Iterator["Walk"]:
    """What is to be read; stdin, which can be read once, is kept until the end."""
    from tagger.readers import Found, Walk

    _apart(paths, out)
    walk = find(paths, out)
    if paths != [STDIN]:
        yield walk
        return
    from tagger.batch.stdin import kept

    with kept(sys.stdin.buffer, out, max_bytes) as path:
        yield Walk((Found("-", path),))


def _apart(paths: list[Path], out: Path) -> None:
    """See to it that no run reads what it writes."""
    own = [out / "parts", out / "sources", out / "html"]
    for path in paths:
        if path.is_dir() and any(
            path.resolve() == out.resolve()
            or path.resolve().is_relative_to(o.resolve())
            for o in own
        ):
            raise typer.BadParameter(f"{path} is where this run writes to")


def _to_stdout(job: "Job", walk: "Walk") -> None:
    from tagger.batch.models import loaded
    from tagger.batch.parts import Counts
    from tagger.batch.saying import Saying
    from tagger.batch.streaming import say_all
    from tagger.outcomes import Refused

    counts = Counts()
    saying = Saying(loaded(job.models, reasons=job.reasons), job.one_article)
    try:
        for outcome in say_all(saying, pages(walk, job.encoding, job.max_bytes)):
            counts.add(outcome)
            if isinstance(outcome, Refused):
                typer.echo(f"refused: {outcome}", err=True)
                continue
            for record in outcome.records:
                sys.stdout.buffer.write(f"{record.to_json()}\n".encode())
        sys.stdout.buffer.flush()
    except KeyboardInterrupt:
        typer.echo("tagger: interrupted", err=True)
        raise typer.Exit(INTERRUPTED) from None
    typer.echo(counted(counts), err=True)
    if counts.refused:
        raise typer.Exit(SOME_REFUSED)
