"""``tagger corpus``: check, compile, count and compose the hand-written corpus."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tagger.cli.errors import FAILED, ErrorsInOneLine

if TYPE_CHECKING:
    from tagger.corpus.articles import CorpusArticle
    from tagger.gold import Reading

Folder = Annotated[Path, typer.Argument(help="The corpus: a folder with articles/.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder to write to.")]


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        cls=ErrorsInOneLine,
        no_args_is_help=True,
        help="Check, compile and count the hand-written corpus; compose its pages.",
    )
    for command in (check, compile_, stats, pages, agreement, seal):
        group.command(command.__name__.rstrip("_"))(command)
    app.add_typer(group, name="corpus")


def check(
    folder: Folder,
    ids: Annotated[
        str, typer.Option(help="Only the articles from one id to another.")
    ] = "a0000-a9999",
    hints: Annotated[
        bool, typer.Option(help="Tell also what only looks forgotten.")
    ] = True,
    sealed: Annotated[
        bool, typer.Option(help="Compare all files with SHA256SUMS as well.")
    ] = False,
) -> None:
    """Print everything that is wrong with the articles; exit 1 if anything is."""
    from tagger.corpus.hints import hints as look
    from tagger.corpus.invariants import read_known, violations
    from tagger.corpus.sealing import broken_seals
    from tagger.corpus.splits import read_splits
    from tagger.corpus.stale import stale_pages

    articles, wrong = _read(folder, ids)
    between = [*violations(articles, read_splits(folder), read_known(folder))]
    if sealed:
        between += [*broken_seals(folder), *stale_pages(folder)]
    for problem in between:
        typer.echo(f"{folder}: {problem}")
    for article in articles if hints else ():
        for hint in look(article):
            typer.echo(f"{folder / 'articles' / article.id}.txt: hint: {hint}")
    wrong += len(between)
    names = sum(len(article.entities) for article in articles)
    characters = sum(len(article.text) for article in articles)
    typer.echo(
        f"{len(articles)} articles right, {wrong} problems; "
        f"{characters:,} characters, {names:,} names"
    )
    if wrong:
        raise typer.Exit(FAILED)


def compile_(folder: Folder, output: Output) -> None:
    """Write train, dev and test as JSONL and spaCy's DocBin."""
    from tagger.corpus.compiling import by_split, write_compiled
    from tagger.corpus.splits import read_splits

    parts = by_split(_all_right(folder), read_splits(folder))
    for path in write_compiled(parts, output):
        typer.echo(str(path))


def stats(folder: Folder) -> None:
    """Print the corpus's counts as JSON, whole and by split."""
    from tagger.corpus.figures import by_part

    counts = by_part(folder, _all_right(folder))
    shown = {name: asdict(part) for name, part in counts.items()}
    typer.echo(json.dumps(shown, ensure_ascii=False, indent=1))


def pages(
    folder: Folder,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write there, not to the corpus's pages/."),
    ] = None,
) -> None:
    """Compose pages of the articles, with the damage of real dumps, and their gold."""
    from tagger.corpus.compiling import by_split
    from tagger.corpus.compose import PAGES, compose
    from tagger.corpus.dumping import write_pages
    from tagger.corpus.splits import read_splits

    parts = by_split(_all_right(folder), read_splits(folder))
    for name, articles in parts.items():
        composed = compose(name, articles, PAGES[name])
        written = write_pages(composed, output or folder / "pages", name.value)
        typer.echo(f"{name}: {len(written)} pages")


def agreement(
    folder: Folder,
    differences: Annotated[
        bool, typer.Option(help="List every name and section they disagree on.")
    ] = False,
) -> None:
    """Print how far first and second annotation agree; both are in the corpus."""
    from rich.console import Console

    from tagger.corpus.agreement import agreement as measure
    from tagger.corpus.agreement import disagreements, second_annotations
    from tagger.corpus.showing import agreement_table

    pairs = second_annotations(folder)
    Console().print(agreement_table(measure(pairs)))
    for found in disagreements(pairs) if differences else ():
        typer.echo(
            f"{found.article}: {found.what}: first {found.first or '–'}, "
            f"second {found.second or '–'}"
        )


def seal(folder: Folder) -> None:
    """Write SHA256SUMS and the figures in README.md."""
    from tagger.corpus.figures import by_part
    from tagger.corpus.sealing import (
        datasheet_table,
        digest,
        fill_datasheet,
        write_sums,
    )

    articles = _all_right(folder)
    counts = by_part(folder, articles)
    write_sums(folder)
    fill_datasheet(folder, datasheet_table(counts))
    typer.echo(f"sealed {len(articles)} articles: {digest(folder)}")


def is_corpus(path: Path) -> bool:
    """Whether it is a folder with articles in our markup."""
    return (path / "articles").is_dir()


def audit(folder: Path, *, stats: bool) -> "tuple[Reading, int]":
    """What `tagger check` tells of a corpus folder beside doubtful places.

    Prints every problem of its articles and between them, and counts if asked for. The
    articles that are right come back as gold, with how many problems there were.
    """
    from tagger.corpus.agreement import to_document
    from tagger.corpus.figures import by_part
    from tagger.corpus.invariants import read_known, violations
    from tagger.corpus.sealing import datasheet_table
    from tagger.corpus.splits import read_splits
    from tagger.gold.auditing import Audit
    from tagger.gold.reading import Reading as Read

    articles, wrong = _read(folder, "a0000-a9999")
    for problem in violations(articles, read_splits(folder), read_known(folder)):
        typer.echo(f"{folder}: {problem}")
        wrong += 1
    if stats:
        typer.echo(datasheet_table(by_part(folder, articles)))
    names = sum(len(article.entities) for article in articles)
    told = Audit(folder, "corpus", len(articles), names, names)
    return Read(tuple(map(to_document, articles)), told), wrong


def _read(folder: Path, ids: str) -> "tuple[list[CorpusArticle], int]":
    """The articles that parse, and how many problems of the others were printed."""
    from tagger.corpus.reading import article_paths, read_article

    first, _, last = ids.partition("-")
    articles, wrong = [], 0
    for path in article_paths(folder):
        if not first <= path.stem <= (last or first):
            continue
        read = read_article(path)
        if isinstance(read, list):
            for problem in read:
                typer.echo(str(problem))
            wrong += len(read)
        else:
            articles.append(read)
    return articles, wrong


def _all_right(folder: Path) -> "list[CorpusArticle]":
    """Every article.

    Raises:
        GoldError: One does not parse.
    """
    from tagger.corpus.reading import read_whole

    return read_whole(folder)
