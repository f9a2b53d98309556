"""``news_names``: puts the names of a text into ``doc.ents``, exact to the character."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import minibatch

from tagger.components.extensions import SCORE
from tagger.errors import ModelNotFoundError
from tagger.names import NameModel
from tagger.records import Entity

Scorer = Callable[..., dict[str, Any]]


class NewsNames:
    """Finds names with a `NameModel` and sets ``doc.ents`` and ``ent._.score``.

    The tokens before it must be single characters, as those of ``spacy.blank("zh")``
    are: then every name starts and ends with a token, and none can be lost.
    """

    def __init__(
        self, conventions: str | None = None, scorer: Scorer | None = None
    ) -> None:
        self.conventions = conventions
        self.scorer = scorer
        self.model: NameModel | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Set the names of one text."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 256) -> Iterator[Doc]:
        """Set the names of many, ``batch_size`` at a time."""
        batches: Iterator[list[Doc]] = minibatch(docs, batch_size)  # type: ignore[no-untyped-call]  # spaCy's
        for batch in batches:
            texts = [doc.text for doc in batch]
            found = self.loaded().find(texts, self.conventions)
            for doc, entities in zip(batch, found, strict=True):
                yield set_names(doc, entities)

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """Scores of the names of examples, for ``spacy evaluate``; none if unscored."""
        return {} if self.scorer is None else self.scorer(examples, **kwargs)

    def loaded(self) -> NameModel:
        """The model.

        Raises:
            ModelNotFoundError: The component was never given one.
        """
        if self.model is None:
            raise ModelNotFoundError("news_names has no model; load a trained pipeline")
        return self.model

    def to_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> None:
        """Write the model, if there is one, as the files that `NameModel.load` reads."""
        del exclude
        if self.model is not None:
            self.model.save(Path(path))

    def from_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> Self:
        """Read what `to_disk` wrote."""
        del exclude
        self.model = NameModel.load(Path(path))
        return self


@Language.factory(
    "news_names",
    assigns=["doc.ents", "span._.score"],
    default_config={
        "conventions": None,
        "scorer": {"@scorers": "news_names_scorer"},
    },
    default_score_weights={
        "ents_f": 1.0,
        "ents_p": 0.0,
        "ents_r": 0.0,
        "ents_per_type": None,
    },
)
def make_names(
    nlp: Language, name: str, conventions: str | None, scorer: Scorer | None
) -> NewsNames:
    """The factory; ``conventions`` picks an output layer, None the model's first.

    ``scorer`` counts names on characters, see `tagger.scoring_spacy`.
    """
    del nlp, name
    return NewsNames(conventions, scorer)


def set_names(doc: Doc, entities: Iterable[Entity]) -> Doc:
    """Put ``entities`` into ``doc.ents``.

    Raises:
        ValueError: An entity starts or ends inside a token.
    """
    spans = []
    for entity in entities:
        span = doc.char_span(entity.start, entity.end, label=str(entity.label))
        if span is None:
            raise ValueError(f"{entity} cuts a token; news_names needs characters")
        span._.set(SCORE, entity.score)
        spans.append(span)
    doc.set_ents(spans)
    return doc
