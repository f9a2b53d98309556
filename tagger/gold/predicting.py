"""Predictions made on the spot: a tagger run over gold texts, through its cuts or not."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from tagger.gold.auditing import Audit
from tagger.gold.reading import Reading
from tagger.outcomes import TaggedPage
from tagger.records import Entity, Page, Record, SectionGuess
from tagger.scoring.documents import CutPage, Document, Facts, Filing, Piece, Span


class Guesses(Protocol):
    """What a tagger says of one text."""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Its names."""

    @property
    def sections(self) -> tuple[SectionGuess, ...]:
        """Its sections, the primary among them."""


class TextTagger(Protocol):
    """What `tagger.load` gives, as far as it is used here."""

    def tag_texts(
        self, texts: Sequence[str], conventions: str | None = None
    ) -> Sequence[Guesses]:
        """Tag texts as they are."""

    def tag_pages(self, pages: Sequence[Page]) -> Iterable[TaggedPage]:
        """Cut pages and tag their articles."""


#: Membership probability of every section, by name, for each of the texts given.
AllScores = Sequence[Mapping[str, float]]


def predict(
    tagger: TextTagger,
    gold: Reading,
    conventions: str | None = None,
    scores: AllScores | None = None,
) -> Reading:
    """Tag the gold's texts as they are, without cutting.

    Args:
        tagger: Any tagger.
        gold: Whose texts to tag.
        conventions: The annotation standard to follow, where a tagger knows several.
        scores: Probabilities of all sections, those not given too.
    """
    documents = gold.documents
    found = tagger.tag_texts([document.text for document in documents], conventions)
    each = scores if scores is not None else [{}] * len(documents)
    predicted = tuple(
        Document(d.id, d.text, _spans(tags.entities), _filing(tags.sections, all_of))
        for d, tags, all_of in zip(documents, found, each, strict=True)
    )
    return Reading(predicted, _audit(predicted))


def predict_cuts(tagger: TextTagger, gold: Reading) -> Reading:
    """Cut the gold's pages and tag what comes out."""
    pages = [
        Page(p.text, p.id, hashlib.sha256(p.text.encode()).hexdigest(), "utf-8")
        for p in gold.pages
    ]
    tagged = tagger.tag_pages(pages)
    cut = tuple(
        CutPage(page.id, page.text, tuple(_piece(record) for record in found.records))
        for page, found in zip(gold.pages, tagged, strict=True)
    )
    documents = tuple(piece.document for page in cut for piece in page.pieces)
    return Reading(documents, _audit(documents), cut)


def _piece(record: Record) -> Piece:
    article = record.article
    facts = Facts(
        title=article.title,
        byline=article.byline,
        date=article.date,
        page=record.source.path,
    )
    document = Document(
        record.id, record.text, _spans(record.entities), _filing(record.sections, {})
    )
    return Piece(article.start, article.end, replace(document, facts=facts))


def _spans(entities: Iterable[Entity]) -> tuple[Span, ...]:
    return tuple(Span(e.start, e.end, str(e.label)) for e in entities)


def _filing(guesses: Sequence[SectionGuess], scores: Mapping[str, float]) -> Filing:
    primary = next((guess for guess in guesses if guess.primary), None)
    given = {str(guess.section): guess.score for guess in guesses}
    return Filing(
        None if primary is None else str(primary.section),
        tuple(str(guess.section) for guess in guesses if guess is not primary),
        given | dict(scores),
        None if primary is None else primary.score,
    )


def _audit(documents: Sequence[Document]) -> Audit:
    spans = sum(len(document.spans or ()) for document in documents)
    return Audit(Path("model"), "model", len(documents), spans, spans)
