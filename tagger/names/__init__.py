"""Find the names in a text: windows, network, decoding. No spaCy in it."""

from tagger.names.model import NameModel, NameModelConfig

__all__ = ["NameModel", "NameModelConfig"]
