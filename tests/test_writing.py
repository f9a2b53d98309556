"""Tables and coloured pages say what the records say, and nothing else."""

import csv
import io

from tagger.labels import EntityLabel, Section
from tagger.records import Article, Entity, ModelId, Record, SectionGuess, Source
from tagger.writing.coloured import article_page, index_page
from tagger.writing.table import COLUMNS, names, write_table


def record(text, *entities, title=None, path="a.txt"):
    return Record(
        id="1",
        source=Source(path, "0" * 64, 0, len(text)),
        article=Article(0, len(text), title=title),
        text=text,
        entities=entities,
        sections=(SectionGuess(Section.ENERGY, 0.9, primary=True),),
        model=ModelId("news", "0"),
        review=("cut-unsure",),
    )


PADDED = record(
    "丁 洁说,丁洁说,IBM 中国",
    Entity(0, 3, EntityLabel.PER, 0.9),
    Entity(5, 7, EntityLabel.PER, 0.9),
    Entity(9, 15, EntityLabel.ORG, 0.9),
)


def test_a_name_is_listed_once_and_without_padding():
    assert names(PADDED, EntityLabel.PER) == ["丁洁"]


def rows(*records):
    file = io.StringIO()
    write_table(records, file)
    text = file.getvalue()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_table_row_has_every_column_in_chinese():
    (row,) = rows(PADDED)
    assert list(row) == list(COLUMNS)
    assert (row["版块"], row["人物"], row["字数"]) == ("能源", "丁洁", "15")


def test_excel_does_not_run_a_headline_as_a_formula():
    (row,) = rows(record("正文", title='=HYPERLINK("http://x")'))
    assert row["标题"].startswith("'=")


def test_html_from_the_data_is_escaped():
    nasty = "<script>alert(1)</script>"
    html = article_page(nasty, [record(f"{nasty}。", title=nasty)])
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") >= 3
    assert "<script>" not in index_page([(nasty, [nasty])])


def test_the_doubts_are_shown_in_chinese():
    assert "请复核：起止不确定" in article_page("a", [PADDED])
