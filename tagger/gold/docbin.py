"""spaCy's DocBin: names are ``doc.ents``, sections ``doc.cats``."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as SpacySpan

from tagger.errors import GoldError, MisalignedSpanError, UnreadableFileError
from tagger.gold.raw import RawDocument, RawSpan
from tagger.scoring.documents import Document, Filing

#: Keys of ``doc.user_data``.
_ID, _PRIMARY = "id", "primary"


def read_docbin(path: Path) -> Iterator[RawDocument]:
    """Documents with their ids, where we wrote the file, else numbered.

    Raises:
        UnreadableFileError: The file is no DocBin.
    """
    try:
        stored = DocBin().from_disk(path)
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"no DocBin: {error}", path=path) from error
    for number, doc in enumerate(stored.get_docs(spacy.blank("zh").vocab), 1):
        named = doc.has_annotation("ENT_IOB")
        spans = tuple(RawSpan(e.start_char, e.end_char, e.label_) for e in doc.ents)
        name = str(doc.user_data.get(_ID, number))
        yield RawDocument(name, doc.text, spans if named else None, filing=_filing(doc))


def _filing(doc: Doc) -> Filing | None:
    """Sections that hold are those of 0.5 or more; the primary is said, or the best."""
    held = [section for section, score in doc.cats.items() if score >= 0.5]
    if not held:
        return None
    ranked = sorted(held, key=lambda section: -doc.cats[section])
    primary = doc.user_data.get(_PRIMARY, ranked[0])
    further = tuple(section for section in ranked if section != primary)
    guessed = any(0 < score < 1 for score in doc.cats.values())
    if not guessed:
        return Filing(primary, further)
    return Filing(primary, further, dict(doc.cats), doc.cats.get(primary))


def write_docbin(documents: Sequence[Document], path: Path) -> None:
    """Write documents, a token a character, their ids in the user data.

    Raises:
        MisalignedSpanError: A span does not fall on tokens.
    """
    nlp = spacy.blank("zh")
    stored = DocBin(store_user_data=True)
    for document in documents:
        doc = nlp.make_doc(document.text)
        if doc.text != document.text:
            raise GoldError(f"{document.id}: spaCy cannot hold this text", path=path)
        doc.set_ents([_span(doc, document, *span) for span in document.spans or ()])
        if document.filing is not None:
            doc.cats = dict.fromkeys(document.filing.ordered, 1.0)
            doc.user_data[_PRIMARY] = document.filing.primary
        doc.user_data[_ID] = document.id
        stored.add(doc)
    stored.to_disk(path)


def _span(doc: Doc, document: Document, start: int, end: int, label: str) -> SpacySpan:
    span = doc.char_span(start, end, label=label)
    if span is None:
        raise MisalignedSpanError(
            f"{document.id}: {label} {start}-{end} is not on characters spaCy knows"
        )
    return span
