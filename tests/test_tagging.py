"""A page goes in, records that an archivist could file come out."""

import json
import subprocess
import sys

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

import tagger as package
from tagger.errors import ModelNotFoundError
from tagger.labels import EntityLabel
from tagger.records import Page, Record
from tagger.shipped import models_folder

ARTICLE = (
    "柳林县人民法院开庭审理一起非法捕捞案\n"
    "本报柳林11月5日讯（记者 毕晓峰）柳林县人民法院4日开庭审理一起非法捕捞水产品案。"
    "县农业农村局局长黎建国说，青鱼河今年已放流鱼苗60万尾。\n"
)


def test_a_record_says_who_where_and_which_body(tagger):
    (record,) = tagger.tag(ARTICLE)
    found = {(ARTICLE[e.start : e.end], e.label) for e in record.entities}
    assert ("柳林县人民法院", EntityLabel.ORG) in found
    assert ("黎建国", EntityLabel.PER) in found
    assert ("毕晓峰", EntityLabel.PER) in found
    assert record.sections[0].section == "law"


def test_offsets_point_into_the_text_as_it_was(tagger):
    source = "本报讯（记者 丁　洁）太\u200b原市小店区召开会议，张\u3000伟出席。"
    (record,) = tagger.tag(source)
    for entity in record.to_dict()["entities"]:
        assert source[entity["start"] : entity["end"]] == entity["text"]
    assert "丁　洁" in {e["text"] for e in record.to_dict()["entities"]}


def test_a_record_survives_json(tagger):
    for record in tagger.tag(ARTICLE):
        assert (
            Record.from_dict(json.loads(record.to_json())).to_dict() == record.to_dict()
        )
        assert "\\u" not in record.to_json()


def test_ids_are_stable_and_differ_by_place(tagger):
    page = Page(ARTICLE, "a.txt", "1" * 64, "utf-8")
    other = Page(ARTICLE, "b.txt", "1" * 64, "utf-8")
    ids = [[r.id for r in t.records] for t in tagger.tag_pages([page, other])]
    again = [[r.id for r in t.records] for t in tagger.tag_pages([other, page])]
    assert ids == again[::-1]
    assert ids[0] != ids[1]


def test_tagging_together_and_alone_is_the_same(tagger):
    texts = [ARTICLE, "通知", ARTICLE[::-1], "晋城市委书记到沁水县调研。" * 30]
    assert tagger.tag_texts(texts) == [tagger.tag_texts([text])[0] for text in texts]


def test_names_are_the_same_with_and_without_documents(tagger):
    texts = [ARTICLE, "通知", "", "晋城市委书记到沁水县调研。" * 30]
    with_documents = [
        [(e.start_char, e.end_char, e.label_, e._.score) for e in doc.ents]
        for doc in tagger.nlp.pipe(texts)
    ]
    without = [
        [(e.start, e.end, str(e.label), e.score) for e in tags.entities]
        for tags in tagger.tag_texts(texts)
    ]
    assert without == with_documents


MESS = st.text(
    alphabet="晋城市委张伟 　\n\t\r，。（）()“”A1９\u200b\ufeff\U00020bb7½…·\x0b\u2028",
    max_size=80,
)


@settings(max_examples=60, deadline=None)
@given(MESS)
def test_any_text_gives_names_that_do_not_overlap(tagger, text):
    (tags,) = tagger.tag_texts([text])
    ends = [0, *(entity.end for entity in tags.entities)]
    for entity, before in zip(tags.entities, ends, strict=False):
        assert before <= entity.start < entity.end <= len(text)
        assert text[entity.start : entity.end].strip()
        assert 0 <= entity.score <= 1


def test_the_pipeline_loads_in_plain_spacy_and_words_follow_names():
    nlp = spacy.load(models_folder() / "names")
    doc = nlp(ARTICLE)
    assert doc.text == ARTICLE
    assert max(len(token) for token in doc) > 1
    starts = {token.idx for token in doc}
    names = {ent.text: ent.label_ for ent in doc.ents}
    assert names["黎建国"] == "PER"
    assert all(ent.start_char in starts and 0 <= ent._.score <= 1 for ent in doc.ents)


def test_a_pipeline_survives_to_disk(tmp_path):
    nlp = spacy.load(models_folder() / "names")
    nlp.to_disk(tmp_path / "copy")
    again = spacy.load(tmp_path / "copy")
    assert [e.text for e in again(ARTICLE).ents] == [e.text for e in nlp(ARTICLE).ents]


def test_a_folder_without_models_is_one_clear_error(tmp_path):
    with pytest.raises(ModelNotFoundError, match="no model 'names' here"):
        package.load(tmp_path)


def test_importing_the_package_imports_no_model_library():
    code = "import tagger, tagger.cli, sys; print({'spacy', 'sklearn', 'numpy'} & {*sys.modules})"
    done = subprocess.run(  # noqa: S603 our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
