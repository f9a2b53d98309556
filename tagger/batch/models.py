"""The models of a run: known by their bytes, loaded once a process."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tagger.errors import ModelNotFoundError, ModelVersionError
from tagger.shipped import NAMES, SECTIONS, model_folder

if TYPE_CHECKING:
    from tagger.tagging import Tagger

#: About a model, for people; everything else in its folder is part of it.
_CARD: Final = "README.md"


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """Where the models are, and what they were when the run began."""

    #: A folder of the user's own; None for the models that ship, wherever they lie.
    path: str | None
    #: Name of each model and the digest of its files.
    digests: tuple[tuple[str, str], ...]

    @classmethod
    def at(cls, path: Path | None) -> "ModelFolder":
        """The models in a folder as they are now.

        Raises:
            ModelNotFoundError: The folder lacks ``names`` or ``sections``.
        """
        digests = tuple(
            (name, _digest(model_folder(name, path))) for name in (NAMES, SECTIONS)
        )
        return cls(None if path is None else str(path.absolute()), digests)

    def section_names(self) -> dict[str, str]:
        """Keys of the sections and the names readers know them by.

        Records hold only the keys; those of a user's own scheme are named in the model.

        Raises:
            ModelNotFoundError: It is no longer there.
            ModelVersionError: It is damaged.
        """
        path = None if self.path is None else Path(self.path)
        folder = model_folder(SECTIONS, path)
        with _sound(folder):
            said = json.loads((folder / "config.json").read_text("utf-8"))
            return dict(zip(said["sections"], said["names"], strict=True))

    def described(self) -> dict[str, dict[str, str]]:
        """Name, version and digest of each model.

        Raises:
            ModelNotFoundError: One is no longer there.
            ModelVersionError: One is damaged.
        """
        path = None if self.path is None else Path(self.path)
        return {
            role: {**_named(model_folder(role, path)), "sha256": digest}
            for role, digest in self.digests
        }


@cache
def loaded(models: ModelFolder, *, reasons: bool = False) -> "Tagger":
    """The models, ready to tag; loaded when first asked for.

    With ``reasons`` every section of a record says why it was given.

    Raises:
        ModelNotFoundError: They are not there.
        ModelVersionError: They are of another version, damaged, or not those that
            the run began with.
    """
    from tagger.tagging import load  # noqa: PLC0415 a second

    path = None if models.path is None else Path(models.path)
    if ModelFolder.at(path).digests != models.digests:
        raise ModelVersionError(
            "the models here are not those that the run began with", path=path
        )
    try:
        tagger = load(path, reasons=reasons)
        # Networks are built when first used; a damaged one must not pass for bad input.
        tagger.tag("预热。")
    except (ModelNotFoundError, ModelVersionError):
        raise
    except Exception as error:
        problem = f"damaged: {type(error).__name__}: {error}"
        raise ModelVersionError(problem, path=path) from error
    tagger.stages.take()
    return tagger


def _named(folder: Path) -> dict[str, str]:
    """What a model calls itself, in whichever of its files says so."""
    for file in (folder / "meta.json", folder / "config.json"):
        if file.exists():
            with _sound(folder):
                said = json.loads(file.read_text("utf-8"))
                return {"name": str(said["name"]), "version": str(said["version"])}
    return {}


@contextmanager
def _sound(folder: Path) -> Iterator[None]:
    """Reading what a model says of itself: damage is one clear error."""
    try:
        yield
    except FileNotFoundError as error:
        missing = Path(str(error.filename)).name
        raise ModelNotFoundError(f"no {missing} in the model", path=folder) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelVersionError(f"damaged: {error}", path=folder) from error


def _digest(folder: Path) -> str:
    """The digest of all files of a model, in a stable order."""
    whole = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        if file.is_file() and name.as_posix() != _CARD:
            try:
                data = file.read_bytes()
            except OSError as error:
                problem = error.strerror or str(error)
                raise ModelNotFoundError(problem, path=file) from error
            own = hashlib.sha256(data).hexdigest()
            whole.update(f"{name.as_posix()}\0{own}\n".encode())
    return whole.hexdigest()
