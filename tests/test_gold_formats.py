"""Every format read, written and read again; tag schemes against seqeval."""

import gzip
import json
import lzma

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring_cases import corpora, marked, random_corpus
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import IOB2, IOBES, Entities

from tagger.errors import GoldError, NothingToReadError, UnreadableFileError
from tagger.gold import (
    BrokenTags,
    ColumnOptions,
    Format,
    Overlaps,
    ReadingOptions,
    Scheme,
    read,
    write,
)
from tagger.gold.formats import detect
from tagger.gold.schemes import Decoder, TokenSpan, encode, split_tag
from tagger.scoring.documents import Document, Facts, Filing, Span

ENDINGS = {
    Format.JSONL: "a.jsonl",
    Format.DOCCANO: "a.jsonl",
    Format.LABEL_STUDIO: "a.json",
    Format.BRAT: "brat",
    Format.CONLL: "a.conll",
    Format.HIPE: "a.tsv",
    Format.DOCBIN: "a.spacy",
}
TEXT, SPANS = marked(
    "[云川市](LOC)[教育局](ORG)的[丁 洁](PER)\n说，𠮷村[ＩＢＭ](ORG)来了"
)


@pytest.mark.parametrize("kind", ENDINGS)
def test_what_was_written_is_read_again(tmp_path, kind):
    text, spans = marked(
        "[云川市](LOC)[教育局](ORG)的[丁洁](PER)说，𠮷村[ＩＢＭ](ORG)来了"
    )
    documents = [
        Document("a1", text, spans),
        Document("a2", "无名无姓。", ()),
        Document("a3", text[3:], (Span(0, 3, "ORG"),)),
    ]
    path = tmp_path / ENDINGS[kind]
    write(documents, path, kind, ids=True)
    if kind is not Format.DOCCANO:
        assert detect(path) is kind
    reading = read(path, ReadingOptions(kind))
    assert [(d.id, d.text, d.spans) for d in reading.documents] == [
        (d.id, d.text, d.spans) for d in documents
    ]
    assert reading.audit.read == reading.audit.kept == 5
    assert not reading.audit.refused
    assert not reading.audit.repaired


@pytest.mark.parametrize("kind", set(ENDINGS) - {Format.CONLL, Format.HIPE})
def test_blanks_and_line_ends_survive_where_the_format_has_them(tmp_path, kind):
    path = tmp_path / ENDINGS[kind]
    write([Document("a1", TEXT, SPANS)], path, kind)
    (document,) = read(path, ReadingOptions(kind)).documents
    assert (document.text, document.spans) == (TEXT, SPANS)


@pytest.mark.parametrize(
    "kind", [Format.JSONL, Format.DOCCANO, Format.LABEL_STUDIO, Format.DOCBIN]
)
def test_sections_survive_where_the_format_has_them(tmp_path, kind):
    path = tmp_path / ENDINGS[kind]
    write([Document("a1", "云川。", (), Filing("law", ("health",)))], path, kind)
    (document,) = read(path, ReadingOptions(kind)).documents
    assert document.filing.primary == "law"
    assert document.filing.further == ("health",)


@pytest.mark.parametrize("scheme", Scheme)
def test_columns_in_every_scheme(tmp_path, scheme):
    gold, _ = random_corpus(3, articles=30)
    path = tmp_path / "a.conll"
    write(gold, path, Format.CONLL, scheme, ids=True)
    options = ReadingOptions(columns=ColumnOptions(scheme=scheme))
    found = read(path, options).documents
    assert [(d.id, d.text, d.spans) for d in found] == [
        (d.id, d.text, d.spans) for d in gold
    ]


@given(corpora(most=1), st.sampled_from(Scheme))
def test_tags_give_the_names_back(corpus, scheme):
    (document,), _ = corpus
    spans = [TokenSpan(*span) for span in document.spans]
    tags = encode(len(document.text), spans, scheme)
    closing = scheme in {Scheme.BIOES, Scheme.BMES, Scheme.BILOU}
    decoder = Decoder(BrokenTags.REFUSE, closing, scheme is Scheme.IOB1)
    found, breaks = decoder.decode([split_tag(tag) for tag in tags])
    assert (found, breaks) == (spans, [])


def random_tags(rng, letters):
    kinds = ["O", *(f"{x}-{label}" for x in letters for label in ("PER", "LOC"))]
    return list(rng.choice(kinds, int(rng.integers(1, 14))))


def decoded(tags, broken, closing):
    found, _ = Decoder(broken, closing).decode([split_tag(tag) for tag in tags])
    return {(span.start, span.end, span.label) for span in found}


@pytest.mark.parametrize(("scheme", "letters"), [(IOB2, "BI"), (IOBES, "BIES")])
def test_discarding_broken_tags_is_seqevals_strict_mode(scheme, letters):
    rng = np.random.default_rng(1)
    for _ in range(3000):
        tags = random_tags(rng, letters)
        (theirs,) = Entities([tags], scheme).entities
        wanted = {(e.start, e.end, e.tag) for e in theirs}
        assert decoded(tags, BrokenTags.DISCARD, letters != "BI") == wanted, tags


def test_beginning_with_broken_tags_is_seqevals_default():
    rng = np.random.default_rng(2)
    for _ in range(3000):
        tags = random_tags(rng, "BI")
        wanted = {(start, end + 1, label) for label, start, end in get_entities(tags)}
        assert decoded(tags, BrokenTags.BEGIN, closing=False) == wanted, tags


def test_broken_tags_are_refused_unless_told_and_then_counted(tmp_path):
    path = tmp_path / "a.bio"
    path.write_text("云\tO\n川\tI-LOC\n市\tI-LOC\n\n丁\tB-PER\n", "utf-8")
    with pytest.raises(GoldError, match="broken-tags") as caught:
        read(path)
    assert caught.value.line == 2
    options = ReadingOptions(columns=ColumnOptions(broken=BrokenTags.BEGIN))
    reading = read(path, options)
    assert reading.documents[0].spans == (Span(1, 3, "LOC"),)
    assert reading.audit.repaired == {"begun at broken tags": 1}
    options = ReadingOptions(columns=ColumnOptions(broken=BrokenTags.DISCARD))
    assert read(path, options).documents[0].spans == ()


def test_columns_of_dialects(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "-DOCSTART- -X- O O\n\n云 NR B_LOC X\n川 NR E_LOC X\n\n# sent = 2\nUN NR S_ORG X\n"
        "Women NR O X\n-DOCSTART-\n丁 NR B_PER X\n洁 NR E_PER X\n",
        "utf-8",
    )
    options = ReadingOptions(columns=ColumnOptions(column=2))
    first, second = read(path, options).documents
    assert first.text == "云川\nUN Women"
    assert first.spans == (Span(0, 2, "LOC"), Span(3, 5, "ORG"))
    assert (second.id, second.text, second.spans) == ("2", "丁洁", (Span(0, 2, "PER"),))


def test_hipe_keeps_blanks_documents_and_dates(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text(
        "TOKEN\tNE-COARSE-LIT\tMISC\n# hipe2022:document_id = d9\n"
        "# hipe2022:date = 1914-07-28\nLe\tO\t_\nTemps\tB-ORG\tNoSpaceAfter\n,\tO\t_\n"
        "à\tO\t_\nParis\tB-LOC\tEndOfLine\n",
        "utf-8",
    )
    (document,) = read(path).documents
    assert document.id == "d9"
    assert document.facts.date == "1914-07-28"
    assert [document.text[a:b] for a, b, _ in document.spans] == ["Temps", "Paris"]
    assert document.text.startswith("Le Temps,")


def test_doccano_in_its_shapes(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [
        {"id": 1, "text": "云川市", "label": [[0, 3, "LOC"]]},
        {
            "id": 2,
            "text": "云川市",
            "entities": [{"id": 5, "label": "LOC", "start_offset": 0, "end_offset": 3}],
        },
        {"id": 3, "data": "云川市", "labels": [], "cats": ["law"]},
    ]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert detect(path) is Format.DOCCANO
    found = read(path).documents
    assert [d.spans for d in found] == [(Span(0, 3, "LOC"),)] * 2 + [()]
    assert found[2].filing == Filing("law")


def test_label_studio_takes_the_first_annotation_that_counts(tmp_path):
    def labels(start, end, text):
        value = {"start": start, "end": end, "text": text, "labels": ["LOC"]}
        return {"type": "labels", "value": value}

    tasks = [
        {
            "id": 7,
            "data": {"text": "去云川市"},
            "annotations": [
                {"was_cancelled": True, "result": []},
                {"result": [labels(1, 4, "云川市")]},
                {"result": []},
            ],
        },
        {
            "id": 8,
            "data": {"text": "去云川市", "title": "题"},
            "predictions": [
                {
                    "result": [
                        labels(1, 4, "云川市"),
                        {"type": "choices", "value": {"choices": ["law", "health"]}},
                    ]
                }
            ],
        },
        {"id": 9, "data": {"text": "无"}},
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(tasks), "utf-8")
    reading = read(path)
    one, two, three = reading.documents
    assert one.spans == two.spans == (Span(1, 4, "LOC"),)
    assert two.filing == Filing("law", ("health",))
    assert two.facts.title == "题"
    assert three.spans is None
    assert "task 7: 2 annotations" in reading.audit.line()


def test_brat_with_relations_line_breaks_and_parts(tmp_path):
    (tmp_path / "x.txt").write_bytes("云川市\r\n教育局的丁洁".encode())
    (tmp_path / "x.ann").write_text(
        "T1\tORG 0 8\t云川市  教育局\nT2\tPER 9 10;10 11\t丁 洁\n#1\tNote T1 看\n"
        "R1\tof Arg1:T1 Arg2:T2\n",
        "utf-8",
    )
    reading = read(tmp_path)
    (document,) = reading.documents
    assert document.id == "x"
    assert document.spans == (Span(0, 8, "ORG"),)
    assert reading.audit.read == 2
    assert [i.problem for i in reading.audit.refused] == [
        "T2 '丁 洁' is in several parts"
    ]
    assert "1 refused" in reading.audit.line()


def test_records_are_read_as_documents(tmp_path):
    path = tmp_path / "articles.jsonl"
    record = {
        "schema": "tagger/1",
        "id": "r1",
        "source": {"path": "p.txt", "sha256": "0", "start": 0, "end": 4},
        "title": "题",
        "byline": ["丁洁"],
        "date": "2026-03-01",
        "text": "去云川市",
        "entities": [
            {"start": 1, "end": 4, "label": "LOC", "text": "云川市", "score": 1.0}
        ],
        "sections": [
            {"section": "law", "score": 0.8, "primary": True},
            {"section": "health", "score": 0.6, "primary": False},
        ],
    }
    path.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    assert detect(path) is Format.RECORDS
    (document,) = read(path).documents
    assert document.spans == (Span(1, 4, "LOC"),)
    assert document.filing == Filing(
        "law", ("health",), {"law": 0.8, "health": 0.6}, 0.8
    )
    assert document.facts == Facts("题", ("丁洁",), "2026-03-01", None, "p.txt")


def test_facts_of_our_gold(tmp_path):
    path = tmp_path / "a.jsonl"
    line = {"id": 4, "text": "云川", "entities": [], "source": "云川晚报 2026-02-03"}
    line["page"] = "3"
    path.write_text(json.dumps(line), "utf-8")
    (document,) = read(path).documents
    assert document.id == "4"
    assert document.facts.date == "2026-02-03"
    assert document.facts.source == "云川晚报"
    assert document.facts.page == "2026-02-03 3"


@pytest.mark.parametrize("opener", [(".xz", lzma.open), (".gz", gzip.open)])
def test_compressed_files_are_read(tmp_path, opener):
    ending, open_file = opener
    path = tmp_path / f"a.jsonl{ending}"
    with open_file(path, "wt", encoding="utf-8") as file:
        file.write('{"text": "云川", "entities": [[0, 2, "LOC"]]}\n')
    assert read(path).documents == (Document("1", "云川", (Span(0, 2, "LOC"),)),)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.jsonl", '{"text": ', "no JSON"),
        ("a.jsonl", "[1]\n", "one JSON object"),
        ("a.jsonl", '{"text": 5, "entities": []}', "text is a string"),
        ("a.jsonl", '{"text": "云", "entities": [[0, 1]]}', "an entity is"),
        ("a.jsonl", '{"text": "云", "entities": [["0", 1, "LOC"]]}', "an entity is"),
        ("a.jsonl", '{"text": "云", "entities": 3}', "entities are a list"),
        ("a.jsonl", '{"text": "云", "sections": 3}', "sections are a list"),
        ("a.jsonl", '{"text": "云", "sections": [3]}', "sections are names"),
        ("a.jsonl", '{"id": 1, "text": "云"}\n{"id": 1, "text": "川"}', "twice"),
        ("a.jsonl", '{"id": 1, "entities": []}', "has no text"),
        ("a.json", "{}", "Label Studio"),
        ("a.json", '[{"data": {}}]', "task 1"),
        ("a.bio", "云\tB-LOC\n川\tX-LOC\n", "no tag"),
        ("a.bio", "云\n", "no tag"),
        ("a.tsv", "TOKEN\tX\n", "no column NE-COARSE-LIT"),
        ("a.xyz", "", "--format"),
    ],
)
def test_what_breaks_a_format_is_told_with_the_place(tmp_path, name, content, problem):
    path = tmp_path / name
    path.write_text(content, "utf-8")
    with pytest.raises(GoldError, match=problem) as caught:
        read(path)
    assert str(caught.value).startswith(str(path))


def test_unreadable_files_are_told(tmp_path):
    with pytest.raises(NothingToReadError):
        read(tmp_path / "none.jsonl")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToReadError):
        read(tmp_path / "empty")
    path = tmp_path / "a.jsonl"
    path.write_bytes("云川".encode("gb18030"))
    with pytest.raises(UnreadableFileError, match="UTF-8"):
        read(path)
    path = tmp_path / "a.spacy"
    path.write_bytes(b"no")
    with pytest.raises(UnreadableFileError):
        read(path)


def test_labels_are_renamed_and_left_out(tmp_path):
    path = tmp_path / "a.jsonl"
    text, spans = marked("[云川](GPE)的[丁洁](PERSON)在[初五](DATE)")
    write([Document("a", text, spans)], path, Format.JSONL)
    labels = {"GPE": "LOC", "PERSON": "PER", "DATE": None}
    reading = read(path, ReadingOptions(labels=labels))
    assert [s.label for s in reading.documents[0].spans] == ["LOC", "PER"]
    assert (reading.audit.read, reading.audit.kept) == (3, 2)
    assert "GPE as LOC" in reading.audit.line()
    assert Overlaps.LONGEST == "longest"
