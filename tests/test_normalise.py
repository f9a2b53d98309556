"""The models see even text, and every character knows where it came from."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.normalise import normalise

LINE = "山西省技术产权交易中心是经省政府批准设立的国有全资企业作为"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("ＧＤＰ增长５．２％", "GDP增长5.2%"),
        ("田\u200b志\ufeff军", "田志军"),
        ("(丁 洁)", "(丁洁)"),
        ("（王　丹、王思宇）", "(王丹、王思宇)"),
        ("耿婧媛 张雪娇 摄影报道", "耿婧媛 张雪娇 摄影报道"),
        (f"{LINE}\n\n全国最大的平台。", f"{LINE}全国最大的平台。"),
        ("晋城经济稳中向好\n本报讯", "晋城经济稳中向好\n本报讯"),
        (f"{LINE}。\n次日", f"{LINE}。\n次日"),
        (f"{LINE}\n本报讯(记者 张三)", f"{LINE}\n本报讯(记者 张三)"),
        ("一\r\n\r\n\r\n二", "一\n二"),
    ],
)
def test_what_the_models_see(source, text):
    assert normalise(source).text == text


def test_a_span_goes_back_to_the_source():
    even = normalise("讯(丁 洁)昨日")
    start = even.text.index("丁洁")
    assert even.to_source(start, start + 2) == (2, 5)


TEXTS = st.text(
    alphabet="晋城丁洁，。（）() 　\n\r\t\u200bＡａ１½㎏…\U00020bb7", max_size=60
) | st.text(max_size=60)


@given(TEXTS)
def test_origins_rise_and_lie_in_the_source(source):
    even = normalise(source)
    assert len(even.origin) == len(even.text)
    assert list(even.origin) == sorted(even.origin)
    assert all(0 <= place < len(source) for place in even.origin)


@given(TEXTS)
def test_even_text_has_no_double_blanks_nor_hidden_characters(source):
    text = normalise(source).text
    assert "  " not in text
    assert "\n\n" not in text
    assert "\u200b" not in text


@given(TEXTS, st.data())
def test_a_character_s_span_holds_what_it_came_from(source, data):
    even = normalise(source)
    if even.text:
        place = data.draw(st.integers(0, len(even.text) - 1))
        start, end = even.to_source(place, place + 1)
        assert end == start + 1


@given(TEXTS)
def test_runs_of_plain_characters_are_taken_together_and_nothing_changes(source):
    """Against the same, character by character."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "tagger.normalise._STEPS", re.compile("(?P<plain>(?!))|.", re.DOTALL)
        )
        slow = normalise(source)
    assert normalise(source) == slow
