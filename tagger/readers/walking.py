"""Find the input: files and folders, in a stable order, each once."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tagger.errors import NothingToReadError, TaggerError, UnreadableFileError
from tagger.readers.files import SUFFIXES

#: The file that marks a folder as one that a run wrote to.
LEDGER: Final = "ledger.sqlite"
#: What a byte that is no UTF-8 is shown as: \\xff
_ESCAPED: Final = re.compile(r"\\x[0-9a-f]{2}")


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A file to read, and the name under which its records will know it."""

    #: Relative to what the user gave, with forward slashes; always valid Unicode.
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Walk:
    """What lies under the paths given."""

    files: tuple[Found, ...]
    #: Folders that could not be listed.
    errors: tuple[TaggerError, ...] = ()
    #: Files of other kinds, counted by suffix; they are left alone.
    others: Counter[str] = field(default_factory=Counter)


def walk(paths: Iterable[Path], leave_out: Path | None = None) -> Walk:
    """Find every file of a known kind, sorted by name.

    A file named outright is taken whatever its suffix. Hidden files, links to
    folders, and what lies under ``leave_out`` (the output) are passed over.

    Raises:
        UnreadableFileError: A path given does not exist.
        NothingToReadError: There is no file of a known kind.
    """
    paths = [path.absolute() for path in paths]
    for path in paths:
        _check(path)
    root = _root(paths)
    found: dict[Path, Found] = {}
    errors: list[TaggerError] = []
    others: Counter[str] = Counter()
    out = leave_out.resolve() if leave_out else None
    for path in paths:
        folder = path.is_dir()
        for file in _under(path, root, out, errors) if folder else [path]:
            if folder and file.suffix.lower() not in SUFFIXES:
                others[file.suffix.lower() or "no suffix"] += 1
            else:
                found[file] = Found(_name(file, root), file)
    if not found and not errors:
        kinds = " ".join(sorted(SUFFIXES))
        raise NothingToReadError(f"no file to read here ({kinds})", path=paths[0])
    return Walk(tuple(sorted(found.values())), tuple(errors), others)


def _check(path: Path) -> None:
    try:
        path.stat()
    except FileNotFoundError:
        raise UnreadableFileError("no such file or folder", path=path) from None
    except OSError as error:
        problem = error.strerror or str(error)
        raise UnreadableFileError(problem, path=path) from error


def _root(paths: list[Path]) -> Path:
    """The folder that names are relative to."""
    if len(paths) == 1:
        return paths[0] if paths[0].is_dir() else paths[0].parent
    return Path(os.path.commonpath([path.parent for path in paths]))


def _name(file: Path, root: Path) -> str:
    r"""The path below the root as text that no other path below it has.

    Bytes that are no UTF-8 become ``\xff``; where that could be mistaken, a
    backslash is doubled.
    """
    raw = os.fsencode(file.relative_to(root).as_posix())
    text = raw.decode("utf-8", "replace")
    if text.encode("utf-8") == raw and not _ESCAPED.search(text):
        return text
    return raw.replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")


def _under(
    folder: Path, root: Path, out: Path | None, errors: list[TaggerError]
) -> Iterator[Path]:
    def note(error: OSError) -> None:
        name = _name(Path(error.filename), root)
        problem = f"folder cannot be read: {error.strerror}"
        errors.append(UnreadableFileError(problem, path=f"{name}/"))

    for name, folders, files in os.walk(folder, onerror=note):
        if LEDGER in files:
            # Where another run wrote: its records are not input.
            folders.clear()
            continue
        folders[:] = sorted(
            f for f in folders if f[0] != "." and not _same(Path(name, f), out)
        )
        yield from (Path(name, file) for file in sorted(files) if file[0] != ".")


def _same(folder: Path, out: Path | None) -> bool:
    return out is not None and folder.name == out.name and folder.resolve() == out
