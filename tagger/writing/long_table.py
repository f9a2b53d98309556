"""A catalogue as a CSV table with one row a name or section, as statistics want it."""

import csv
from collections.abc import Iterable, Iterator
from typing import IO, Final

from tagger.records import Record
from tagger.writing.cells import Cell, safe
from tagger.writing.table import printed

COLUMNS: Final = (
    "编号 文件 标题 日期 类型 内容 分值 主版块 文中起 文中止 原文起 原文止"
).split()
#: Of a row about a section; those about names say what they name.
SECTION: Final = "版块"


def write_long_table(records: Iterable[Record], file: IO[str]) -> None:
    """Write a byte order mark, the header, and each article's names, then sections.

    Names are rows as often as they occur, with their places in the article and in the
    page. An article with neither names nor sections has no row.
    """
    file.write("\ufeff")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records:
        article = [record.id, record.source.path, record.article.title or ""]
        article.append(record.article.date or "")
        for row in (*_names(record), *_sections(record)):
            writer.writerow([safe(cell) for cell in (*article, *row)])


def _names(record: Record) -> Iterator[list[Cell]]:
    first = record.source.start
    for entity in record.entities:
        name = printed(record.text[entity.start : entity.end])
        score = "" if entity.score is None else f"{entity.score:.4f}"
        place = [entity.start, entity.end, first + entity.start, first + entity.end]
        yield [entity.label.zh, name, score, "", *place]


def _sections(record: Record) -> Iterator[list[Cell]]:
    for guess in record.sections:
        primary = "是" if guess.primary else "否"
        score = f"{guess.score:.4f}"
        yield [SECTION, guess.section.zh, score, primary, "", "", "", ""]
