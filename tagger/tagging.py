"""The story in one file: a page is split, its articles tagged, records come out.

Start here to understand the program.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from tagger import pipeline
from tagger.components.extensions import SCORE
from tagger.components.names import NewsNames
from tagger.components.words import NewsWords
from tagger.labels import EntityLabel
from tagger.names.bylines import with_byline
from tagger.outcomes import TaggedPage
from tagger.records import (
    Article,
    Entity,
    ModelId,
    Page,
    Record,
    SectionGuess,
    Source,
)
from tagger.review import doubts
from tagger.sections.features import Titled
from tagger.sections.model import SectionModel
from tagger.sections.reasons import explain
from tagger.shipped import NAMES, SECTIONS, model_folder
from tagger.split import split, whole
from tagger.stages import Stages


@dataclass(frozen=True, slots=True)
class Tags:
    """What the models say about one text."""

    entities: tuple[Entity, ...]
    sections: tuple[SectionGuess, ...]


class Tagger:
    """Tags texts and pages with a pipeline for names and a model for sections."""

    def __init__(
        self,
        nlp: Language,
        sections: SectionModel,
        *,
        reasons: bool = False,
        words: NewsWords | None = None,
    ) -> None:
        self.nlp = nlp
        self.sections = sections
        #: Whether each section of a record should say why it was given.
        self.reasons = reasons
        #: Cuts the words in which reasons are told; without it, loose characters.
        self.words = words
        self.model = ModelId(nlp.meta["name"], nlp.meta["version"])
        #: Seconds spent splitting, on names and on sections.
        self.stages = Stages()

    def tag(self, text: str, *, one_article: bool = False) -> list[Record]:
        """Split a text into its articles and tag each.

        Args:
            text: A page or an article.
            one_article: Take the text for one article, whatever it looks like.
        """
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        (tagged,) = self.tag_pages(
            [Page(text, "-", digest, "utf-8")], one_article=one_article
        )
        return list(tagged.records)

    def tag_pages(
        self, pages: Sequence[Page], *, one_article: bool = False
    ) -> Iterator[TaggedPage]:
        """Tag pages together, which is faster than one by one; in the order given."""
        with self.stages.timed("split"):
            cut = [whole(page) if one_article else split(page) for page in pages]
        items = [
            (page, article)
            for page, parts in zip(pages, cut, strict=True)
            for article in parts.articles
        ]
        records = iter(self._records(items))
        for page, parts in zip(pages, cut, strict=True):
            own = tuple(next(records) for _ in parts.articles)
            yield TaggedPage(page, own, parts.leftovers)

    def tag_texts(
        self, texts: Sequence[str], conventions: str | None = None
    ) -> list[Tags]:
        """Tag each text as it is, without splitting; offsets point into it.

        ``conventions`` picks one of the annotation standards the name model learned.
        """
        entities = self._names(texts, conventions)
        sections = self.sections.classify([Titled(text) for text in texts])
        return [Tags(*pair) for pair in zip(entities, sections, strict=True)]

    def _records(self, items: Sequence[tuple[Page, Article]]) -> Iterator[Record]:
        texts = [page.text[article.start : article.end] for page, article in items]
        titled = [
            Titled(text, article.title)
            for (_, article), text in zip(items, texts, strict=True)
        ]
        with self.stages.timed("sections"):
            guesses = self._filed(titled)
        with self.stages.timed("names"):
            found = self._names(texts)
        for (page, article), names, sections in zip(items, found, guesses, strict=True):
            yield self._record(page, article, names, sections)

    def _filed(self, titled: Sequence[Titled]) -> list[tuple[SectionGuess, ...]]:
        if not self.reasons:
            return self.sections.classify(titled)
        return [
            explain(
                self.sections,
                article,
                tuple(self.words.word_ends(article.text)) if self.words else (),
            )
            for article in titled
        ]

    def _record(
        self,
        page: Page,
        article: Article,
        entities: tuple[Entity, ...],
        sections: tuple[SectionGuess, ...],
    ) -> Record:
        text = page.text[article.start : article.end]
        entities = with_byline(text, entities, article.byline)
        source = Source(page.path, page.sha256, article.start, article.end, page.line)
        return Record(
            id=record_id(page, article),
            source=source,
            article=article,
            text=text,
            entities=entities,
            sections=sections,
            model=self.model,
            review=doubts(article, entities, sections),
        )

    def _names(
        self, texts: Sequence[str], conventions: str | None = None
    ) -> list[tuple[Entity, ...]]:
        # Nothing comes after the names as a rule; then they need no spaCy documents,
        # which take as long to make as half the network.
        if conventions is not None or self.nlp.pipe_names == ["news_names"]:
            finder = self.nlp.get_pipe("news_names")
            assert isinstance(finder, NewsNames)  # noqa: S101 for mypy
            found = finder.loaded().find(texts, conventions or finder.conventions)
            return [tuple(entities) for entities in found]
        return [
            tuple(
                Entity(
                    span.start_char,
                    span.end_char,
                    EntityLabel(span.label_),
                    span._.get(SCORE),
                )
                for span in doc.ents
            )
            for doc in self.nlp.pipe(texts)
        ]


def load(models: Path | str | None = None, *, reasons: bool = False) -> Tagger:
    """Load the models that ship, or those in a folder of your own.

    Args:
        models: A folder with ``names``, ``sections`` or both.
        reasons: Let every section of a record say why it was given.

    Raises:
        ModelNotFoundError: The folder lacks ``names`` or ``sections``.
        ModelVersionError: A model there is of another version, or damaged.
    """
    folder = None if models is None else Path(models)
    names = model_folder(NAMES, folder)
    segmenter = names / "news_words"
    return Tagger(
        pipeline.load(names, words=False),
        SectionModel.load(model_folder(SECTIONS, folder)),
        reasons=reasons,
        words=NewsWords().from_disk(segmenter)
        if reasons and segmenter.is_dir()
        else None,
    )


def record_id(page: Page, article: Article) -> str:
    """The id of an article: the same as long as its file and its place in it are.

    A JSONL line's own id, if it holds one article; else a digest of path and content,
    and the start.
    """
    if page.id is not None and article.end - article.start == len(page.text):
        return page.id
    key = f"{page.path}\0{page.sha256}\0{page.line}"
    return f"{hashlib.sha256(key.encode('utf-8')).hexdigest()[:16]}-{article.start}"
