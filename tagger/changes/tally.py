"""The counts of a comparison, and a few examples of every kind of change."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tagger.changes.sampling import Sample
from tagger.records import Record


class PageKind(StrEnum):
    """What the two runs have of a page."""

    BOTH = "both"
    ONLY_BEFORE = "only before"
    ONLY_AFTER = "only after"
    #: The file itself is another one; its records are not compared.
    OTHER_TEXT = "other text"


class CutKind(StrEnum):
    """What became of an article's cuts."""

    SAME = "same"
    #: It begins or ends elsewhere.
    MOVED = "moved"
    #: A new article, out of one that was longer.
    SPLIT = "split"
    #: An article that another one has swallowed.
    MERGED = "merged"
    #: A new article, where there was none.
    FOUND = "found"
    #: An article that is none any more.
    LOST = "lost"


class NameKind(StrEnum):
    """What became of a name."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    #: It begins or ends elsewhere; it may be of another type too.
    MOVED = "moved"
    #: The same characters, of another type.
    RELABELLED = "relabelled"


#: No section, or no name; so a change has two sides always.
NOTHING = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Some text, and what is meant in it: ``text[start:end]``."""

    text: str
    start: int = 0
    end: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A change in its place."""

    path: str
    #: Of a JSONL file, from 1; 0 for whole files.
    line: int
    #: Where in the page.
    start: int
    title: str
    before: Quote | None
    after: Quote | None


@dataclass(slots=True)
class Run:
    """One side's totals."""

    path: Path
    pages: int = 0
    articles: int = 0
    names: Counter[str] = field(default_factory=Counter)
    models: Counter[str] = field(default_factory=Counter)

    def add(self, records: Iterable[Record]) -> None:
        """Count a page."""
        counted = False
        for record in records:
            counted = True
            self.articles += 1
            self.names.update(str(entity.label) for entity in record.entities)
            self.models[f"{record.model.name} {record.model.version}"] += 1
        self.pages += counted


#: A kind of change: what changed, how, from what, to what.
Group = tuple[str, ...]


@dataclass(slots=True)
class Changes:
    """All that is different between two runs."""

    before: Run
    after: Run
    #: How many examples are kept of each kind.
    most: int
    pages: Counter[PageKind] = field(default_factory=Counter)
    cuts: Counter[CutKind] = field(default_factory=Counter)
    #: Kind, type before, type after.
    names: Counter[tuple[NameKind, str, str]] = field(default_factory=Counter)
    #: Primary section of the article the name is in; of the later, if in both.
    names_by_section: Counter[tuple[str, NameKind]] = field(default_factory=Counter)
    #: Primary section before and after, of articles that are in both.
    primary: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: Whether articles are newly filed under a section, or no more.
    filed: Counter[tuple[str, bool]] = field(default_factory=Counter)
    #: Whether a reason for review is new, or gone.
    review: Counter[tuple[str, bool]] = field(default_factory=Counter)
    #: Titles, bylines and so on that read otherwise.
    parts: Counter[str] = field(default_factory=Counter)
    examples: dict[Group, Sample[Example]] = field(default_factory=dict)

    def show(self, group: Group, key: str, make: Callable[[], Example]) -> None:
        """Keep an example, if it is among the few to be kept."""
        sample = self.examples.get(group)
        if sample is None:
            sample = self.examples[group] = Sample(self.most)
        sample.offer(key, make)

    @property
    def nothing_changed(self) -> bool:
        """Whether both runs say the same of everything."""
        return not self.examples and self.before.names == self.after.names
