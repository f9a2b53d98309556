"""What is said of a unit: an outcome for every page of it, whatever happens.

The pages of one unit are tagged together, never those of two: what a network says of
a text may depend, in the last digits, on what stands beside it, and a record must not
depend on which units a run happened to have left.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagger.batch.limits import OutOfTime
from tagger.errors import (
    ModelNotFoundError,
    ModelVersionError,
    OutOfMemoryError,
    OutOfTimeError,
    TaggerError,
)
from tagger.outcomes import Outcome, Refused
from tagger.records import Page

if TYPE_CHECKING:
    from tagger.tagging import Tagger

#: Made for a number of bytes: bounds the block that tags them.
Bound = Callable[[int], AbstractContextManager[None]]


def unbounded(_: int) -> AbstractContextManager[None]:
    """No bound at all."""
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Caution:
    """How a unit is tagged that has ended a process before: line by line."""

    #: Lines that ended one; they are not tried again.
    deadly: Collection[int]
    #: Told the number of each line before it is tried.
    note: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Saying:
    """Tags the pages of a unit."""

    tagger: "Tagger"
    one_article: bool = False
    bound: Bound = unbounded

    def say(
        self, pages: Sequence[Page | TaggerError], caution: Caution | None = None
    ) -> Iterator[Outcome]:
        """An outcome for every page and every error, in the order given.

        Raises:
            ModelNotFoundError: The models are not there.
            ModelVersionError: The models are damaged.
        """
        good = [page for page in pages if isinstance(page, Page)]
        tagged = self._careful(good, caution) if caution else self._together(good)
        for page in pages:
            yield next(tagged) if isinstance(page, Page) else Refused.by(page)

    def _careful(self, pages: list[Page], caution: Caution) -> Iterator[Outcome]:
        for page in pages:
            if page.line in caution.deadly:
                problem = "ended the process that read it"
                yield Refused(page.path, page.line, "crashed", problem)
            else:
                caution.note(page.line)
                yield from self._together([page])

    def _together(self, pages: list[Page]) -> Iterator[Outcome]:
        """Tag pages; if that fails, one by one, so that one takes no other down."""
        try:
            with self.bound(sum(len(page.text) for page in pages)):
                tagged = list(
                    self.tagger.tag_pages(pages, one_article=self.one_article)
                )
        except (ModelNotFoundError, ModelVersionError):
            raise
        except (Exception, OutOfTime) as error:  # noqa: BLE001 the run goes on; the page is listed
            if len(pages) > 1:
                for page in pages:
                    yield from self._together([page])
                return
            yield _refused(pages[0], error)
        else:
            yield from tagged


def _refused(page: Page, error: BaseException) -> Refused:
    known: TaggerError
    match error:
        case OutOfTime():
            known = OutOfTimeError("takes too long", path=page.path, line=page.line)
        case MemoryError():
            known = OutOfMemoryError(
                "takes too much memory", path=page.path, line=page.line
            )
        case _:
            problem = f"{type(error).__name__}: {error}"
            return Refused(page.path, page.line, "crashed", problem)
    return Refused.by(known)
