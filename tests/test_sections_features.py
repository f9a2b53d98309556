from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.sections.features import (
    GramConfig,
    Titled,
    Vocabulary,
    cut,
    lay_out,
    spell,
)

TEXT = st.text("煤层气 公交,。\n出口A1Ｂ㈱𠀀　", max_size=40)
PLAIN = GramConfig(sizes=(1, 2, 3), head=1.0, lead=1.0, mask=False)


def naive_grams(text: str, sizes: tuple[int, ...]) -> Counter[str]:
    """The grams of an evened-out text, one slice after the other."""

    def read(char: str) -> str:
        if "\u3400" <= char <= "\u9fff":
            return char
        return "0" if char in "0123456789" else char.lower() if char.isascii() else ""

    letters = [read(char) if char.isalnum() else "" for char in text]
    found: Counter[str] = Counter()
    for size in sizes:
        for start in range(len(letters) - size + 1):
            gram = letters[start : start + size]
            if all(gram):
                found["".join(gram)] += 1
    return found


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_grams_are_those_of_a_naive_reading(texts):
    laid = [lay_out(Titled(text), PLAIN) for text in texts]
    grams = cut(laid, PLAIN)
    for row, article in enumerate(laid):
        keys = grams.key[grams.row == row].tolist()
        assert Counter(map(spell, keys)) == naive_grams(article.text, PLAIN.sizes)


@given(TEXT)
def test_a_gram_stands_where_it_says(text):
    laid = lay_out(Titled(text), PLAIN)
    grams = cut([laid], PLAIN)
    for place, key in zip(grams.place.tolist(), grams.key.tolist(), strict=True):
        found = laid.text[place : place + len(spell(key))].lower()
        assert "".join("0" if c.isdigit() else c for c in found) == spell(key)


def test_the_headline_weighs_more_than_the_lead_and_the_lead_more_than_the_rest():
    config = GramConfig(sizes=(2,), head=4.0, lead=2.0, lead_length=6)
    grams = cut([lay_out(Titled("煤矿停产\n工人今天回家过年了"), config)], config)
    weights = {
        spell(k): w for k, w in zip(grams.key.tolist(), grams.weight, strict=True)
    }
    assert [weights[gram] for gram in ("煤矿", "工人", "过年")] == [4.0, 2.0, 1.0]


@pytest.mark.parametrize(
    ("article", "head"),
    [
        (Titled("煤矿停产\n工人回家。"), "煤矿停产"),
        (Titled("煤矿停产了。\n工人回家。"), ""),
        (Titled("煤矿停产"), ""),
        (Titled("引题\n煤矿停产\n工人回家。", "煤矿停产"), "引题\n煤矿停产"),
        (Titled("工人回家。", "煤矿停产"), "煤矿停产"),
        (Titled("", "煤矿停产"), "煤矿停产"),
    ],
)
def test_the_headline_ends_where_it_ends(article, head):
    laid = lay_out(article, GramConfig())
    assert laid.text[: laid.head].strip() == head


@pytest.mark.parametrize(
    "credit",
    [
        "本报东山7月14日讯（东山日报全媒体记者王小明）",
        "新华社东山1月2日电 （记者王小明 李某）",
        "中新社东山5月23日电(记者王小明)",
        "央视网消息（新闻联播）：",
        "（本报记者 王小明）",
        "【编辑:王小明】",
    ],
)
def test_credits_are_not_read(credit):
    config = GramConfig(sizes=(2,))
    plain = cut([lay_out(Titled(f"{credit}\n公交开通。"), config)], config)
    assert {spell(key) for key in plain.key.tolist()} == {"公交", "交开", "开通"}


def test_credits_are_read_when_asked():
    config = GramConfig(sizes=(2,), mask=False)
    grams = cut([lay_out(Titled("（本报记者 王小明）\n公交。"), config)], config)
    assert "记者" in {spell(key) for key in grams.key.tolist()}


def test_rows_have_length_one_or_zero():
    config = GramConfig(sizes=(2,))
    laid = [lay_out(Titled(text), config) for text in ("公交公交站", "", "别的")]
    grams = cut(laid, config)
    known = np.unique(grams.key[grams.row == 0])
    vocabulary = Vocabulary(known, np.ones(len(known), np.float32))
    matrix = vocabulary.matrix(grams, 3)
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    assert np.allclose(lengths, [1, 0, 0])


def test_nothing_cut_is_a_matrix_too():
    grams = cut([], GramConfig())
    vocabulary = Vocabulary(np.zeros(0, np.uint64), np.zeros(0, np.float32))
    assert vocabulary.matrix(grams, 0).shape == (0, 0)


def test_sizes_that_do_not_fit_a_key_are_refused():
    with pytest.raises(ValueError, match="sizes are 1 to 4"):
        GramConfig(sizes=(5,))


def test_keys_out_of_order_are_refused():
    with pytest.raises(ValueError, match="ascend"):
        Vocabulary(np.array([2, 1], np.uint64), np.ones(2, np.float32))
