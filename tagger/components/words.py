"""``news_words``: cuts a text into words that follow the borders of its names."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Self

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import get_words_and_spaces

from tagger.components.extensions import SCORE
from tagger.errors import ModelNotFoundError


class NewsWords:
    """Replaces the characters of a `Doc` by words, keeping its names.

    A word that would reach across the border of a name is cut there.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._segmenter: Any = None

    def __call__(self, doc: Doc) -> Doc:
        """A new `Doc` of the same text, its tokens words."""
        cuts = set(self.word_ends(doc.text))
        for entity in doc.ents:
            cuts |= {entity.start_char, entity.end_char}
        return _retokenised(doc, sorted(cuts | {len(doc.text)}))

    def word_ends(self, text: str) -> Iterator[int]:
        """Where each word of a text ends, whatever its names.

        Raises:
            ModelNotFoundError: No segmenter was read.
        """
        if self._segmenter is None:
            raise ModelNotFoundError("news_words has no model; load a trained pipeline")
        at = 0
        for word in self._segmenter.cut(text):
            # pkuseg leaves out white space and folds width; words keep their length.
            while text[at].isspace():
                at += 1
                yield at
            at += len(word)
            yield at

    def to_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> None:
        """Copy the segmenter's files."""
        del exclude
        if self._folder is not None:
            Path(path).mkdir(parents=True, exist_ok=True)
            for file in self._folder.iterdir():
                (Path(path) / file.name).write_bytes(file.read_bytes())

    def from_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> Self:
        """Read a segmenter that ``tagger train segmenter`` wrote."""
        del exclude
        import spacy_pkuseg  # noqa: PLC0415 a second, and only for words

        self._folder = Path(path)
        self._segmenter = spacy_pkuseg.pkuseg(str(path))
        return self


@Language.factory("news_words", requires=["doc.ents"], retokenizes=True)
def make_words(nlp: Language, name: str) -> NewsWords:
    """The factory; the model comes from disk."""
    del nlp, name
    return NewsWords()


def _retokenised(doc: Doc, cuts: list[int]) -> Doc:
    """The same text with tokens that end at ``cuts``, names and scores carried over."""
    text = doc.text
    pieces = [text[a:b] for a, b in zip([0, *cuts], cuts, strict=False) if a < b]
    words, spaces = get_words_and_spaces(pieces, text)
    new = Doc(doc.vocab, words=words, spaces=spaces)
    new.set_ents([_carried(entity, new) for entity in doc.ents])
    return new


def _carried(entity: Span, new: Doc) -> Span:
    span = new.char_span(entity.start_char, entity.end_char, label=entity.label_)
    if span is None:
        raise ValueError(f"{entity.text!r} does not end with a word")
    span._.set(SCORE, entity._.get(SCORE))
    return span
