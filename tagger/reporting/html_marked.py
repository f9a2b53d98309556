"""A stretch of text with the names in it marked."""

from collections.abc import Sequence

from tagger.reporting.html import Html, h, join
from tagger.scoring.documents import Span


def marked(
    text: str, place: tuple[int, int], spans: Sequence[Span], strong: Sequence[Span]
) -> Html:
    """The text of ``place`` with names marked, those of ``strong`` strongly."""
    last, stop = place
    parts: list[Html | str] = []
    for span in sorted(spans):
        if span.end <= last or span.start >= stop:
            continue
        start, end = max(span.start, last), min(span.end, stop)
        parts.append(_shown(text[last:start]))
        strength = "wrong" if span in strong else "right"
        mark = {"class": f"{strength} {_class_of(span.label)}"}
        parts.append(
            h("mark", mark, _shown(text[start:end]), h("small", None, span.label))
        )
        last = end
    return join(*parts, _shown(text[last:stop]))


def _shown(text: str) -> str:
    return text.replace("\r", "").replace("\n", "⏎")


def _class_of(label: str) -> str:
    return label if label in {"PER", "LOC", "ORG"} else "other"
