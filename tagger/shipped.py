"""Where the models that ship are: in the wheel, or beside the package in a checkout."""

from pathlib import Path
from typing import Final

from tagger.errors import ModelNotFoundError

_PACKAGE: Final = Path(__file__).parent
NAMES: Final = "names"
SECTIONS: Final = "sections"


def models_folder() -> Path:
    """The folder that holds one folder a model."""
    inside = _PACKAGE / "models"
    return inside if inside.is_dir() else _PACKAGE.parent / "models"


def model_folder(name: str, models: Path | None = None) -> Path:
    """The folder of a model by name, in ``models`` or among those that ship.

    Raises:
        ModelNotFoundError: There is no such folder.
    """
    folder = (models or models_folder()) / name
    if not folder.is_dir():
        raise ModelNotFoundError(f"no model {name!r} here", path=folder.parent)
    return folder
