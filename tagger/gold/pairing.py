"""Bring predictions to the gold: the same documents, the same text, the same offsets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tagger.errors import PredictionError
from tagger.gold.auditing import Audit, counted
from tagger.gold.reading import Reading
from tagger.gold.realigning import first_difference, on_text_of
from tagger.scoring.documents import CutPage, Document


@dataclass(frozen=True, slots=True)
class Allowed:
    """What predictions may lack, or have too much of."""

    missing: bool = False
    extra: bool = False
    #: Match the first with the first, whatever their ids.
    by_order: bool = False


@dataclass(frozen=True, slots=True)
class Paired:
    """``predicted[i]`` is about the text of ``gold[i]``, in its offsets."""

    gold: tuple[Document, ...]
    predicted: tuple[Document, ...]
    #: What was matched, left out or moved, in words for the audit.
    notes: tuple[str, ...]


def pair(gold: Reading, predicted: Reading, allowed: Allowed | None = None) -> Paired:
    """Match documents by id; by order where one side has only numbers for ids.

    A gold document without a prediction counts as predicted empty, if missing ones
    are allowed; a predicted one without gold is left out, if extra ones are.

    Raises:
        PredictionError: Documents are missing or extra and that is not allowed, or
            two texts differ in more than blanks, line ends and widths.
    """
    allowed = allowed or Allowed()
    path = predicted.audit.path
    found, notes = _by_id(gold, predicted, allowed)
    notes += _left_over(gold, found, allowed, path)
    notes += _not_asked_for(gold.documents, found)
    moved = 0
    matched: list[Document] = []
    for document in gold.documents:
        own = found.get(document.id) or _empty(document, predicted.documents)
        same = own.text == document.text
        moved += not same
        matched.append(own if same else on_text_of(document, own, path))
    if moved:
        number = counted(moved, "text")
        notes.append(f"{number} differed in blanks, line ends or widths")
    return Paired(gold.documents, tuple(matched), tuple(notes))


def pair_pages(
    gold: Sequence[CutPage], predicted: Sequence[CutPage], audit: Audit
) -> list[CutPage]:
    """The predicted pages in the gold's order.

    Raises:
        PredictionError: A page is missing, or has another text.
    """
    found = {page.id: page for page in predicted}
    matched = []
    for page in gold:
        own = found.get(page.id)
        if own is None:
            raise PredictionError(f"page {page.id} is missing", path=audit.path)
        if own.text != page.text:
            place = first_difference(page.text, own.text)
            raise PredictionError(
                f"page {page.id} has another text from character {place} on",
                path=audit.path,
            )
        matched.append(own)
    return matched


def _by_id(
    gold: Reading, predicted: Reading, allowed: Allowed
) -> tuple[dict[str, Document], list[str]]:
    by_id = {document.id: document for document in predicted.documents}
    if not (allowed.by_order or _only_numbers(gold, predicted, by_id)):
        return by_id, []
    sizes = len(gold.documents), len(predicted.documents)
    if sizes[0] != sizes[1]:
        raise PredictionError(
            f"{sizes[1]:,} documents for {sizes[0]:,} of gold: they cannot be matched "
            "by order, and have no ids",
            path=predicted.audit.path,
        )
    pairs = zip(gold.documents, predicted.documents, strict=True)
    found = {ours.id: replace(theirs, id=ours.id) for ours, theirs in pairs}
    return found, ["matched by order"]


def _left_over(
    gold: Reading, found: Mapping[str, Document], allowed: Allowed, path: Path
) -> Iterator[str]:
    """Say which documents are on one side only, if they may be."""
    ours = {document.id for document in gold.documents}
    missing = [name for name in ours if name not in found]
    extra = [name for name in found if name not in ours]
    if missing and not allowed.missing:
        problem = f"no prediction for {_some(missing)} (of {len(ours):,})"
        if not found:
            problem = f"holds no documents, gold {len(ours):,}"
        raise PredictionError(f"{problem}; see --allow-missing", path=path)
    if extra and not allowed.extra:
        problem = f"no gold for {_some(extra)} (of {len(found):,})"
        raise PredictionError(f"{problem}; see --allow-extra", path=path)
    if missing:
        number = counted(len(missing), "document")
        yield f"{number} without prediction, taken as empty"
    if extra:
        yield f"{counted(len(extra), 'document')} without gold, left out"


def _only_numbers(
    gold: Reading, predicted: Reading, by_id: Mapping[str, Document]
) -> bool:
    """Whether one side has no ids but numbers, and the other has others."""
    if predicted.numbered:
        return not gold.numbered
    return gold.numbered and not any(
        document.id in by_id for document in gold.documents
    )


def _not_asked_for(
    gold: Sequence[Document], found: Mapping[str, Document]
) -> Iterator[str]:
    """What is predicted where nobody annotated: no part of any score, and so said."""
    spans = [
        len(found[document.id].spans or ())
        for document in gold
        if document.spans is None and document.id in found
    ]
    if sum(spans) and any(document.spans is not None for document in gold):
        where = counted(len(spans), "document")
        yield f"{sum(spans):,} names predicted in {where} without gold names, left out"


def _some(names: Sequence[str]) -> str:
    rest = " …" if names[5:] else ""
    return f"{counted(len(names), 'document')}: {', '.join(sorted(names)[:5])}{rest}"


def _empty(gold: Document, predicted: Sequence[Document]) -> Document:
    named = not predicted or any(d.spans is not None for d in predicted)
    return Document(gold.id, gold.text, () if named else None)
