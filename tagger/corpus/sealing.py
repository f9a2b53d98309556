"""Checksums of the corpus's files, and the figures in its datasheet."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tagger.corpus.figures import Figures
from tagger.errors import GoldError
from tagger.files import whole_file
from tagger.labels import EntityLabel, Section

_SUMS: Final = "SHA256SUMS"
_SEALED: Final = ("articles", "second", "pages")
_ALONE: Final = ("splits.txt", "known_persons.txt")
_BLOCK: Final = re.compile(
    r"(?<=<!-- figures -->\n).*?(?=<!-- /figures -->)", re.DOTALL
)
#: A row of a table of the datasheet: what is counted, and a number for each split.
_Row = tuple[str, list[int]]


def write_sums(folder: Path) -> Path:
    """Write ``SHA256SUMS``, which ``sha256sum -c`` can check.

    Raises:
        OSError: A file cannot be read or written.
    """
    path = folder / _SUMS
    with whole_file(path) as file:
        for name, digest in _digests(folder):
            file.write(f"{digest}  {name}\n")
    return path


def broken_seals(folder: Path) -> Iterator[str]:
    """Yield every file that is not what it was when sealed.

    Raises:
        GoldError: The corpus was never sealed.
    """
    path = folder / _SUMS
    if not path.is_file():
        raise GoldError("missing: write it with tagger corpus seal", path=path)
    lines = path.read_text("utf-8").splitlines()
    sealed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    found = dict(_digests(folder))
    for name in sorted(sealed.keys() | found.keys()):
        if name not in found:
            yield f"{name} was sealed and is gone"
        elif name not in sealed:
            yield f"{name} is new since the seal"
        elif found[name] != sealed[name]:
            yield f"{name} has changed since the seal"


def digest(folder: Path) -> str:
    """One digest for the whole corpus: that of its list of checksums."""
    lines = "".join(f"{own}  {name}\n" for name, own in _digests(folder))
    return hashlib.sha256(lines.encode("utf-8")).hexdigest()


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and SHA-256 of each sealed file, by name."""
    paths = [folder / name for name in _ALONE]
    for part in _SEALED:
        paths += (folder / part).rglob("*")
    for path in sorted(paths):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            yield name, hashlib.sha256(path.read_bytes()).hexdigest()


def fill_datasheet(folder: Path, table: str) -> None:
    """Put ``table`` between the marks of ``README.md``.

    Raises:
        GoldError: There are no marks ``<!-- figures -->`` and ``<!-- /figures -->``.
    """
    path = folder / "README.md"
    text = path.read_text("utf-8")
    if not _BLOCK.search(text):
        raise GoldError("no <!-- figures --> … <!-- /figures -->", path=path)
    with whole_file(path) as file:
        file.write(_BLOCK.sub(lambda _: table, text))


def datasheet_table(counts: Mapping[str, Figures]) -> str:
    """The counts of each split as Markdown tables."""
    heads, parts = list(counts), list(counts.values())
    rows: list[_Row] = [
        ("articles", [f.articles for f in parts]),
        ("characters", [f.characters for f in parts]),
        ("page dumps", [f.pages for f in parts]),
    ]
    rows += [
        (f"{name} ({name.zh})", [f.names[name] for f in parts]) for name in EntityLabel
    ]
    rows += [
        ("articles with further sections", [f.with_further for f in parts]),
        ("articles without any name", [f.without_names for f in parts]),
        ("articles without a title", [f.without_title for f in parts]),
    ]
    sections: list[_Row] = [
        (f"{section} {section.zh}", [f.primary[section] for f in parts])
        for section in Section
    ]
    whole = counts["all"]
    return "\n".join(
        [
            *_table(["", *heads], rows),
            "",
            f"Lengths run from {whole.shortest} to {whole.longest:,} characters.",
            "",
            "Articles by primary section:",
            "",
            *_table(["section", *heads], sections),
            "",
            _list("Kinds", whole.kinds),
            "",
            _list("Years", whole.years),
            "",
            _list("Papers' provinces", whole.provinces),
            "",
        ]
    )


def _table(head: list[str], rows: list[_Row]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|---" + "|---:" * (len(head) - 1) + "|"
    for name, numbers in rows:
        yield f"| {name} | " + " | ".join(f"{number:,}" for number in numbers) + " |"


def _list(what: str, counts: Mapping[str, int]) -> str:
    return f"{what}: " + ", ".join(f"{name} {n}" for name, n in counts.items()) + "."
