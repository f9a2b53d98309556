"""From files to pages: find them, decode them, take the text out. Never loses one.

Everything here yields `Page` or, for what cannot be read, the `TaggerError` that
says why, as a value: one bad file is news, not the end of a run.
"""

from tagger.readers.files import (
    DEFAULT_MAX_BYTES,
    ReadOptions,
    open_regular,
    read,
    read_bytes,
    whole_bytes,
)
from tagger.readers.jsonl import jsonl_pages
from tagger.readers.walking import LEDGER, Found, Walk, walk

__all__ = [
    "DEFAULT_MAX_BYTES",
    "LEDGER",
    "Found",
    "ReadOptions",
    "Walk",
    "jsonl_pages",
    "open_regular",
    "read",
    "read_bytes",
    "walk",
    "whole_bytes",
]
