"""Find the input: files and folders, in a stable order, each once."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tagger.errors import NothingToReadError, TaggerError, UnreadableFileError
from tagger.readers.files import SUFFIXES


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
        if not path.exists():
            raise UnreadableFileError("no such file or folder", path=path)
    root = _root(paths)
    found: dict[Path, Found] = {}
    errors: list[TaggerError] = []
    others: Counter[str] = Counter()
    out = leave_out.absolute() if leave_out else None
    for path in paths:
        for file in _under(path, out, errors) if path.is_dir() else [path]:
            if path.is_dir() and file.suffix.lower() not in SUFFIXES:
                others[file.suffix.lower() or "no suffix"] += 1
            else:
                found[file] = Found(_name(file, root), file)
    if not found and not errors:
        kinds = " ".join(sorted(SUFFIXES))
        raise NothingToReadError(f"no file to read here ({kinds})", path=paths[0])
    return Walk(tuple(sorted(found.values())), tuple(errors), others)


def _root(paths: list[Path]) -> Path:
    """The folder that names are relative to."""
    if len(paths) == 1:
        return paths[0] if paths[0].is_dir() else paths[0].parent
    return Path(os.path.commonpath([path.parent for path in paths]))


def _name(file: Path, root: Path) -> str:
    relative = os.fsencode(file.relative_to(root).as_posix())
    return relative.decode("utf-8", "backslashreplace")


def _under(folder: Path, out: Path | None, errors: list[TaggerError]) -> Iterator[Path]:
    def note(error: OSError) -> None:
        errors.append(
            UnreadableFileError(
                f"folder cannot be read: {error.strerror}", path=error.filename
            )
        )

    for name, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(f for f in folders if f[0] != "." and Path(name, f) != out)
        yield from (Path(name, file) for file in sorted(files) if file[0] != ".")
