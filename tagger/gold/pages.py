"""Pages cut into articles: gold and predictions of cuts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tagger.errors import GoldError, PredictionError
from tagger.gold import fields
from tagger.gold.auditing import Audit
from tagger.gold.jsonl import at_line, objects, raw_document
from tagger.gold.naming import Namer, RepeatedIds
from tagger.gold.raw import RawDocument
from tagger.gold.settling import Settling, settle
from tagger.scoring.documents import CutPage, Piece

#: Where an article begins and ends on its page, and what is said of it.
_Cut = tuple[int, int, RawDocument]


def read_pages(
    path: Path,
    audit: Audit,
    how: Settling,
    repeated: RepeatedIds = RepeatedIds.REFUSE,
) -> list[CutPage]:
    """Pages of ``{"id", "text", "articles": [{"start", "end", ...}]}`` lines.

    Offsets of entities and parts count from the start of the page. Articles are named
    after their page, ``page#1``: a continued article is on two.

    Raises:
        GoldError: A line has another shape, articles overlap or leave the page, or two
            pages have the same id.
    """
    pages, namer = [], Namer(audit, repeated)
    for count, (number, item) in enumerate(objects(path), 1):
        with at_line(path, number):
            name = namer.name(fields.name(item, count), number)
            text = item.get("text")
            if not isinstance(text, str):
                raise GoldError(f"page {name} has no text")
            cuts = [
                _in_article(_cut(f"{name}#{n}", (name, text), article, number))
                for n, article in enumerate(item.get("articles", ()), 1)
            ]
            pages.append(_page(name, text, cuts, audit, how))
    return pages


def read_records_as_pages(
    path: Path, pages: Mapping[str, str], audit: Audit, how: Settling
) -> list[CutPage]:
    """What ``tagger tag`` wrote of pages whose texts, by id, are given.

    A record belongs to the page that its ``source.path`` names, with or without its
    folders and ending, or, taken from JSON lines, to the page of that number. Pages
    without a record come back without articles.

    Raises:
        PredictionError: A record's page is not among those given, or its text is not
            what the page has there.
    """
    cuts: dict[str, list[_Cut]] = defaultdict(list)
    for number, item in objects(path):
        source = item.get("source", {})
        name = _page_of(source, pages)
        if name is None:
            raise PredictionError(
                f"page {source.get('path')!r} is not in the gold",
                path=path,
                line=number,
            )
        with at_line(path, number):
            record = str(item.get("id", number))
            cut = _cut(record, (name, pages[name]), {**item, **source}, number)
        if item.get("text") not in (None, cut[2].text):
            raise PredictionError(
                f"record {item.get('id')}: its text is not the page's there",
                path=path,
                line=number,
            )
        cuts[name].append(cut)
    return [
        _page(name, text, cuts.get(name, []), audit, how)
        for name, text in pages.items()
    ]


def _page_of(source: Mapping[str, Any], pages: Mapping[str, str]) -> str | None:
    path, line = str(source.get("path", "")), source.get("line", 0)
    if path in pages:
        return path
    if line:
        return list(pages)[line - 1] if line <= len(pages) else None
    return next((name for name in pages if Path(name).stem == Path(path).stem), None)


def _cut(name: str, on: tuple[str, str], article: Mapping[str, Any], line: int) -> _Cut:
    """An article of the page whose id and text are ``on``; its offsets as given."""
    page, text = on
    start, end = article.get("start"), article.get("end")
    if type(start) is not int or type(end) is not int:
        raise GoldError(f"page {page}: an article needs a start and an end")
    if not 0 <= start < end <= len(text):
        raise GoldError(f"page {page}: article {start}-{end} is not on the page")
    raw = raw_document({**article, "text": text[start:end]}, name, line)
    return start, end, replace(raw, facts=replace(raw.facts, page=page))


def _in_article(cut: _Cut) -> _Cut:
    """The article with offsets from its own start instead of the page's."""
    start, end, raw = cut
    spans = raw.spans and tuple(
        span._replace(start=span.start - start, end=span.end - start)
        for span in raw.spans
    )
    parts = tuple((a - start, b - start, role) for a, b, role in raw.facts.parts)
    return start, end, replace(raw, spans=spans, facts=replace(raw.facts, parts=parts))


def _page(
    name: str, text: str, cuts: list[_Cut], audit: Audit, how: Settling
) -> CutPage:
    return CutPage(name, text, tuple(_pieces(name, cuts, audit, how)))


def _pieces(
    page: str, cuts: list[_Cut], audit: Audit, how: Settling
) -> Iterator[Piece]:
    cuts = sorted(cuts, key=lambda cut: cut[:2])
    documents = settle((raw for _, _, raw in cuts), audit, how)
    last = 0
    for (start, end, _), document in zip(cuts, documents, strict=True):
        if start < last:
            raise GoldError(f"page {page}: article {start}-{end} overlaps another")
        last = end
        yield Piece(start, end, document)
