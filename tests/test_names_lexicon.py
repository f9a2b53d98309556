"""The lexicon sees every word wherever it stands, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.errors import ModelNotFoundError, ModelVersionError
from tagger.names.lexicon import PLACES, Lexicon, to_codes

WORDS = ("山西", "山西大学", "大学", "太原", "太原市")


def lexicon(words=WORDS):
    """Each word's vector is its own axis, all weights 1."""
    count = len(words)
    return Lexicon(
        words,
        np.eye(count, dtype=np.int8),
        np.ones(count, np.float32),
        np.ones(count, np.float32),
    )


@given(st.text(alphabet="山西大学太原市的", max_size=30))
def test_every_word_is_found_wherever_it_stands(text):
    match = lexicon().find(to_codes(text))
    found = {
        (int(start), WORDS[word])
        for start, word in zip(match.start, match.word, strict=True)
    }
    assert found == {
        (start, word)
        for word in WORDS
        for start in range(len(text))
        if text.startswith(word, start)
    }


@pytest.mark.parametrize(
    ("place", "begins", "inside", "ends"),
    [
        (0, {"山西", "山西大学"}, set(), set()),
        (1, set(), {"山西大学"}, {"山西"}),
        (2, {"大学"}, {"山西大学"}, set()),
        (3, set(), set(), {"山西大学", "大学"}),
    ],
)
def test_a_character_knows_which_words_begin_go_on_and_end_there(
    place, begins, inside, ends
):
    row = lexicon().features(to_codes("山西大学")[None])[0, place]
    sets = row.reshape(PLACES, len(WORDS))
    seen = [{WORDS[n] for n in np.flatnonzero(numbers)} for numbers in sets]
    assert seen == [begins, inside, ends]
    assert row.sum() == pytest.approx(1)


def test_a_character_without_words_has_only_zeros():
    assert not lexicon().features(to_codes("的的")[None]).any()


@given(st.lists(st.text(alphabet="山西大学太原市", min_size=1, max_size=9), min_size=1))
def test_texts_of_a_batch_do_not_see_each_other(texts):
    codes = np.zeros((len(texts), 9), dtype=np.uint32)
    for row, text in enumerate(texts):
        codes[row, : len(text)] = to_codes(text)
    together = lexicon().features(codes)
    for row, text in enumerate(texts):
        alone = lexicon().features(to_codes(text)[None])[0]
        np.testing.assert_allclose(together[row, : len(text)], alone)
        assert not together[row, len(text) :].any()


def test_a_lexicon_comes_back_from_disk(tmp_path):
    lexicon().save(tmp_path / "lexicon.npz")
    again = Lexicon.load(tmp_path / "lexicon.npz")
    assert again.words == WORDS
    codes = to_codes("在太原市的山西大学")[None]
    np.testing.assert_array_equal(again.features(codes), lexicon().features(codes))


def test_a_missing_lexicon_is_named(tmp_path):
    with pytest.raises(ModelNotFoundError, match="no lexicon"):
        Lexicon.load(tmp_path / "lexicon.npz")


def test_a_damaged_lexicon_is_refused(tmp_path):
    (tmp_path / "lexicon.npz").write_bytes(b"no arrays")
    with pytest.raises(ModelVersionError, match="damaged"):
        Lexicon.load(tmp_path / "lexicon.npz")
