"""Finds people, places and organizations in Chinese newspaper text, and files it.

>>> import tagger
>>> t = tagger.load()  # doctest: +SKIP
>>> t.tag("晋城市委常委、副市长田志军出席。")  # doctest: +SKIP
"""

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tagger.tagging import Tagger, Tags, load

__all__ = ["Tagger", "Tags", "__version__", "load"]
__version__ = version("tagger")


def __getattr__(name: str) -> Any:
    """Import the models' libraries only when a model is asked for."""
    if name in __all__:
        from tagger import tagging  # noqa: PLC0415 half a second

        return getattr(tagging, name)
    raise AttributeError(f"module 'tagger' has no attribute {name!r}")
