"""Bring predictions to the gold: the same documents, the same text, the same offsets."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tagger.errors import PredictionError
from tagger.gold.auditing import Audit
from tagger.gold.reading import Reading
from tagger.scoring.documents import CutPage, Document, Span


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
    """Match documents by id; by order where predictions have only numbers for ids.

    A gold document without a prediction counts as predicted empty, if missing ones
    are allowed; a predicted one without gold is left out, if extra ones are.

    Raises:
        PredictionError: Documents are missing or extra and that is not allowed, or
            two texts differ in more than blanks, line ends and widths.
    """
    allowed = allowed or Allowed()
    found, notes = _by_id(gold, predicted, allowed)
    ours = {document.id for document in gold.documents}
    extra = [name for name in found if name not in ours]
    missing = [name for name in ours if name not in found]
    path = predicted.audit.path
    if missing and not allowed.missing:
        problem = f"no prediction for {_some(missing)} (of {len(ours):,})"
        raise PredictionError(f"{problem}; see --allow-missing", path=path)
    if extra and not allowed.extra:
        problem = f"no gold for {_some(extra)} (of {len(found):,})"
        raise PredictionError(f"{problem}; see --allow-extra", path=path)
    if missing:
        notes.append(f"{len(missing):,} documents without prediction, taken as empty")
    if extra:
        notes.append(f"{len(extra):,} documents without gold, left out")
    moved = 0
    matched: list[Document] = []
    for document in gold.documents:
        own = found.get(document.id) or _empty(document, predicted.documents)
        same = own.text == document.text
        moved += not same
        matched.append(own if same else _on_text_of(document, own, path))
    if moved:
        notes.append(f"{moved:,} texts differed in blanks, line ends or widths")
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
            place = _first_difference(page.text, own.text)
            raise PredictionError(
                f"page {page.id} has another text from character {place} on",
                path=audit.path,
            )
        matched.append(own)
    return matched


def _by_id(
    gold: Reading, predicted: Reading, allowed: Allowed
) -> tuple[dict[str, Document], list[str]]:
    in_order = allowed.by_order or (predicted.numbered and not gold.numbered)
    if not in_order:
        return {document.id: document for document in predicted.documents}, []
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


def _some(names: Sequence[str]) -> str:
    rest = " …" if names[5:] else ""
    return f"{len(names):,} documents: {', '.join(sorted(names)[:5])}{rest}"


def _empty(gold: Document, predicted: Sequence[Document]) -> Document:
    named = any(document.spans is not None for document in predicted)
    return Document(gold.id, gold.text, () if named else None)


def _on_text_of(gold: Document, own: Document, path: Path) -> Document:
    """A prediction with its spans moved to the gold's text.

    Both texts are compared without blanks and controls, letters in normal width.
    """
    ours, our_places = _folded(gold.text)
    theirs, their_places = _folded(own.text)
    if ours != theirs:
        place = _first_difference(ours, theirs)
        raise PredictionError(
            f"document {gold.id} has another text than the gold: "
            f"{theirs[place : place + 12]!r} for {ours[place : place + 12]!r}",
            path=path,
        )
    if own.spans is None:
        return replace(own, text=gold.text)
    back: dict[int, list[int]] = {}
    for number, place in enumerate(their_places):
        back.setdefault(place, []).append(our_places[number])
    spans = []
    for start, end, label in own.spans:
        inside = [p for place in range(start, end) for p in back.get(place, ())]
        if not inside:
            raise PredictionError(
                f"document {gold.id}: {label} {start}-{end} is nothing visible",
                path=path,
            )
        spans.append(Span(inside[0], inside[-1] + 1, label))
    return replace(own, text=gold.text, spans=tuple(spans))


def _folded(text: str) -> tuple[str, list[int]]:
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for folded in unicodedata.normalize("NFKC", char):
            if not folded.isspace() and unicodedata.category(folded) not in {
                "Cf",
                "Cc",
            }:
                chars.append(folded)
                places.append(place)
    return "".join(chars), places


def _first_difference(a: str, b: str) -> int:
    pairs = zip(a, b, strict=False)
    return next((n for n, (x, y) in enumerate(pairs) if x != y), min(len(a), len(b)))
