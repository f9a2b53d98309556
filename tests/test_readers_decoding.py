"""Bytes become Chinese text, or are refused; nothing is guessed away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.errors import UnknownEncodingError
from tagger.readers.decoding import decode

SIMPLIFIED = (
    "本报讯（记者 张三）昨日，晋城市召开新闻发布会，介绍今年以来的经济运行情况。"
)
TRADITIONAL = "本報訊（記者 張三）昨日，臺北市召開記者會，說明今年以來的經濟運行情況。"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_simplified_text_in_every_encoding(encoding):
    assert decode(SIMPLIFIED.encode(encoding))[0] == SIMPLIFIED


@pytest.mark.parametrize(
    "encoding", ["utf-8", "big5", "big5hkscs", "utf-16", "gb18030"]
)
def test_traditional_text_in_every_encoding(encoding):
    assert decode(TRADITIONAL.encode(encoding))[0] == TRADITIONAL


def test_two_characters_that_are_valid_utf8_by_chance():
    assert decode("太原".encode("gb18030")) == ("太原", "gb18030")


def test_gb18030_with_its_own_byte_order_mark():
    assert decode(b"\x84\x31\x95\x33" + SIMPLIFIED.encode("gb18030"))[0] == SIMPLIFIED


def test_rare_characters_outside_gbk():
    text = SIMPLIFIED + "𠮷野家䶮"
    assert decode(text.encode("gb18030")) == (text, "gb18030")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
        SIMPLIFIED.encode("utf-8")[:-1] + b"\xff\xfe\xfd",
        b"\x7fELF\x02\x01\x01" + b"\0" * 50,
    ],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(UnknownEncodingError):
        decode(data)


def test_a_named_encoding_is_the_only_one_tried():
    with pytest.raises(
        UnknownEncodingError, match=r"not utf-8: byte 0x\w\w at offset 0, line 1"
    ):
        decode(SIMPLIFIED.encode("gbk"), "utf-8")
    with pytest.raises(UnknownEncodingError, match="no encoding is called 'gb9'"):
        decode(b"abc", "gb9")


@given(st.text(alphabet=SIMPLIFIED + "，。、\n0123456789ABC", min_size=8))
def test_utf8_text_comes_back_as_it_was(text):
    assert decode(text.encode("utf-8"))[0] == text


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_exactly_or_refused(data):
    try:
        text, encoding = decode(data)
    except UnknownEncodingError:
        return
    marks = (b"\xef\xbb\xbf", b"\x84\x31\x95\x33", b"\xff\xfe", b"\xfe\xff")
    if not data.startswith(marks):
        assert text.encode(encoding) == data
