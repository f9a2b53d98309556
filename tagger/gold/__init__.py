"""Gold and predictions in every format in use, checked, with an account of each span."""

from tagger.gold.auditing import Audit, Incident
from tagger.gold.columns import ColumnOptions
from tagger.gold.formats import Format
from tagger.gold.naming import RepeatedIds
from tagger.gold.offsets import Offsets
from tagger.gold.pairing import Allowed, Paired, pair, pair_pages
from tagger.gold.reading import Reading, ReadingOptions, read, read_cuts
from tagger.gold.schemes import BrokenTags, Scheme
from tagger.gold.settling import Overlaps, Settling
from tagger.gold.writing import write

__all__ = [
    "Allowed",
    "Audit",
    "BrokenTags",
    "ColumnOptions",
    "Format",
    "Incident",
    "Offsets",
    "Overlaps",
    "Paired",
    "Reading",
    "ReadingOptions",
    "RepeatedIds",
    "Scheme",
    "Settling",
    "pair",
    "pair_pages",
    "read",
    "read_cuts",
    "write",
]
