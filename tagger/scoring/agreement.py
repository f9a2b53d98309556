"""How far annotators agree: F1 on names, Cohen's kappa on sections."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tagger.scoring.arrays import Flags
from tagger.scoring.documents import Document
from tagger.scoring.matching import match
from tagger.scoring.names import names_tally
from tagger.scoring.sections import sections_of
from tagger.scoring.statistics import Figure, Resampling, figures
from tagger.scoring.surfaces import surfaces
from tagger.scoring.tables import labels_of, table


@dataclass(frozen=True, slots=True)
class Agreement:
    """Between two annotators of the same articles.

    F1 does not ask which of the two is right: swapping them changes nothing.
    """

    names: dict[str, Figure]
    #: On the primary section; None when either filed nothing.
    kappa: float | None
    #: On whether an article belongs to each section, primary or not.
    kappa_of: dict[str, float | None]
    articles: int


def agreement(
    a: Sequence[Document], b: Sequence[Document], how: Resampling
) -> Agreement:
    """Agreement of two annotators; documents in the same order."""
    labels = labels_of(a, b)
    ours, theirs = table(a, labels), table(b, labels)
    tally = names_tally(a, match(ours, theirs), surfaces(a, ours, theirs), labels)
    kept = [name for name in tally.measures if name.endswith("f1")]
    filed = [(x.filing, y.filing) for x, y in zip(a, b, strict=True)]
    both = [(x, y) for x, y in filed if x and y]
    sections = sections_of(a, b)
    return Agreement(
        figures(tally.only(kept), how),
        cohens_kappa([x.primary for x, _ in both], [y.primary for _, y in both]),
        {
            section: cohens_kappa(
                [section in x.all for x, _ in both], [section in y.all for _, y in both]
            )
            for section in sections
        },
        len(a),
    )


def cohens_kappa(a: Sequence[object], b: Sequence[object]) -> float | None:
    """Agreement beyond what the two would reach by chance; None when chance is all."""
    if not a:
        return None
    kinds = list(dict.fromkeys([*a, *b]))
    ours = np.array([kinds.index(x) for x in a])
    theirs = np.array([kinds.index(x) for x in b])
    same: Flags = ours == theirs
    shares = [np.bincount(s, minlength=len(kinds)) / len(a) for s in (ours, theirs)]
    by_chance = float(shares[0] @ shares[1])
    return (
        None if by_chance == 1 else (float(same.mean()) - by_chance) / (1 - by_chance)
    )
