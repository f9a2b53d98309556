"""Why an article was filed where it was: the stretches of text that spoke for it.

A section's logit is a sum over grams. Every occurrence of a gram bears its share, and
spreads it evenly over its characters; the characters of a word make a term, or where
no words are known, adjacent characters of one sign. All terms, the bias and what the
other sections in the set add (`Reason.beside`) together are the margin.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from tagger.grounds import Reason, Term
from tagger.records import SectionGuess
from tagger.sections.features import Grams, Laid, Titled, cut, lay_out
from tagger.sections.model import SectionModel

#: What another section's sway must come to, to be worth a word.
_SLIGHT = 0.1
#: Longest term in characters; most words of Chinese have two to four.
_LONGEST = 4


def explain(
    model: SectionModel,
    article: Titled,
    word_ends: Sequence[int] = (),
    most: int = 5,
) -> tuple[SectionGuess, ...]:
    """The sections of an article, each with the strongest terms either way.

    Args:
        model: The one that files.
        article: What it files.
        word_ends: Where the words of the article's text end, ascending.
        most: How many terms, for and against.
    """
    laid = lay_out(article, model.config.grams)
    grams = cut([laid], model.config.grams)
    (guesses,) = model.classify([article])
    explained = []
    for number, guess in enumerate(guesses):
        column = model.config.sections.index(guess.section)
        case = _as_primary if number == 0 else _as_further
        reason, part = case(model, article, column)
        terms = _terms(laid, _pull(model, grams, part), word_ends)
        reason = replace(
            reason,
            terms=tuple(t for t in terms if t.weight > 0)[:most],
            against=tuple(t for t in reversed(terms) if t.weight < 0)[:most],
        )
        explained.append(replace(guess, reason=reason))
    return tuple(explained)


def _as_primary(
    model: SectionModel, article: Titled, column: int
) -> tuple[Reason, NDArray[np.float32]]:
    """The reason without its terms, and the weights that part the two sections."""
    scores = model.scores([article])
    others = scores.primary[0].copy()
    others[column] = -1
    rival = int(others.argmax())
    layers = model.layers
    odds = scores.primary[0, column] / max(float(others[rival]), 1e-30)
    sway = layers.precedence[:, column] - layers.precedence[:, rival]
    beside = [
        (model.section(number), float(weight))
        for number, weight in enumerate(sway * scores.member[0])
        if abs(weight) >= _SLIGHT
    ]
    reason = Reason(
        model.section(column),
        model.section(rival),
        float(np.log(odds)),
        (),
        (),
        tuple(sorted(beside, key=lambda item: -abs(item[1]))),
    )
    return reason, layers.weights[:, column] - layers.weights[:, rival]


def _as_further(
    model: SectionModel, article: Titled, column: int
) -> tuple[Reason, NDArray[np.float32]]:
    """The same for a section judged by itself."""
    place = len(model.config.sections) + column
    margin = float(model.logits([article])[0, place])
    reason = Reason(model.section(column), None, margin, (), ())
    return reason, model.layers.weights[:, place]


@dataclass(frozen=True, slots=True)
class _Pull:
    """What an article's characters add to a logit, by place in the text as laid out."""

    #: Of each character; summed, it is the logit less its bias.
    heat: dict[int, float]
    #: How strongly grams hold a character to the one after it.
    link: dict[int, float]


def _pull(model: SectionModel, grams: Grams, part: NDArray[np.float32]) -> _Pull:
    row = model.vocabulary.matrix(grams, 1)
    worth = np.zeros(len(model.vocabulary.keys))
    worth[row.indices] = row.data * part[row.indices]
    column = model.vocabulary.columns(grams.key)
    known = column >= 0
    total = np.bincount(column[known], grams.weight[known], len(worth))
    share = worth[column[known]] * grams.weight[known] / total[column[known]]
    pull = _Pull(defaultdict(float), defaultdict(float))
    sizes = _sizes(grams.key[known])
    for place, size, value in zip(grams.place[known], sizes, share, strict=True):
        for at in range(int(place), int(place) + size):
            pull.heat[at] += float(value) / size
        for at in range(int(place), int(place) + size - 1):
            pull.link[at] += abs(float(value))
    return pull


def _sizes(keys: NDArray[np.uint64]) -> list[int]:
    return [(int(key).bit_length() + 15) // 16 for key in keys]


def _terms(laid: Laid, pull: _Pull, word_ends: Sequence[int]) -> list[Term]:
    """Words, or stretches of characters that pull one way, by falling weight."""
    weights: dict[str, float] = defaultdict(float)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    pieces = _words(laid, pull, word_ends) if word_ends else _stretches(pull)
    for start, end in pieces:
        text = laid.evened.text[start:end]
        weights[text] += sum(pull.heat.get(place, 0.0) for place in range(start, end))
        source = laid.evened.to_source(start, end)
        if source[0] >= laid.apart:
            places[text].append((source[0] - laid.apart, source[1] - laid.apart))
    found = [Term(text, weights[text], tuple(places[text])) for text in weights]
    return sorted(found, key=lambda term: (-term.weight, term.text))


def _words(
    laid: Laid, pull: _Pull, word_ends: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The words in which there is heat; of a title apart, stretches."""
    front: dict[int, float] = {}
    inside: list[tuple[int, int]] = []
    for place in sorted(pull.heat):
        source = laid.evened.to_source(place, place + 1)[0] - laid.apart
        if source < 0:
            front[place] = pull.heat[place]
        else:
            inside.append((bisect_right(word_ends, source), place))
    yield from _stretches(_Pull(front, pull.link))
    for _, same in groupby(inside, key=lambda pair: pair[0]):
        word = [place for _, place in same]
        yield word[0], word[-1] + 1


def _stretches(pull: _Pull) -> Iterator[tuple[int, int]]:
    """Runs of one sign, cut into pieces where grams hold them together least."""
    places = sorted(pull.heat)
    run = [0, *np.flatnonzero(np.diff(places) > 1) + 1, len(places)]
    for first, last in pairwise(run):
        for _, same in groupby(
            places[first:last], key=lambda place: pull.heat[place] > 0
        ):
            piece = list(same)
            yield from _pieces(piece[0], piece[-1] + 1, pull.link)


def _pieces(start: int, end: int, link: dict[int, float]) -> Iterator[tuple[int, int]]:
    """Cut ``[start, end)`` into pieces of at most `_LONGEST` at the weakest links."""
    cost = {start: 0.0}
    begin: dict[int, int] = {}
    for stop in range(start + 1, end + 1):
        seam = link.get(stop - 1, 0.0) if stop < end else 0.0
        begin[stop] = min(
            range(max(start, stop - _LONGEST), stop), key=lambda place: cost[place]
        )
        cost[stop] = cost[begin[stop]] + seam
    cuts = [end]
    while cuts[-1] > start:
        cuts.append(begin[cuts[-1]])
    yield from pairwise(reversed(cuts))
