"""A catalogue as a CSV table, one row an article, that Excel opens as it is."""

import csv
from collections.abc import Iterable
from typing import IO, Final

from tagger.labels import EntityLabel
from tagger.records import Record
from tagger.writing.cells import Cell, safe

COLUMNS: Final = (
    "编号 文件 起 止 引题 标题 小标题 作者 栏目 日期 版块 版块分值 其他版块 "
    "人物 地点 机构 字数 需复核"
).split()


def write_table(records: Iterable[Record], file: IO[str]) -> None:
    """Write a byte order mark, the header and a row a record, as records come."""
    file.write("\ufeff")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow(_row(record))


def _row(record: Record) -> list[Cell]:
    article = record.article
    primary = [guess for guess in record.sections if guess.primary]
    further = [guess for guess in record.sections if not guess.primary]
    cells: list[Cell] = [
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
    return [safe(cell) for cell in cells]


def names(record: Record, label: EntityLabel) -> list[str]:
    """The distinct names of a type as a catalogue prints them, in order of occurrence."""
    found = dict.fromkeys(
        printed(record.text[entity.start : entity.end])
        for entity in record.entities
        if entity.label == label
    )
    return list(found)


def printed(name: str) -> str:
    """A name without padding and line ends, which only foreign names need."""
    return name if name.isascii() else "".join(name.split())
