"""From files to pages: find them, decode them, take the text out. Never loses one.

Everything here yields `Page` or, for what cannot be read, the `TaggerError` that
says why, as a value: one bad file is news, not the end of a run.
"""

from tagger.readers.files import DEFAULT_MAX_BYTES, ReadOptions, read, read_bytes
from tagger.readers.walking import Found, Walk, walk

__all__ = [
    "DEFAULT_MAX_BYTES",
    "Found",
    "ReadOptions",
    "Walk",
    "read",
    "read_bytes",
    "walk",
]
