"""Without an output folder: pages and outcomes one after the other, in this process."""

from collections.abc import Callable, Iterator

from tagger.batch.reading import read_unit
from tagger.batch.saying import Saying
from tagger.batch.units import Unit, units
from tagger.errors import TaggerError
from tagger.outcomes import Outcome
from tagger.readers import ReadOptions, Walk
from tagger.records import Page


def read_all(
    walk: Walk, options: ReadOptions, on_unit: Callable[[Unit], None] = lambda _: None
) -> Iterator[list[Page | TaggerError]]:
    """Yield the pages, and the errors in place of pages, of each unit found.

    ``on_unit`` is called with each unit before it is read.
    """
    for unit in units(walk):
        on_unit(unit)
        yield read_unit(unit, options).pages


def say_all(
    saying: Saying, read: Iterator[list[Page | TaggerError]]
) -> Iterator[Outcome]:
    """Yield what is said of every page, in the order given."""
    for pages in read:
        yield from saying.say(pages)
