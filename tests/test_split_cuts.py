"""What is said of a possible cut, and what the two readings make of it."""

import pytest

from tagger.split.cuts import Weights, probabilities, shipped
from tagger.split.features import features
from tagger.split.lines import paragraphs
from tagger.split.runs import grams, runs

PAGE = """湖畔新区启动冬季长跑
本报讯 云川市冬季长跑在湖畔新区启动,一千多名师生参加。
(苗 岚)
云川热力完成管网检修
本报讯 云川热力公司宣布,管网检修全部完成。
(丁 帆)
"""


def test_every_headline_over_text_begins_a_run():
    assert [run.headings for run in runs(paragraphs(PAGE))] == [
        ("湖畔新区启动冬季长跑",),
        ("云川热力完成管网检修",),
    ]


def test_shipped_weights_know_every_feature():
    found = runs(paragraphs(PAGE))
    (row,) = features(found, [1.0] * len(found))
    assert row.keys() | {"bias"} == shipped().first.keys() == shipped().second.keys()


def test_a_closed_article_and_a_dateline_make_a_cut_sure():
    assert probabilities(runs(paragraphs(PAGE)))[1] > 0.9


def test_the_second_reading_sees_what_the_first_believed():
    found = runs(paragraphs(PAGE))
    names = features(found, [1.0] * len(found))[0].keys()
    flat = dict.fromkeys([*names, "bias"], 0.0)
    habit = {**flat, "believed": 1.0}
    sure = {**flat, "bias": 30.0}
    unsure = {**flat, "bias": -30.0}
    after_yes = probabilities(found, Weights(sure, habit))[1]
    after_no = probabilities(found, Weights(unsure, habit))[1]
    assert after_yes > after_no


def test_the_first_run_begins_an_article_for_sure():
    assert probabilities(runs(paragraphs("只有一行。")))[0] == 1.0


@pytest.mark.parametrize(
    ("text", "size", "found"),
    [("云川市", 2, {"云川", "川市"}), ("云,川", 2, set()), ("", 3, set())],
)
def test_groups_of_letters_do_not_cross_punctuation(text, size, found):
    assert grams(text, size) == found
