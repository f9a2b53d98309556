"""Offsets repaired or refused, overlaps, documents matched, texts reconciled, pages."""

import json
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scoring_cases import corpora, marked, spans

from tagger.errors import GoldError, PredictionError
from tagger.gold import (
    Allowed,
    Format,
    Overlaps,
    ReadingOptions,
    Settling,
    pair,
    pair_pages,
    read,
    read_cuts,
    write,
)
from tagger.gold.auditing import Audit
from tagger.gold.offsets import reread
from tagger.gold.raw import RawSpan
from tagger.gold.reading import Reading
from tagger.scoring.documents import Document, Span

TEXT, SPANS = marked("𠮷村的[丁洁](PER)\r\n到[云川市](LOC)㎡[教育局](ORG)")


def write_lines(path, *items):
    path.write_text(
        "".join(json.dumps(i, ensure_ascii=False) + "\n" for i in items), "utf-8"
    )
    return path


def elsewhere(convert):
    """The spans as a tool counts them that sees ``convert(text)``."""
    return [
        RawSpan(len(convert(TEXT[:a])), len(convert(TEXT[:b])), label, TEXT[a:b])
        for a, b, label in SPANS
    ]


@pytest.mark.parametrize(
    ("how", "convert"),
    [
        ("offsets in UTF-16 units", lambda t: t.encode("utf-16-le")[::2]),
        ("offsets with LF line ends", lambda t: t.replace("\r\n", "\n")),
        ("offsets into NFKC text", lambda t: unicodedata.normalize("NFKC", t)),
        ("offsets in UTF-8 bytes", lambda t: t.encode()),
    ],
)
def test_offsets_counted_otherwise_are_read_right_and_told(how, convert):
    found, told = reread(TEXT, elsewhere(convert))
    assert told == how
    assert [span[:3] for span in found] == [tuple(span) for span in SPANS]


def test_offsets_counted_with_crlf_are_read_right():
    text, gold = marked("甲\n[丁洁](PER)\n到[云川](LOC)")
    given_ = [RawSpan(3, 5, "PER", "丁洁"), RawSpan(8, 10, "LOC", "云川")]
    found, told = reread(text, given_)
    assert told == "offsets with CRLF line ends"
    assert [span[:3] for span in found] == [tuple(span) for span in gold]


def test_inclusive_ends_are_read_right():
    found, told = reread("去云川市", [RawSpan(1, 3, "LOC", "云川市")])
    assert told == "inclusive ends"
    assert found[0].end == 4


@given(st.text("云川𠮷\r\n㎡…Ａ ", max_size=12), st.data())
def test_right_offsets_are_left_alone(text, data):
    given_ = [RawSpan(*s, text[s.start : s.end]) for s in data.draw(spans(len(text)))]
    assert reread(text, given_) == (tuple(given_), None)


def test_widths_in_what_a_span_says_do_not_matter(tmp_path):
    entity = {"start": 0, "end": 3, "label": "ORG", "text": "IBM"}
    path = write_lines(
        tmp_path / "a.jsonl", {"id": 1, "text": "ＩＢＭ来了", "entities": [entity]}
    )
    assert read(path).documents[0].spans == (Span(0, 3, "ORG"),)


def test_every_span_read_is_kept_dropped_or_refused(tmp_path):
    entities = [
        [0, 3, "LOC"],
        [0, 3, "LOC"],
        [3, 5, "PER"],
        [5, 9, "ORG"],
        [2, 99, "ORG"],
        [-1, 2, "ORG"],
        [5, 6, "ORG"],
        {"start": 6, "end": 8, "label": "PER", "text": "陈某"},
    ]
    item = {"id": "a", "text": "云川市丁 教育局来", "entities": entities}
    path = write_lines(tmp_path / "a.jsonl", item)
    reading = read(path)
    audit = reading.audit
    assert audit.read == 8
    assert audit.kept == len(reading.documents[0].spans) == 3
    assert audit.merged == {"the same twice": 1}
    assert audit.repaired == {"white space at an edge": 1}
    assert audit.read == audit.kept + audit.merged.total() + len(audit.refused)
    problems = " / ".join(incident.problem for incident in audit.refused)
    assert "outside the text" in problems
    assert "overlaps" in problems
    assert "'局来'" not in problems
    assert "'陈某' is" in problems
    with pytest.raises(GoldError, match="4 refused in all") as caught:
        audit.require_all(GoldError)
    assert caught.value.line == 1


def test_nested_spans_are_refused_or_the_longest_kept(tmp_path):
    entities = [[0, 3, "LOC"], [0, 6, "ORG"], [3, 6, "ORG"], [7, 9, "PER"]]
    item = {"id": "a", "text": "云川市教育局的丁洁", "entities": entities}
    path = write_lines(tmp_path / "a.jsonl", item)
    refused = read(path)
    kept = read(path, ReadingOptions(settling=Settling(Overlaps.LONGEST)))
    assert refused.documents == kept.documents
    assert kept.documents[0].spans == (Span(0, 6, "ORG"), Span(7, 9, "PER"))
    assert len(refused.audit.refused) == kept.audit.merged.total() == 2
    assert not kept.audit.refused


def reading(documents, **options):
    return Reading(tuple(documents), Audit("p.jsonl", "jsonl"), **options)


def documents(*names, text="云川市"):
    return [Document(name, text, (Span(0, 3, "LOC"),)) for name in names]


def test_documents_are_matched_by_id_whatever_their_order():
    paired = pair(reading(documents("a", "b")), reading(documents("b", "a")))
    assert [d.id for d in paired.predicted] == ["a", "b"]
    assert paired.notes == ()


def test_missing_and_extra_documents_are_an_error_unless_allowed():
    gold, predicted = reading(documents("a", "b")), reading(documents("b", "c"))
    with pytest.raises(PredictionError, match="no prediction for 1 document: a"):
        pair(gold, predicted)
    with pytest.raises(PredictionError, match="no gold for 1 document: c"):
        pair(gold, predicted, Allowed(missing=True))
    paired = pair(gold, predicted, Allowed(missing=True, extra=True))
    assert paired.predicted[0].spans == ()
    assert len(paired.notes) == 2


def test_numbered_predictions_are_matched_by_order_and_that_is_said():
    predicted = reading(documents("1", "2"), numbered=True)
    paired = pair(reading(documents("a", "b")), predicted)
    assert [d.id for d in paired.predicted] == ["a", "b"]
    assert paired.notes == ("matched by order",)
    with pytest.raises(PredictionError, match="by order"):
        pair(reading(documents("a")), predicted)


@given(corpora(most=1), st.data())
def test_spans_find_their_place_in_a_text_with_other_blanks_and_widths(corpus, data):
    (gold,), (predicted,) = corpus
    assume(predicted.spans)
    pieces, last = [], 0
    moved = []
    for start, end, label in predicted.spans:
        pieces += [data.draw(st.sampled_from(["", " ", "\r\n", "\u200b"]))]
        pieces[-1] = predicted.text[last:start] + pieces[-1]
        begin = len("".join(pieces))
        pieces.append(predicted.text[start:end])
        moved.append(Span(begin, begin + end - start, label))
        last = end
    other = Document(
        predicted.id, "".join(pieces) + predicted.text[last:], tuple(moved)
    )
    paired = pair(reading([gold]), reading([other]))
    assert paired.predicted[0].text == gold.text
    assert paired.predicted[0].spans == predicted.spans


def test_another_text_is_an_error_with_the_place():
    with pytest.raises(PredictionError, match="'县' for '市'"):
        pair(
            reading([Document("a", "云川市", ())]),
            reading([Document("a", "云川县", ())]),
        )


def test_columns_lose_blanks_and_are_matched_all_the_same(tmp_path):
    text, gold = marked("[丁 洁](PER)在\n[云川](LOC)")
    path = tmp_path / "a.conll"
    write([Document("a", text, gold)], path, Format.CONLL)
    predicted = read(path)
    assert predicted.documents[0].text == "丁洁在云川"
    paired = pair(reading([Document("a", text, gold)]), predicted)
    assert paired.predicted[0].spans == gold
    assert "1 text differed in blanks, line ends or widths" in paired.notes


def test_predictions_may_leave_the_text_to_the_gold(tmp_path):
    path = write_lines(tmp_path / "p.jsonl", {"id": "a", "entities": [[0, 3, "LOC"]]})
    gold = reading(documents("a"))
    found = read(path, texts=gold.texts)
    assert pair(gold, found).predicted == tuple(documents("a"))


PAGE = {
    "id": "folder/p1.txt",
    "text": "报头\n甲事\n云川。\n乙事\n丁洁。\n",
    "articles": [
        {"start": 3, "end": 10, "title": "甲事", "entities": [[6, 8, "LOC"]]},
        {
            "start": 10,
            "end": 16,
            "title": "乙事",
            "author": "丁洁",
            "parts": [[10, 12, "title"]],
        },
    ],
}


def test_pages_have_articles_with_offsets_of_their_own(tmp_path):
    found = read(write_lines(tmp_path / "p.jsonl", PAGE))
    (page,) = found.pages
    assert [(p.start, p.end) for p in page.pieces] == [(3, 10), (10, 16)]
    assert [d.id for d in found.documents] == ["folder/p1.txt#1", "folder/p1.txt#2"]
    assert found.documents[0].spans == (Span(3, 5, "LOC"),)
    assert found.documents[1].spans is None
    assert found.documents[1].facts.byline == ("丁洁",)
    assert found.documents[1].facts.parts == ((0, 2, "title"),)
    assert found.documents[1].facts.page == "folder/p1.txt"


@pytest.mark.parametrize(
    ("articles", "problem"),
    [
        ([{"start": 3}], "needs a start"),
        ([{"start": 3, "end": 99}], "not on the page"),
        ([{"start": 3, "end": 9}, {"start": 8, "end": 12}], "overlaps"),
    ],
)
def test_articles_that_do_not_fit_are_an_error(tmp_path, articles, problem):
    path = write_lines(tmp_path / "p.jsonl", PAGE | {"articles": articles})
    with pytest.raises(GoldError, match=problem):
        read(path)


def test_records_are_read_as_cuts_of_their_pages(tmp_path):
    gold = read(write_lines(tmp_path / "gold.jsonl", PAGE))
    source = {"path": "folder/p1.txt", "sha256": "0", "start": 3, "end": 16}
    record = {"schema": "tagger/1", "id": "r", "source": source, "title": "甲事"}
    record |= {"text": PAGE["text"][3:16], "entities": [], "sections": []}
    path = write_lines(tmp_path / "articles.jsonl", record)
    found = read_cuts(path, gold)
    (page,) = pair_pages(gold.pages, found.pages, found.audit)
    assert [(p.start, p.end) for p in page.pieces] == [(3, 16)]
    assert page.pieces[0].document.facts.title == "甲事"
    stem = record | {"source": source | {"path": "elsewhere/p1.html"}}
    assert read_cuts(write_lines(path, stem), gold).pages[0].id == "folder/p1.txt"
    line = record | {"source": source | {"path": "gold.jsonl", "line": 1}}
    assert read_cuts(write_lines(path, line), gold).pages[0].id == "folder/p1.txt"
    with pytest.raises(PredictionError, match="not in the gold"):
        read_cuts(write_lines(path, record | {"source": source | {"path": "q"}}), gold)
    with pytest.raises(PredictionError, match="not the page's"):
        read_cuts(write_lines(path, record | {"text": "别的"}), gold)


def test_pages_must_be_the_same(tmp_path):
    gold = read(write_lines(tmp_path / "gold.jsonl", PAGE))
    other = read(write_lines(tmp_path / "a.jsonl", PAGE | {"text": "x" * 20}))
    with pytest.raises(PredictionError, match="character 0"):
        pair_pages(gold.pages, other.pages, other.audit)
    other = read(write_lines(tmp_path / "a.jsonl", PAGE | {"id": "q"}))
    with pytest.raises(PredictionError, match="is missing"):
        pair_pages(gold.pages, other.pages, other.audit)
    path = tmp_path / "a.conll"
    write(gold.documents, path, Format.CONLL)
    with pytest.raises(PredictionError, match="does not say where articles are"):
        read_cuts(path, gold)
