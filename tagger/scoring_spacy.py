"""Our scores of names for spaCy: ``spacy evaluate`` and training use them.

In a config, under a component that sets ``doc.ents``::

    [components.ner.scorer]
    @scorers = "news_names_scorer"

spaCy's own scorer compares tokens, and leaves out gold that its tokens cannot hold.
This one compares characters of the text, whatever the tokens of either side.
"""

from collections.abc import Callable, Iterable
from typing import Any

from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from tagger.scoring.documents import Document, Span
from tagger.scoring.matching import match
from tagger.scoring.names import names_tally
from tagger.scoring.statistics import Figure, values
from tagger.scoring.surfaces import surfaces
from tagger.scoring.tables import labels_of, table

Scorer = Callable[..., dict[str, Any]]
_KEPT = ("exact.f1", "type.f1", "partial.f1", "fuzzy.f1", "tags.f1", "once.r", "effort")


def make_names_scorer() -> Scorer:
    """The scorer, for spaCy's registry."""
    return score_names


def score_names(examples: Iterable[Example], **_: Any) -> dict[str, Any]:
    """``ents_p``, ``ents_r``, ``ents_f`` and ``ents_per_type`` as spaCy names them.

    Beside them ``names_exact_f1``, ``names_tags_f1`` and so on. A reference without
    any annotation of names is left out; what is undefined is None.

    Raises:
        ValueError: The text of a prediction is not that of its reference.
    """
    gold, predicted = [], []
    for number, example in enumerate(examples):
        if not example.reference.has_annotation("ENT_IOB"):
            continue
        if example.reference.text != example.predicted.text:
            raise ValueError(f"example {number}: two different texts")
        gold.append(_document(number, example.reference))
        predicted.append(_document(number, example.predicted))
    labels = labels_of(gold, predicted)
    ours, theirs = table(gold, labels), table(predicted, labels)
    tally = names_tally(gold, match(ours, theirs), surfaces(gold, ours, theirs), labels)
    return _as_spacy(values(tally), labels)


def _document(number: int, doc: Doc) -> Document:
    spans = (Span(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents)
    return Document(str(number), doc.text, tuple(spans))


def _as_spacy(figures: dict[str, Figure], labels: tuple[str, ...]) -> dict[str, Any]:
    letters = {"p": "p", "r": "r", "f": "f1"}

    def three(prefix: str) -> dict[str, float | None]:
        return {a: figures[f"{prefix}.{b}"].value for a, b in letters.items()}

    scores: dict[str, Any] = {f"ents_{a}": v for a, v in three("strict").items()}
    scores["ents_per_type"] = {label: three(label) for label in labels} or None
    for name in _KEPT:
        scores[f"names_{name.replace('.', '_')}"] = figures[name].value
    return scores


# also an entry point; so that importing this module is enough in a checkout
registry.scorers("news_names_scorer", func=make_names_scorer)
