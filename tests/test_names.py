"""Windows, tags and decoding: what stands between text and network, and after it."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tag_cases import is_well_formed

from tagger.labels import EntityLabel
from tagger.names.bylines import with_byline
from tagger.names.decoding import best_paths, marginals, spans
from tagger.names.document import settle
from tagger.names.tags import TAGS, allowed, encode, may_end, may_start
from tagger.names.windows import windows
from tagger.records import Entity


@st.composite
def entities(draw):
    length = draw(st.integers(1, 40))
    borders = sorted(draw(st.sets(st.integers(0, length), max_size=12)))
    pairs = list(zip(borders[::2], borders[1::2], strict=False))
    labels = [draw(st.sampled_from(EntityLabel)) for _ in pairs]
    return length, tuple(
        Entity(a, b, label) for (a, b), label in zip(pairs, labels, strict=True)
    )


@given(entities())
def test_tags_give_the_entities_back(case):
    length, wanted = case
    tags = encode(length, wanted)
    found = spans(tags, np.ones((length, len(TAGS)), dtype=np.float32))
    assert tuple(found) == wanted


def test_overlapping_entities_cannot_be_tagged():
    with pytest.raises(ValueError, match="overlaps"):
        encode(5, (Entity(0, 3, EntityLabel.PER), Entity(2, 4, EntityLabel.LOC)))


@given(st.integers(1, 6), st.integers(1, 7), st.integers(0, 2**32 - 1))
def test_viterbi_is_the_best_of_all_well_formed_paths(batch, time, seed):
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(batch, time, len(TAGS))).astype(np.float32)
    steps = rng.normal(size=(len(TAGS), len(TAGS))).astype(np.float32)
    lengths = rng.integers(1, time + 1, batch)
    paths = best_paths(scores, steps, lengths)
    for row, length in enumerate(lengths):
        path = paths[row, :length]
        assert is_well_formed(path)
        found = scores[row, np.arange(length), path].sum()
        found += steps[path[:-1], path[1:]].sum()
        best = best_score(scores[row, :length], steps)
        assert found == pytest.approx(best, abs=1e-3)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_marginals_add_up_all_well_formed_paths(time, seed):
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(2, time, len(TAGS))).astype(np.float32)
    steps = rng.normal(size=(len(TAGS), len(TAGS))).astype(np.float32)
    lengths = rng.integers(1, time + 1, 2)
    chances = marginals(scores, steps, lengths)
    for row, length in enumerate(lengths):
        paths = [
            np.array(path)
            for path in product(range(len(TAGS)), repeat=int(length))
            if is_well_formed(path)
        ]
        worth = [
            scores[row, np.arange(length), path].sum()
            + steps[path[:-1], path[1:]].sum()
            for path in paths
        ]
        wanted = np.zeros((length, len(TAGS)))
        for path, share in zip(paths, np.exp(worth) / np.exp(worth).sum(), strict=True):
            wanted[np.arange(length), path] += share
        np.testing.assert_allclose(chances[row, :length], wanted, atol=1e-4)


def best_score(scores, steps):
    follow, best = (
        allowed(),
        {t: scores[0, t] for t in range(len(TAGS)) if may_start()[t]},
    )
    for row in scores[1:]:
        best = {
            b: max(s + steps[a, b] for a, s in best.items() if follow[a, b]) + row[b]
            for b in range(len(TAGS))
            if any(follow[a, b] for a in best)
        }
    return max(score for tag, score in best.items() if may_end()[tag])


@given(st.text(alphabet="晋城。!?\n”,", max_size=80), st.integers(1, 20))
def test_windows_joined_are_the_text_and_none_is_too_long(text, longest):
    cuts = list(windows(text, longest))
    assert "".join(text[start:end] for start, end in cuts) == text
    assert all(0 < end - start <= longest for start, end in cuts)


def test_windows_end_with_sentences_where_they_can():
    text = "一二三。四五六。七八九。"
    assert [text[a:b] for a, b in windows(text, 9)] == ["一二三。四五六。", "七八九。"]


def test_one_string_has_one_label_in_a_text():
    found = settle(
        "柳林和柳林和柳林",
        [
            Entity(0, 2, EntityLabel.PER, 0.6),
            Entity(3, 5, EntityLabel.LOC, 0.9),
            Entity(6, 8, EntityLabel.LOC, 0.9),
        ],
    )
    assert {entity.label for entity in found} == {EntityLabel.LOC}
    assert [entity.score for entity in found] == [0.6, 0.9, 0.9]


def test_a_person_found_surely_once_is_found_everywhere():
    found = settle("周镜新站着。周镜新没笑。", [Entity(0, 3, EntityLabel.PER, 0.99)])
    assert [(e.start, e.end, e.label) for e in found] == [
        (0, 3, EntityLabel.PER),
        (6, 9, EntityLabel.PER),
    ]


@pytest.mark.parametrize(
    ("label", "score"), [(EntityLabel.LOC, 0.99), (EntityLabel.ORG, 0.9)]
)
def test_places_and_doubtful_names_are_not_carried_on(label, score):
    only = Entity(0, 3, label, score)
    assert settle("长白山高。长白山管委会来人。", [only]) == [only]


def test_a_name_inside_another_is_not_marked_again():
    names = [
        Entity(0, 2, EntityLabel.ORG, 0.99),
        Entity(3, 7, EntityLabel.ORG, 0.99),
    ]
    assert settle("太重和太重集团", names) == names


def test_a_wild_guess_is_left_out():
    assert settle("环卫", [Entity(0, 2, EntityLabel.LOC, 0.2)]) == []


def test_persons_of_a_byline_are_added_where_no_name_is():
    text = "闻人静到云川。(记者 闻 人静)"
    place = Entity(4, 6, EntityLabel.LOC, 0.9)
    found = with_byline(text, [place], ["闻人静"])
    assert [text[e.start : e.end] for e in found] == ["闻人静", "云川", "闻 人静"]


def test_a_byline_changes_no_name_that_is_there():
    body = (Entity(0, 5, EntityLabel.ORG, 0.9),)
    assert with_byline("闻人静茶馆", body, ["闻人静"]) == body
