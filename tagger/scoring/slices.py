"""Scores of parts: of seen names, of long ones, of those in headlines, of a month's.

A slice asks something of each span, or of the article it stands in. Gold spans make a
slice's recall, predicted spans its precision; a hit is the same for both.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tagger.scoring.arrays import Floats, Ints
from tagger.scoring.documents import Document
from tagger.scoring.matching import Matching
from tagger.scoring.surfaces import Surfaces, form
from tagger.scoring.tables import SpanTable
from tagger.scoring.tallies import COUNTED, Measure, Tally, column, precision_recall_f1
from tagger.scoring.words import LATIN
from tagger.scoring.zones import Zone, zones

#: Sources and months beyond so many, the rarest, are put together.
_MOST_BUCKETS: Final = 24
_OTHER: Final = "other"
_UNKNOWN: Final = "unknown"
_LENGTHS: Final = ("1", "2", "3", "4", "5-7", "8-12", "13+")
_ARTICLE_LENGTHS: Final = ("under 100", "100-299", "300-599", "600-999", "1000+")


#: Bucket numbers of millions of spans.
Codes = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Slicing:
    """A question and its answers: the bucket of every gold and predicted span."""

    name: str
    buckets: tuple[str, ...]
    gold: Codes
    predicted: Codes


@dataclass(frozen=True, slots=True)
class Scored:
    """What slices are made of."""

    documents: Sequence[Document]
    matching: Matching
    forms: Surfaces
    labels: Sequence[str]


@dataclass(frozen=True, slots=True)
class Seen:
    """The names of a training set: forms with their types, and forms of any type."""

    tags: frozenset[tuple[str, str]]
    forms: frozenset[str]

    @classmethod
    def of(cls, training: Iterable[Document]) -> "Seen":
        """The names that articles are annotated with."""
        tags = frozenset(
            (form(document.text[span.start : span.end]), span.label)
            for document in training
            for span in document.spans or ()
        )
        return cls(tags, frozenset(name for name, _ in tags))


def slicings(scored: Scored, seen: Seen | None) -> list[Slicing]:
    """Every slicing that has at least two buckets in use."""
    found = [
        _by_form(scored, "length", _LENGTHS, _length),
        _by_form(scored, "rare", ("common", "uncommon", "rare"), _rarity),
        _by_form(scored, "latin", ("none", "Latin or digits"), _has_latin),
        _by_place(scored, "wrap", ("one line", "over a line end"), _line_ends),
        _by_place(scored, "zone", tuple(z.name.lower() for z in Zone), _zones),
        *(_by_fact(scored, name, of) for name, of in _FACTS.items()),
        _by_article(scored, "article", _ARTICLE_LENGTHS, _article_length),
    ]
    if seen is not None:
        found.insert(0, _by_training(scored, seen))
    return [s for s in found if len({*s.gold.tolist(), *s.predicted.tolist()}) > 1]


def slices_tally(
    slicings: Sequence[Slicing], matching: Matching, articles: int
) -> Tally:
    """Precision, recall and F1 of each bucket, as ``length=3.f1``."""
    columns: list[str] = []
    blocks: list[Floats] = []
    measures: dict[str, Measure] = {}
    pairs = matching.aligned
    hits = pairs.gold[matching.is_exact(pairs) & matching.is_same_type(pairs)]
    for slicing in slicings:
        names = [f"{slicing.name}={bucket}." for bucket in slicing.buckets]
        width = len(names)
        ours = matching.gold.article * width + slicing.gold
        theirs = matching.predicted.article * width + slicing.predicted
        for what, keys in (("gold", ours), ("predicted", theirs), ("hit", ours[hits])):
            flat = np.bincount(keys, minlength=articles * width).astype(np.float64)
            blocks.append(flat.reshape(articles, width))
            columns += [name + what for name in names]
        for name in names:
            sums = (column(name + what) for what in COUNTED)
            measures |= precision_recall_f1(name, *sums)
    return Tally(tuple(columns), tuple(blocks), measures)


def _by_form(
    scored: Scored, name: str, buckets: tuple[str, ...], of: Callable[[str], int]
) -> Slicing:
    codes = np.array([of(text) for text in scored.forms.forms] or [0], np.int16)
    return Slicing(
        name, buckets, codes[scored.forms.gold], codes[scored.forms.predicted]
    )


def _length(name: str) -> int:
    return bisect_left((1, 2, 3, 4, 7, 12), len(name))


def _rarity(name: str) -> int:
    """0: all in GB 2312's first level of 3,755; 1: in its second; 2: in neither."""
    return max(map(_character_rarity, name), default=0)


@cache
def _character_rarity(char: str) -> int:
    try:
        return int(char.encode("gb2312")[0] >= 0xD8)
    except UnicodeEncodeError:
        return 2


def _has_latin(name: str) -> int:
    return int(LATIN.search(name) is not None)


def _by_training(scored: Scored, seen: Seen) -> Slicing:
    forms, labels = scored.forms, scored.labels
    # 0 seen, 1 seen with another type only, 2 unseen
    codes = np.array(
        [
            [
                0 if (name, label) in seen.tags else 2 - (name in seen.forms)
                for label in labels
            ]
            for name in forms.forms
        ],
        np.int16,
    ).reshape(len(forms.forms), len(labels))
    buckets = ("seen", "seen as another type", "unseen")
    gold, predicted = scored.matching.gold, scored.matching.predicted
    return Slicing(
        "training",
        buckets,
        codes[forms.gold, gold.label],
        codes[forms.predicted, predicted.label],
    )


def _by_place(
    scored: Scored,
    name: str,
    buckets: tuple[str, ...],
    asker: Callable[[Sequence[Document], Ints], Callable[[SpanTable], Codes]],
) -> Slicing:
    ask = asker(scored.documents, scored.matching.gold.offset)
    return Slicing(
        name, buckets, ask(scored.matching.gold), ask(scored.matching.predicted)
    )


def _line_ends(
    documents: Sequence[Document], offset: Ints
) -> Callable[[SpanTable], Codes]:
    ends = [np.empty(0, np.int64)]
    for document, begin in zip(documents, offset, strict=True):
        if "\n" in document.text:
            codes = np.array([document.text]).view(np.uint32)
            ends.append(np.flatnonzero(codes == ord("\n")) + begin)
    every = np.concatenate(ends)

    def ask(side: SpanTable) -> Codes:
        before = np.searchsorted(every, side.start), np.searchsorted(every, side.end)
        return np.asarray(before[1] > before[0], np.int16)

    return ask


def _zones(documents: Sequence[Document], _: Ints) -> Callable[[SpanTable], Codes]:
    marks = np.frombuffer(b"\0".join(map(zones, documents)) + b"\0", np.uint8)

    def ask(side: SpanTable) -> Codes:
        return np.asarray(marks[side.start], np.int16)

    return ask


def _by_article(
    scored: Scored, name: str, buckets: tuple[str, ...], of: Callable[[Document], int]
) -> Slicing:
    codes = np.array([of(document) for document in scored.documents] or [0], np.int16)
    gold, predicted = scored.matching.gold, scored.matching.predicted
    return Slicing(name, buckets, codes[gold.article], codes[predicted.article])


def _article_length(document: Document) -> int:
    return bisect_right((100, 300, 600, 1000), len(document.text))


def _by_fact(
    scored: Scored, name: str, of: Callable[[Document], str | None]
) -> Slicing:
    facts = Counter(of(document) or _UNKNOWN for document in scored.documents)
    common = sorted(fact for fact, _ in facts.most_common(_MOST_BUCKETS))
    buckets = (*common, _OTHER) if len(facts) > len(common) else tuple(common)
    codes = {bucket: code for code, bucket in enumerate(buckets)}

    def code(document: Document) -> int:
        return codes.get(of(document) or _UNKNOWN, len(common))

    return _by_article(scored, name, buckets, code)


_FACTS: Final[dict[str, Callable[[Document], str | None]]] = {
    "section": lambda document: document.filing.primary if document.filing else None,
    "source": lambda document: document.facts.source,
    "month": lambda document: document.facts.date and document.facts.date[:7],
}
