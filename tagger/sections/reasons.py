"""Why an article was filed where it was: the stretches of text that spoke for it.

A section's logit is a sum over grams. Every occurrence of a gram bears its share, and
spreads it evenly over its characters; adjacent characters of one sign make a term. All
terms, the bias and what the other sections in the set add (`Reason.beside`) together
are the margin.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from tagger.sections.features import Grams, Laid, Titled, cut, lay_out
from tagger.sections.model import SectionModel

#: What another section's sway must come to, to be worth a word.
_SLIGHT = 0.1
#: Longest term in characters; most words of Chinese have two to four.
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of text, wherever it occurs, and what it adds to the logit."""

    text: str
    weight: float
    #: Where it stands in the article's text; none when only in a title apart from it.
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one section was given."""

    section: str
    primary: bool
    #: The section it had to beat; None for a further section, judged by itself.
    runner_up: str | None
    #: Logit of the section less that of the runner-up.
    margin: float
    terms: tuple[Term, ...]
    against: tuple[Term, ...]
    #: Other sections in the set that favour it over the runner-up, or the reverse.
    beside: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Reasons:
    """One reason for each section given, the primary's first."""

    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        """As a person reads it: ``energy, not economy (+1.2): 煤层气 +0.8; …``."""
        return "\n".join(_line(reason) for reason in self.reasons)


def explain(model: SectionModel, article: Titled, most: int = 5) -> Reasons:
    """The ``most`` strongest terms for and against every section given."""
    laid = lay_out(article, model.config.grams)
    grams = cut([laid], model.config.grams)
    (guesses,) = model.classify([article])
    reasons = []
    for number, guess in enumerate(guesses):
        column = model.config.sections.index(guess.section)
        case = _as_primary if number == 0 else _as_further
        reason, part = case(model, article, column, primary=guess.primary)
        terms = _terms(laid, _pull(model, grams, part))
        reasons.append(
            replace(
                reason,
                terms=tuple(t for t in terms if t.weight > 0)[:most],
                against=tuple(t for t in reversed(terms) if t.weight < 0)[:most],
            )
        )
    return Reasons(tuple(reasons))


def _as_primary(
    model: SectionModel, article: Titled, column: int, *, primary: bool
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
        (key, float(weight))
        for key, weight in zip(
            model.config.sections, sway * scores.member[0], strict=True
        )
        if abs(weight) >= _SLIGHT
    ]
    reason = Reason(
        model.config.sections[column],
        primary,
        model.config.sections[rival],
        float(np.log(odds)),
        (),
        (),
        tuple(sorted(beside, key=lambda item: -abs(item[1]))),
    )
    return reason, layers.weights[:, column] - layers.weights[:, rival]


def _as_further(
    model: SectionModel, article: Titled, column: int, *, primary: bool
) -> tuple[Reason, NDArray[np.float32]]:
    """The same for a section judged by itself."""
    place = len(model.config.sections) + column
    margin = float(model.logits([article])[0, place])
    reason = Reason(model.config.sections[column], primary, None, margin, (), ())
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


def _terms(laid: Laid, pull: _Pull) -> list[Term]:
    """Stretches of characters that pull one way, by falling weight."""
    weights: dict[str, float] = defaultdict(float)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end in _stretches(pull):
        text = laid.evened.text[start:end]
        weights[text] += sum(pull.heat[place] for place in range(start, end))
        source = laid.evened.to_source(start, end)
        if source[0] >= laid.apart:
            places[text].append((source[0] - laid.apart, source[1] - laid.apart))
    found = [Term(text, weights[text], tuple(places[text])) for text in weights]
    return sorted(found, key=lambda term: (-term.weight, term.text))


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


def _line(reason: Reason) -> str:
    head = reason.section
    if reason.runner_up is not None:
        head += f", not {reason.runner_up}"
    terms = ", ".join(f"{term.text} {term.weight:+.2f}" for term in reason.terms)
    against = ", ".join(f"{term.text} {term.weight:+.2f}" for term in reason.against)
    beside = "".join(f"; beside {key} {weight:+.2f}" for key, weight in reason.beside)
    return f"{head} ({reason.margin:+.2f}): {terms}; against: {against or '–'}{beside}"
