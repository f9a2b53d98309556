"""What files of the world get wrong, and what is said of it: ids, offsets, line ends."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring_cases import marked

from tagger.errors import GoldError, PredictionError
from tagger.gold import (
    Allowed,
    Format,
    Offsets,
    Overlaps,
    ReadingOptions,
    RepeatedIds,
    Settling,
    pair,
    read,
    write,
)
from tagger.scoring.documents import Document, Filing

NUMBER = ReadingOptions(repeated=RepeatedIds.NUMBER)
TEXT = "𠮷田在云川市"
SPANS = [[0, 2, "PER"], [3, 6, "LOC"]]
IN_UTF16 = [[0, 3, "PER"], [4, 7, "LOC"]]
IN_UTF8 = [[0, 7, "PER"], [10, 19, "LOC"]]


def lines(path, *items):
    path.write_text(
        "".join(json.dumps(i, ensure_ascii=False) + "\n" for i in items), "utf-8"
    )
    return path


def doc(text="云川市", **fields):
    return {"text": text, "entities": []} | fields


def test_repeated_ids_are_refused_with_the_option_or_numbered(tmp_path):
    path = lines(tmp_path / "a.jsonl", *(doc(id=i) for i in ("s", "s (2)", "s", "s")))
    with pytest.raises(GoldError, match=r"'s' twice; see --repeated-ids") as refused:
        read(path)
    assert refused.value.line == 3
    reading = read(path, NUMBER)
    names = [document.id for document in reading.documents]
    assert names == ["s", "s (2)", "s (3)", "s (4)"]
    assert "2 repeated ids numbered" in reading.audit.line()


@given(ids=st.lists(st.sampled_from(["a", "b", "a (2)", "1"]), min_size=1, max_size=8))
def test_numbered_ids_are_distinct_and_the_same_in_gold_and_predictions(
    tmp_path_factory, ids
):
    items = [doc(f"云川市{n}", id=name) for n, name in enumerate(ids)]
    folder = tmp_path_factory.mktemp("ids")
    gold = read(lines(folder / "g.jsonl", *items), NUMBER)
    assert len({document.id for document in gold.documents}) == len(ids)
    paired = pair(gold, read(lines(folder / "p.jsonl", *items), NUMBER))
    assert [d.text for d in paired.predicted] == [d.text for d in gold.documents]


def test_repeated_pages_are_refused_or_numbered(tmp_path):
    page = {"id": "p", "text": "甲事。乙事。", "articles": [{"start": 0, "end": 3}]}
    path = lines(tmp_path / "pages.jsonl", page, page)
    with pytest.raises(GoldError, match="'p' twice"):
        read(path)
    assert [page.id for page in read(path, NUMBER).pages] == ["p", "p (2)"]


def test_documents_without_ids_have_numbers_and_are_matched_by_order(tmp_path):
    plain = lines(tmp_path / "plain.jsonl", doc(id=None), doc("柳湾县"))
    named = lines(tmp_path / "named.jsonl", doc(id="x"), doc("柳湾县", id="y"))
    for gold, found in ((plain, named), (named, plain)):
        paired = pair(read(gold), read(found))
        assert [d.text for d in paired.predicted] == ["云川市", "柳湾县"]
        assert paired.notes == ("matched by order",)


def test_ids_that_are_really_numbers_are_matched_by_id(tmp_path):
    gold = read(lines(tmp_path / "g.jsonl", doc(id=1), doc("柳湾县", id=2)))
    found = read(lines(tmp_path / "p.jsonl", doc("柳湾县", id=2)))
    with pytest.raises(PredictionError, match="no prediction for 1 document: 1"):
        pair(gold, found)
    paired = pair(gold, found, Allowed(missing=True))
    assert [d.text for d in paired.predicted] == ["云川市", "柳湾县"]


def test_an_empty_file_of_predictions_is_told_and_may_be_allowed(tmp_path):
    gold = read(lines(tmp_path / "g.jsonl", doc(id="a", entities=[[0, 3, "LOC"]])))
    found = read(lines(tmp_path / "p.jsonl"))
    with pytest.raises(PredictionError, match="holds no documents, gold 1"):
        pair(gold, found)
    assert pair(gold, found, Allowed(missing=True)).predicted[0].spans == ()


def test_names_predicted_where_nobody_annotated_are_left_out_and_said(tmp_path):
    named = doc(id="b", entities=[[0, 3, "LOC"]])
    gold = lines(tmp_path / "g.jsonl", {"id": "a", "text": "云川市"}, named)
    found = lines(tmp_path / "p.jsonl", named | {"id": "a"}, named)
    notes = pair(read(gold), read(found)).notes
    assert notes == ("1 names predicted in 1 document without gold names, left out",)


@pytest.mark.parametrize(
    ("offsets", "given_"), [(Offsets.UTF16, IN_UTF16), (Offsets.UTF8, IN_UTF8)]
)
def test_offsets_are_counted_as_is_said(tmp_path, offsets, given_):
    path = lines(tmp_path / "a.jsonl", doc(TEXT, entities=given_))
    how = ReadingOptions(settling=Settling(offsets=offsets))
    assert [[*span] for span in read(path, how).documents[0].spans] == SPANS
    inside = lines(tmp_path / "b.jsonl", doc(TEXT, entities=[[1, 4, "PER"]]))
    reading = read(inside, how)
    assert f"does not end on {offsets} characters" in reading.audit.refused[0].problem
    far = lines(tmp_path / "c.jsonl", doc(TEXT, entities=[[0, 99, "PER"]]))
    assert len(read(far, how).audit.refused) == 1


def test_doccano_that_may_have_counted_otherwise_is_told(tmp_path):
    path = lines(tmp_path / "a.jsonl", {"text": TEXT, "label": SPANS})
    assert "see --offsets" in read(path).audit.line()
    said = ReadingOptions(settling=Settling(offsets=Offsets.CHARACTERS))
    assert "see --offsets" not in read(path, said).audit.line()
    plain = lines(tmp_path / "b.jsonl", {"text": "吉田", "label": [[0, 2, "PER"]]})
    assert "see --offsets" not in read(plain).audit.line()


def test_hipe_dates_stand_before_or_behind_the_id(tmp_path):
    row = "Paris\tB-loc\t_\n"
    header = "TOKEN\tNE-COARSE-LIT\tMISC\n"
    of_2020 = "".join(
        f"# language = fr\n# date = {date}\n# document_id = {name}\n{row}\n"
        for name, date in (("a", "1918-01-01"), ("b", "1919-02-02"))
    )
    of_2022 = "".join(
        f"# hipe2022:document_id = {name}\n# hipe2022:date = {date}\n{row}\n"
        for name, date in (("a", "1918-01-01"), ("b", "1919-02-02"))
    )
    for number, content in enumerate((of_2020, of_2022)):
        path = tmp_path / f"{number}.tsv"
        path.write_text(header + content, "utf-8")
        found = [(d.id, d.facts.date) for d in read(path).documents]
        assert found == [("a", "1918-01-01"), ("b", "1919-02-02")]


def test_label_studios_short_export(tmp_path):
    mark = {"start": 0, "end": 3, "text": "𠮷田", "labels": ["PER"]}
    choice = {"choices": ["law"]}
    tasks = [{"id": 7, "text": TEXT, "ner": [mark], "annotator": 1, "section": choice}]
    tasks.append({"id": 8, "text": TEXT, "annotator": 1})
    path = tmp_path / "min.json"
    path.write_text(json.dumps(tasks), "utf-8")
    one, two = read(path).documents
    assert (one.id, one.spans) == ("7", ((0, 2, "PER"),))
    assert two.spans is None


def test_entities_as_transformers_gives_them(tmp_path):
    entity = {"entity_group": "LOC", "score": 0.9, "word": "云 川 市"}
    path = lines(tmp_path / "a.jsonl", doc(entities=[entity | {"start": 0, "end": 3}]))
    assert read(path).documents[0].spans == ((0, 3, "LOC"),)


def test_lone_carriage_returns_are_told(tmp_path):
    path = tmp_path / "a.conll"
    path.write_bytes("云\tB-LOC\r川\tI-LOC\r".encode())
    with pytest.raises(GoldError, match="lone carriage returns"):
        read(path)


def test_what_brat_has_in_parts_is_told_with_its_file(tmp_path):
    (tmp_path / "a.txt").write_text("云川市的", "utf-8")
    (tmp_path / "a.ann").write_text("T1\tLOC 0 1;2 3\t云 市\n", "utf-8")
    audit = read(tmp_path).audit
    with pytest.raises(GoldError, match="several parts") as refused:
        audit.require_all(GoldError)
    assert (refused.value.path, refused.value.line) == (tmp_path / "a.ann", 1)


def test_one_overlap_in_a_giant_document_costs_little(tmp_path):
    size = 60_000
    spans = [[n, n + 2, "PER"] for n in range(0, size, 3)] + [[1, 4, "LOC"]]
    path = lines(tmp_path / "a.jsonl", doc("云" * size, entities=spans))
    begin = time.process_time()
    reading = read(path, ReadingOptions(settling=Settling(Overlaps.LONGEST)))
    # comparing each with each would take minutes
    assert time.process_time() - begin < 10
    assert (reading.audit.kept, reading.audit.read) == (size // 3 - 1, size // 3 + 1)


def test_sections_of_hand_come_back_from_docbin_without_scores(tmp_path):
    text, spans = marked("[云川市](LOC)下雨。")
    filing = Filing("society", ("environment",))
    path = tmp_path / "a.spacy"
    write([Document("a", text, spans, filing)], path, Format.DOCBIN)
    assert read(path).documents[0].filing == filing


def test_scores_of_all_sections_come_back_from_jsonl(tmp_path):
    filing = Filing("law", (), {"law": 0.9, "safety": 0.2}, 0.8)
    path = tmp_path / "a.jsonl"
    write([Document("a", "云川市", (), filing)], path, Format.JSONL)
    found = read(path).documents[0].filing
    assert (found.confidence, found.ranking) == (0.8, ("law", "safety"))
