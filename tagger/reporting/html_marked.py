"""A stretch of text with the names in it marked."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tagger.reporting.html import Html, h, join
from tagger.scoring.documents import Span


def marked(
    text: str, place: tuple[int, int], spans: Sequence[Span], strong: Sequence[Span]
) -> Html:
    """The text of ``place`` with names marked, those of ``strong`` strongly.

    The spans are in order and do not overlap.
    """
    last, stop = place
    parts: list[Html | str] = []
    for span in touching(spans, place):
        start, end = max(span.start, last), min(span.end, stop)
        parts.append(_shown(text[last:start]))
        strength = "wrong" if span in strong else "right"
        mark = {"class": f"{strength} {_class_of(span.label)}"}
        parts.append(
            h("mark", mark, _shown(text[start:end]), h("small", None, span.label))
        )
        last = end
    return join(*parts, _shown(text[last:stop]))


def touching(spans: Sequence[Span], place: tuple[int, int]) -> Sequence[Span]:
    """Those of spans in order without overlaps that share a character with a place."""
    first = bisect_right(spans, place[0], key=lambda span: span.end)
    return spans[first : bisect_left(spans, place[1], key=lambda span: span.start)]


def _shown(text: str) -> str:
    return text.replace("\r", "").replace("\n", "⏎")


def _class_of(label: str) -> str:
    return label if label in {"PER", "LOC", "ORG"} else "other"
