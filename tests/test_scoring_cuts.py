"""Scores of page cuts: by hand, by property, and against nltk."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.segmentation import pk as nltk_pk
from nltk.metrics.segmentation import windowdiff as nltk_windowdiff

from tagger.scoring.cuts import aligned, borders, cuts_tally
from tagger.scoring.documents import CutPage, Document, Facts, Filing, Piece, Span
from tagger.scoring.evaluation import evaluate_cuts
from tagger.scoring.segmentation import pk, window, window_diff
from tagger.scoring.statistics import Resampling, values
from tagger.scoring.through import on_gold_cuts

PAGE = "云川晚报 第三版\n柳湾小学开学\n四百名学生回来。\n\n教育局来访\n陈立文到柳湾。\n"


def page(*spans, text=PAGE, **documents):
    pieces = tuple(
        Piece(a, b, documents.get(f"d{n}", Document(f"p{n}", text[a:b])))
        for n, (a, b) in enumerate(spans)
    )
    return CutPage("p", text, pieces)


def place(words):
    return PAGE.index(words)


FIRST = (place("柳湾小学"), place("教育局"))
SECOND = (place("教育局"), len(PAGE))


def scores(gold, predicted):
    return {n: f.value for n, f in values(cuts_tally([gold], [predicted])).items()}


def test_borders_are_where_articles_and_leftovers_begin():
    assert borders(page(FIRST, SECOND)) == [FIRST[0], SECOND[0]]
    assert borders(page((0, FIRST[1]), SECOND)) == [SECOND[0]]
    assert borders(page(FIRST)) == [FIRST[0], SECOND[0]]
    assert borders(page((0, len(PAGE)))) == []
    assert borders(page(text="\n \n")) == []


def test_right_cuts_are_right_whatever_the_white_space():
    tight = page((FIRST[0], FIRST[1] - 2), (SECOND[0], SECOND[1] - 1))
    found = scores(page(FIRST, SECOND), tight)
    assert found["cuts.f1"] == found["cuts.articles.f1"] == 1.0
    assert found["cuts.windowdiff"] == found["cuts.pk"] == 0.0


def test_a_cut_a_line_late_counts_only_within_a_line():
    late = page(FIRST, (place("陈立文"), len(PAGE)))
    late = page((FIRST[0], place("陈立文")), (place("陈立文"), len(PAGE)))
    found = scores(page(FIRST, SECOND), late)
    assert found["cuts.r"] == 0.5
    assert found["cuts.line.r"] == 1.0
    assert found["cuts.articles.r"] == 0.0
    assert found["cuts.windowdiff"] > 0


def test_one_border_stands_for_one_only():
    text = "甲\n乙\n丙\n丁\n"
    gold = page((0, 2), (2, 4), (4, 8), text=text)
    predicted = page((0, 4), (4, 8), text=text)
    found = scores(gold, predicted)
    assert found["cuts.line.r"] == 0.5
    assert found["cuts.line.p"] == 1.0


def test_titles_and_bylines_of_the_article_that_stands_for_it():
    def with_facts(title, *byline):
        return Document("x", "", facts=Facts(title=title, byline=byline))

    gold = page(
        FIRST,
        SECOND,
        d0=with_facts("柳湾小学 开学", "云川晚报全媒体记者丁洁 通讯员 高原 文/图"),
        d1=with_facts("教育局来访"),
    )
    predicted = page(
        FIRST,
        d0=with_facts("柳湾小学开学", "丁洁", "高原"),
        d1=with_facts("教育局来访"),
    )
    found = scores(gold, predicted)
    assert found["cuts.title"] == 0.5
    assert found["cuts.byline"] == 1.0


@st.composite
def segmentations(draw):
    size = draw(st.integers(2, 60))
    places = st.sets(st.integers(1, size - 1), max_size=12)
    return size, sorted(draw(places)), sorted(draw(places))


def as_string(size, found):
    return "".join("1" if n in found else "0" for n in range(size))


def test_nltk_agrees_on_windowdiff_and_pk():
    rng = np.random.default_rng(0)
    for _ in range(3000):
        size = int(rng.integers(2, 80))
        gold, predicted = (
            sorted(
                rng.choice(size, rng.integers(0, min(size, 9)), replace=False).tolist()
            )
            for _ in range(2)
        )
        width = int(rng.integers(1, size + 1))
        texts = as_string(size, gold), as_string(size, predicted)
        ours = window_diff(size, gold, predicted, width)
        assert ours == pytest.approx(nltk_windowdiff(*texts, width), abs=1e-9)
        ours = pk(size, gold, predicted, width)
        assert ours == pytest.approx(nltk_pk(*texts, width), abs=1e-9)


@given(segmentations())
def test_a_segmentation_is_not_apart_from_itself(case):
    size, gold, predicted = case
    width = window(size, len(gold))
    assert window_diff(size, gold, gold, width) == pk(size, gold, gold, width) == 0.0
    assert pk(size, gold, predicted, width) <= window_diff(size, gold, predicted, width)


@given(st.data())
def test_swapping_sides_swaps_precision_and_recall_of_cuts(data):
    text = data.draw(st.text("云川\n 。", min_size=1, max_size=30))

    def cut():
        marks = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
        return page(*zip(marks[::2], marks[1::2], strict=False), text=text)

    gold, predicted = cut(), cut()
    one, two = scores(gold, predicted), scores(predicted, gold)
    for name in ("cuts", "cuts.line", "cuts.articles"):
        assert one[f"{name}.p"] == two[f"{name}.r"]
        assert one[f"{name}.f1"] == two[f"{name}.f1"]
    pairs = aligned(gold, predicted)
    assert len(set(pairs.values())) == len(pairs)


def test_a_wrong_cut_costs_tags_and_sections_but_not_names():
    def document(n, span, spans, section):
        return Document(f"p{n}", PAGE[slice(*span)], tuple(spans), Filing(section))

    school, office = Span(0, 4, "ORG"), Span(0, 3, "ORG")
    gold = page(
        FIRST,
        SECOND,
        d0=document(0, FIRST, [school], "education"),
        d1=document(1, SECOND, [office], "politics"),
    )
    whole = (FIRST[0], len(PAGE))
    shifted = Span(SECOND[0] - FIRST[0], SECOND[0] - FIRST[0] + 3, "ORG")
    glued = page(whole, d0=document(0, whole, [school, shifted], "education"))
    right = on_gold_cuts(gold, [piece.document for piece in gold.pieces])
    result = evaluate_cuts([gold], [glued], [right], Resampling(20))
    value = {name: figure.value for name, figure in result.figures.items()}
    assert value["through.strict.f1"] == 1.0
    assert value["through.tags.f1"] == 0.5
    assert value["through.sections.primary"] == 0.5
    cost = result.cost["through.tags.f1"]
    assert (cost.a, cost.b, cost.difference.value) == (0.5, 1.0, -0.5)


def test_pages_without_names_do_not_count_names():
    gold = page(FIRST, SECOND)
    named = page(FIRST, d0=Document("x", PAGE[slice(*FIRST)], (Span(0, 4, "ORG"),)))
    result = evaluate_cuts([gold], [named], None, Resampling(20))
    assert result.figures["through.strict.f1"].value is None
    assert result.figures["cuts.r"].value == 1.0
    assert result.cost == {}
