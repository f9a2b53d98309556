"""JSON lines: our gold, the records of ``tagger tag``, doccano's export."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tagger.errors import GoldError
from tagger.gold import fields
from tagger.gold.files import lines_of
from tagger.gold.raw import RawDocument
from tagger.scoring.documents import Document, Filing


def objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and object of each line that is not blank.

    Raises:
        GoldError: A line is no JSON object.
    """
    for number, line in lines_of(path):
        if not line or line.isspace():
            continue
        try:
            found = json.loads(line)
        except json.JSONDecodeError as error:
            raise GoldError(f"no JSON: {error}", path=path, line=number) from error
        if not isinstance(found, dict):
            raise GoldError("a line is one JSON object", path=path, line=number)
        yield number, found


def read_jsonl(path: Path) -> Iterator[RawDocument]:
    """Our gold and predictions, and the records of ``tagger tag``.

    Documents without an id get their number.

    Raises:
        GoldError: A line has another shape.
    """
    for count, (number, item) in enumerate(objects(path), 1):
        with at_line(path, number):
            yield raw_document(item, fields.name(item, count), number)


def read_doccano(path: Path) -> Iterator[RawDocument]:
    """Doccano's JSONL: ``label`` lists or ``entities`` with offsets; ``cats`` sections.

    Raises:
        GoldError: A line has another shape.
    """
    for count, (number, item) in enumerate(objects(path), 1):
        with at_line(path, number):
            marks = item.get("entities", item.get("label", item.get("labels")))
            names = [mark for mark in marks or [] if not isinstance(mark, str)]
            sections = item.get("cats") or [
                m for m in marks or [] if isinstance(m, str)
            ]
            yield RawDocument(
                fields.name(item, count),
                item.get("text", item.get("data")),
                None if marks is None else fields.spans(names),
                number,
                fields.filing(sections),
                fields.facts(item),
            )


def raw_document(item: Mapping[str, Any], name: str, line: int) -> RawDocument:
    """An object with ``text``, ``entities`` and ``sections`` as a document.

    Raises:
        GoldError: A field has another shape.
    """
    text = item.get("text")
    if text is not None and not isinstance(text, str):
        raise GoldError(f"text is a string, not {text!r}")
    return RawDocument(
        name,
        text,
        fields.spans(item.get("entities")),
        line,
        fields.filing(item.get("sections"), item.get("section_scores")),
        fields.facts(item),
    )


class at_line:  # noqa: N801 reads like the built-in context managers
    """Tell errors raised inside which file and line they are about."""

    def __init__(self, path: Path, line: int) -> None:
        self._path, self._line = path, line

    def __enter__(self) -> None:
        """Nothing is needed."""

    def __exit__(self, _: object, error: object, __: object) -> None:
        """Add the place to an error that has none."""
        if isinstance(error, GoldError) and error.path is None:
            error.path, error.line = self._path, self._line


def to_object(document: Document) -> dict[str, Any]:
    """A document as a line of our JSONL."""
    facts = document.facts
    known = {
        "title": facts.title,
        "byline": list(facts.byline) or None,
        "date": facts.date,
        "source": facts.source,
        "page": facts.page,
        "parts": [list(part) for part in facts.parts] or None,
    }
    item: dict[str, Any] = {"id": document.id, "text": document.text}
    if document.spans is not None:
        item["entities"] = [list(span) for span in document.spans]
    if document.filing is not None:
        item["sections"] = _sections(document.filing)
        if document.filing.scores.keys() - document.filing.all:
            item["section_scores"] = dict(document.filing.scores)
    return item | {name: value for name, value in known.items() if value is not None}


def to_doccano(documents: Iterable[Document]) -> Iterator[dict[str, Any]]:
    """Documents as doccano's sequence labelling import wants them."""
    for document in documents:
        item: dict[str, Any] = {"id": document.id, "text": document.text}
        item["label"] = [list(span) for span in document.spans or ()]
        if document.filing is not None:
            item["cats"] = list(document.filing.ordered)
        yield item


def _sections(filing: Filing) -> list[Any]:
    if filing.primary is not None and filing.confidence is None and not filing.scores:
        return list(filing.ordered)
    scores = dict(filing.scores)
    if filing.primary is not None and filing.confidence is not None:
        scores[filing.primary] = filing.confidence
    return [
        {
            "section": section,
            "score": scores.get(section),
            "primary": section == filing.primary,
        }
        for section in filing.ordered
    ]
