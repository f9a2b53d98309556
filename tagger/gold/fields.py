"""JSON fields → spans, filings and facts, with clear words where they do not fit."""

import re
from collections.abc import Mapping, Sequence
from sys import intern
from typing import Any, Final

from tagger.errors import GoldError
from tagger.gold.raw import RawSpan
from tagger.scoring.documents import Facts, Filing

_DATE: Final = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_SHAPE: Final = "[start, end, label] or {start, end, label}"


def name(item: Mapping[str, Any], number: int) -> str:
    """The id of a document, or its number when it has none."""
    found = item.get("id")
    return str(number if found is None else found)


def span(item: Any) -> RawSpan:
    """One entity of any JSON form in use.

    Raises:
        GoldError: It has another shape.
    """
    if isinstance(item, Mapping):
        start = item.get("start", item.get("start_offset"))
        end = item.get("end", item.get("end_offset"))
        label, surface = _label(item), item.get("text")
    elif isinstance(item, Sequence) and not isinstance(item, str) and len(item) >= 3:
        start, end, label = item[:3]
        surface = None
    else:
        raise GoldError(f"an entity is {_SHAPE}, not {item!r}")
    if type(start) is not int or type(end) is not int or not isinstance(label, str):
        raise GoldError(f"an entity is {_SHAPE}, offsets numbers, not {item!r}")
    return RawSpan(
        start, end, intern(label), surface if isinstance(surface, str) else None
    )


def _label(item: Mapping[str, Any]) -> Any:
    """The label, by the names it has here and with others."""
    kinds = ("label", "entity_group", "type")
    return next((item[kind] for kind in kinds if kind in item), None)


def spans(items: Any) -> tuple[RawSpan, ...] | None:
    """All entities of a document; None when nobody looked for any.

    Raises:
        GoldError: It is no list, or an entity has another shape.
    """
    if items is None:
        return None
    if not isinstance(items, list):
        raise GoldError(f"entities are a list, not {items!r}")
    return tuple(_plain(item) or span(item) for item in items)


def _plain(item: Any) -> RawSpan | None:
    """An entity of the shape that files of millions have; for speed."""
    if type(item) is list and len(item) == 3:
        start, end, label = item
        if type(start) is type(end) is int and type(label) is str:
            return RawSpan(start, end, intern(label))
    return None


def filing(items: Any, scores: Any = None) -> Filing | None:
    """Sections as names, the primary first, or as objects with score and primary.

    Args:
        items: The list, or None when nobody filed the article.
        scores: A score for each section, for those not in the list too.

    Raises:
        GoldError: It is neither.
    """
    if items is None or items == []:
        return None
    if isinstance(items, str):
        items = [items]
    if not isinstance(items, list):
        raise GoldError(f"sections are a list, not {items!r}")
    given = {str(k): float(v) for k, v in dict(scores or {}).items()}
    if all(isinstance(item, str) for item in items):
        primary = items[0]
        further = tuple(dict.fromkeys(items[1:]))
        return Filing(primary, further, given, given.get(primary))
    if not all(isinstance(item, Mapping) and "section" in item for item in items):
        raise GoldError(f'sections are names or {{"section", ...}}, not {items!r}')
    primary = next((i["section"] for i in items if i.get("primary")), None)
    further = tuple(i["section"] for i in items if i["section"] != primary)
    own = {i["section"]: float(i["score"]) for i in items if i.get("score") is not None}
    name = str(primary)
    return Filing(primary, further, own | given, own.get(name, given.get(name)))


def facts(fields: Mapping[str, Any]) -> Facts:
    """Title, byline, date, source, page and parts, under the names in use.

    Raises:
        GoldError: Parts have another shape.
    """
    byline = fields.get("byline", fields.get("author"))
    source = fields.get("source", fields.get("writer"))
    page = fields.get("page_id", fields.get("page"))
    if isinstance(source, Mapping):
        page = source.get("path")
        source = None
    date = fields.get("date")
    if not date and isinstance(source, str) and (found := _DATE.search(source)):
        date = found[0]
        source = source.replace(date, "").strip(" -_/")
    if page is not None and date and str(page).isdigit():
        # page 3 of every day is not one page
        page = f"{date} {page}"
    return Facts(
        title=_text(fields.get("title")),
        byline=tuple(byline)
        if isinstance(byline, list)
        else ((byline,) if byline else ()),
        date=_text(date),
        source=_text(source),
        page=_text(page),
        parts=_parts(fields.get("parts")),
    )


def _parts(items: Any) -> tuple[tuple[int, int, str], ...]:
    if items is None:
        return ()
    try:
        return tuple((int(start), int(end), str(role)) for start, end, role in items)
    except (TypeError, ValueError) as error:
        raise GoldError(f"parts are [start, end, role], not {items!r}") from error


def _text(value: Any) -> str | None:
    return None if value is None or value == "" else str(value)
