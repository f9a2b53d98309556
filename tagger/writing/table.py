"""A catalogue as a CSV table, one row an article, that Excel opens as it is."""

import csv
from collections.abc import Iterable
from typing import IO, Final

from tagger.labels import EntityLabel
from tagger.records import Record

COLUMNS: Final = (
    "编号 文件 起 止 引题 标题 小标题 作者 栏目 日期 版块 版块分值 其他版块 "
    "人物 地点 机构 字数 需复核"
).split()
#: Excel would run a cell that begins so as a formula; an apostrophe makes it text.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def write_table(records: Iterable[Record], file: IO[str]) -> None:
    """Write a byte order mark, the header and a row a record, as records come."""
    file.write("\ufeff")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow(_row(record))


def _row(record: Record) -> list[str | int]:
    article = record.article
    primary = [guess for guess in record.sections if guess.primary]
    further = [guess for guess in record.sections if not guess.primary]
    cells: list[str | int] = [
        record.id,
        record.source.path,
        record.source.start,
        record.source.end,
        "；".join(article.kicker),
        article.title or "",
        "；".join(article.subheads),
        "；".join(article.byline),
        article.column or "",
        article.date or "",
        "；".join(guess.section.zh for guess in primary),
        "；".join(f"{guess.score:.2f}" for guess in primary),
        "；".join(guess.section.zh for guess in further),
        *("；".join(names(record, label)) for label in EntityLabel),
        len(record.text),
        "；".join(record.review),
    ]
    return [_as_text(cell) if isinstance(cell, str) else cell for cell in cells]


def names(record: Record, label: EntityLabel) -> list[str]:
    """The distinct names of a type as a catalogue prints them, in order of occurrence.

    Padding and line ends inside a name are left out.
    """
    found = dict.fromkeys(
        "".join(record.text[entity.start : entity.end].split())
        if not record.text[entity.start : entity.end].isascii()
        else record.text[entity.start : entity.end]
        for entity in record.entities
        if entity.label == label
    )
    return list(found)


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
