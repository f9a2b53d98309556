"""A run into a folder as its user sees it: backends made, progress, a report."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from tagger.cli.errors import FAILED, INTERRUPTED, SOME_REFUSED
from tagger.cli.progress import event, tracker
from tagger.cli.run_options import BackendName, Workers

if TYPE_CHECKING:
    from collections import Counter

    from tagger.batch.backends import Backend
    from tagger.batch.parts import Counts
    from tagger.batch.report import Report
    from tagger.batch.running import Request
    from tagger.readers import Walk

#: Sections and reasons named in a report; the rest are in ``summary.json``.
_NAMED = 6


def tag_to_folder(
    walk: "Walk", request: "Request", workers: Workers, *, as_json: bool
) -> None:
    """Run, report, and exit with what came of it."""
    from tagger.batch.running import run

    backend = _backend(workers)
    with tracker(as_json=as_json) as listener:
        report = run(walk, request, backend, listener)
    if as_json:
        from tagger.batch.manifest import summary

        event("done", **summary(report, backend.processes))
    else:
        _say(report)
    _leave(report)


def show_forecast(
    walk: "Walk", request: "Request", workers: Workers, *, as_json: bool
) -> None:
    """Say what a run would do."""
    from tagger.batch.forecast import forecast

    found = forecast(walk, request, _backend(workers).processes)
    if as_json:
        event("forecast", **asdict(found))
        return
    kinds = ", ".join(f"{n:,} {kind}" for kind, n in found.kinds.items())
    encodings = ", ".join(f"{n:,} {name}" for name, n in found.encodings.items())
    typer.echo(f"{found.files:,} files, {found.bytes:,} bytes: {kinds}")
    typer.echo(
        f"to tag: {found.to_tag:,} files or blocks, {found.bytes_to_tag:,} bytes; "
        f"unchanged: {found.unchanged:,}; not in this run: {found.left:,}"
    )
    typer.echo(f"encodings of {found.sampled:,} looked at: {encodings or 'none'}")
    typer.echo(
        f"about {found.characters:,} characters, {found.seconds:,.0f} s "
        f"at {found.rate:,.0f} characters a second and process ({found.rate_from})"
    )


def counted(counts: "Counts") -> str:
    """What was said, in one line."""
    refused = ", ".join(f"{n:,} {reason}" for reason, n in _most(counts.refused))
    return (
        f"{counts.pages:,} pages, {counts.articles:,} articles "
        f"({counts.to_review:,} to review), {counts.entities.total():,} names; "
        f"refused: {refused or 'none'}"
    )


def _backend(workers: Workers) -> "Backend":
    match workers.backend:
        case BackendName.INLINE:
            from tagger.batch.backends import Inline

            return Inline()
        case BackendName.DASK:
            from tagger.batch.cluster import Cluster

            assert workers.scheduler is not None  # noqa: S101 for mypy
            return Cluster(workers.scheduler)
        case BackendName.PROCESSES:
            from tagger.batch.processes import Processes

            return Processes(workers.jobs)


def _say(report: "Report") -> None:
    tally = report.tally
    if report.state == "interrupted":
        typer.echo(
            f"tagger: interrupted; {tally.chosen:,} done in this run are kept, "
            "and the same command goes on",
            err=True,
        )
        return
    counts = report.merged.counts
    typer.echo(counted(counts), err=True)
    sections = ", ".join(f"{name} {n:,}" for name, n in _most(counts.sections))
    typer.echo(
        f"{counts.characters:,} characters; sections: {sections or 'none'}", err=True
    )
    news = [
        f"{tally.chosen - report.found:,} tagged now",
        f"{tally.unchanged + report.found:,} done before",
    ]
    news += [f"{report.gone:,} gone from the input"] if report.gone else []
    news += [f"{tally.left:,} left for another run"] if tally.left else []
    rate = report.counts.characters / report.seconds if report.seconds else 0
    typer.echo(
        f"{'; '.join(news)}; {report.seconds:,.1f} s, {rate:,.0f} characters a second",
        err=True,
    )
    if report.stages:
        stages = ", ".join(
            f"{stage} {seconds:,.1f} s"
            for stage, seconds in sorted(
                report.stages.items(), key=lambda item: -item[1]
            )
        )
        typer.echo(f"of it, all processes together: {stages}", err=True)


def _leave(report: "Report") -> None:
    if report.state == "interrupted":
        raise typer.Exit(INTERRUPTED)
    if report.state == "stopped":
        refused = report.counts.refused.total()
        typer.echo(f"tagger: stopped, {refused:,} refused", err=True)
        raise typer.Exit(FAILED)
    if report.merged.counts.refused:
        raise typer.Exit(SOME_REFUSED)


def _most(counter: "Counter[str]") -> "list[tuple[str, int]]":
    named = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(n for _, n in named[_NAMED:])
    return named[:_NAMED] + ([("others", rest)] if rest else [])
