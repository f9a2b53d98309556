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

    A folder of the user's own may hold one model only: the other is the one that ships.

    Raises:
        ModelNotFoundError: There is no such folder.
    """
    own = models is not None and any((models / n).is_dir() for n in (NAMES, SECTIONS))
    places = [models or models_folder(), *([models_folder()] if own else [])]
    for place in places:
        if (place / name).is_dir():
            return place / name
    raise ModelNotFoundError(f"no model {name!r} here", path=places[0])
