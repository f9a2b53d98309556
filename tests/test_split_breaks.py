"""Sentences torn apart by a column are mended; headlines are left alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.split.breaks import mended
from tagger.split.lines import paragraphs

SENTENCE = (
    "检修分三个阶段进行,每个阶段结束后都请居民代表到场查看,结果贴在小区公告栏里。"
)


def texts(page):
    return [p.text for p in mended(paragraphs(page), page)]


@pytest.mark.parametrize("cut", range(1, len(SENTENCE)))
def test_a_paragraph_is_whole_again_wherever_it_broke(cut):
    before = "云川供热完成了全市管网的检修。"
    page = f"{before}{SENTENCE[:cut]}\n\n{SENTENCE[cut:]}"
    (text,) = texts(page)
    assert "".join(text.split()) == before + SENTENCE


@pytest.mark.parametrize("cut", [15, 22])
def test_on_a_broken_page_a_first_line_is_no_headline(cut):
    sentence = "公司在城北的小区试行了一项新服务由专人上门更换老化的阀门,居民都很满意。"
    broken = "全市管网检修完成。居民家中温度达\n\n标,比去年提前九天。\n\n"
    page = f"{broken * 2}{sentence[:cut]}\n\n{sentence[cut:]}"
    assert len(texts(page)) == 3


def test_a_headline_above_a_report_is_left_alone():
    page = f"云川供热提前完成检修\n\n本报讯 {SENTENCE}\n"
    assert texts(page) == ["云川供热提前完成检修", f"本报讯 {SENTENCE}"]


def test_on_a_page_without_breaks_nothing_that_looks_like_a_headline_is_body():
    page = f"我市今年新增三处供热站\n\n点火仪式在城北举行。{SENTENCE}\n"
    assert len(texts(page)) == 2


@given(st.text(alphabet="云川市。,\n 　()记者讯本报", max_size=300))
def test_paragraphs_stand_in_order_and_inside_the_page(page):
    found = mended(paragraphs(page), page)
    assert all(0 <= p.start < p.end <= len(page) for p in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
