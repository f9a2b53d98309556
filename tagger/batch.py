"""Tag everything found, in steady memory; every page has exactly one outcome."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from tagger.errors import TaggerError
from tagger.outcomes import Outcome, Refused
from tagger.readers import Found, ReadOptions, Walk, read
from tagger.records import Page
from tagger.tagging import Tagger

#: Characters tagged together; large enough for even batches, small enough for memory.
_TOGETHER: Final = 200_000


def read_all(
    walk: Walk, options: ReadOptions, on_file: Callable[[Found], None] = lambda _: None
) -> Iterator[Page | TaggerError]:
    """Yield every page found, and every error, file by file.

    ``on_file`` is called with each file before it is read.
    """
    yield from walk.errors
    for file in walk.files:
        on_file(file)
        yield from read(file.path, file.name, options)


def tag_all(
    tagger: Tagger, pages: Iterable[Page | TaggerError], *, one_article: bool = False
) -> Iterator[Outcome]:
    """Yield an outcome for every page or error, in the order given."""
    batch: list[Page] = []
    size = 0
    for page in pages:
        if isinstance(page, Page) and size < _TOGETHER:
            batch.append(page)
            size += len(page.text)
            continue
        yield from _tag(tagger, batch, one_article)
        batch, size = [], 0
        if isinstance(page, TaggerError):
            yield Refused.by(page)
        else:
            batch, size = [page], len(page.text)
    yield from _tag(tagger, batch, one_article)


def _tag(tagger: Tagger, pages: list[Page], one_article: bool) -> Iterator[Outcome]:
    """Tag a batch; if that crashes, page by page, so that one takes no other down."""
    try:
        yield from list(tagger.tag_pages(pages, one_article=one_article))
    except Exception as error:  # noqa: BLE001 the run goes on; the page is listed
        if len(pages) > 1:
            for page in pages:
                yield from _tag(tagger, [page], one_article)
            return
        problem = f"{type(error).__name__}: {error}"
        yield Refused(pages[0].path, pages[0].line, "crashed", problem)
