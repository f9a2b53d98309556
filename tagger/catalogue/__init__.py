"""The catalogue that a run wrote: found in its folder, read back record by record."""

from tagger.catalogue.finding import Catalogue, find

__all__ = ["Catalogue", "find"]
