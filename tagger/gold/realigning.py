"""Move a prediction's spans to the gold's text, where blanks and widths differ."""

import unicodedata
from dataclasses import replace
from pathlib import Path

from tagger.errors import PredictionError
from tagger.scoring.documents import Document, Span


def on_text_of(gold: Document, own: Document, path: Path) -> Document:
    """A prediction with its spans moved to the gold's text.

    Both texts are compared without blanks and controls, letters in normal width.

    Raises:
        PredictionError: The texts differ in more, or a span has nothing visible.
    """
    ours, our_places = _folded(gold.text)
    theirs, their_places = _folded(own.text)
    if ours != theirs:
        place = first_difference(ours, theirs)
        raise PredictionError(
            f"document {gold.id} has another text than the gold: "
            f"{theirs[place : place + 12]!r} for {ours[place : place + 12]!r}"
            "; are documents in another order, or ids of another file?",
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


def first_difference(a: str, b: str) -> int:
    """The first place where two texts are not the same."""
    pairs = zip(a, b, strict=False)
    return next((n for n, (x, y) in enumerate(pairs) if x != y), min(len(a), len(b)))
