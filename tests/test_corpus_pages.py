import random
import re

import pytest
from corpus_cases import write_corpus
from hypothesis import given
from hypothesis import strategies as st

from tagger.corpus import damage
from tagger.corpus.articles import Role
from tagger.corpus.compose import compose
from tagger.corpus.dumping import dump, gold_of
from tagger.corpus.gold_pages import align
from tagger.corpus.layouts import LAYOUTS, render
from tagger.corpus.pdf import write_pdf
from tagger.corpus.reading import read_whole
from tagger.corpus.splits import SplitName
from tagger.corpus.traced import Traced, span_in
from tagger.errors import GoldError
from tagger.readers.files import read_bytes

HALF = str.maketrans("，（）：；！？", ",():;!?")
DAMAGES = [
    damage.half_width,
    damage.pad_names,
    damage.lose_beginning,
    damage.lose_end,
    damage.label_below,
    damage.kicker_below_title,
    damage.kicker_beside_title,
]


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    return read_whole(write_corpus(tmp_path_factory.mktemp("corpus")))


@pytest.fixture(scope="module")
def pages(articles):
    return list(compose(SplitName.TRAIN, articles, 11))


def dice(seed: int) -> random.Random:
    return random.Random(seed)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text).translate(HALF)


@given(st.text(max_size=20), st.integers(0, 20), st.text(max_size=3), st.data())
def test_traced_text_knows_where_it_came_from(text, at, new, data):
    at = min(at, len(text))
    traced = Traced.of(text, 5).insert(at, new)
    assert traced.text == text[:at] + new + text[at:]
    places = traced.places()
    assert [traced.text[places[n + 5]] for n in range(len(text))] == list(text)
    cut = data.draw(st.integers(0, len(traced)))
    assert traced[:cut] + traced[cut:] == traced
    assert Traced.join("", [traced[:cut], traced[cut:]]) == traced


def test_a_span_is_found_whole_or_not_at_all():
    places = Traced.of("田志军来").insert(1, "\n")[:4].places()
    assert span_in(places, 0, 3) == (0, 4)
    assert span_in(places, 2, 4) is None
    assert span_in(places, 2, 4, whole=False) == (3, 4)
    assert span_in(places, 3, 4) is None


def test_characters_are_exchanged_one_for_one():
    with pytest.raises(ValueError, match="one character"):
        Traced.of("，").translate({ord("，"): None})


@pytest.mark.parametrize("happens", DAMAGES)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_names_left_by_damage_are_whole(articles, happens, layout):
    touched = 0
    for number, article in enumerate(articles):
        rng = dice(number)
        whole = damage.lines_of(article)
        lines = happens(whole, article, rng)
        touched += lines != whole
        text = render(lines, layout, rng)
        places = text.places()
        for entity in article.entities:
            some = span_in(places, entity.start, entity.end, whole=False)
            found = span_in(places, entity.start, entity.end)
            assert found == some, "a name was cut"
            if found:
                name = article.text[entity.start : entity.end]
                assert bare(text.text[slice(*found)]) == bare(name)
    assert touched


def test_a_lost_beginning_leaves_the_title_and_no_lead(articles):
    lost = 0
    for article in articles:
        lines = damage.lines_of(article)
        damaged = damage.lose_beginning(lines, article, dice(1))
        if damaged == lines:
            continue
        lost += 1
        text = "\n".join(line.text.text for line in damaged)
        assert "本报讯" not in text
        assert [x for x in damaged if x.role is Role.TITLE]
        assert article.text.endswith(damaged[-1].text.text)
    assert lost > 10


@pytest.mark.parametrize(
    ("label", "moves"),
    [("城乡速递", True), ("八件实事逐条落地", True), ("沿线八个村庄都设了车站", False)],
)
def test_only_short_labels_come_out_behind_the_article(articles, label, moves):
    kicker = damage.Line(Traced.of(label), Role.KICKER)
    rest = [damage.Line(Traced.of("题"), Role.TITLE), damage.Line(Traced.of("文。"))]
    found = damage.label_below([kicker, *rest], articles[0], dice(1))
    assert (found[-1] == kicker) is moves


def test_both_halves_of_a_turned_page_are_the_article(articles):
    turned = 0
    for article in articles:
        lines = damage.lines_of(article)
        halves = damage.turn_page(lines, article, dice(2))
        if halves:
            turned += 1
            front, rest = halves
            joined = [x.text.text for x in (*front, *rest)]
            assert "".join(joined) == article.text.replace("\n", "")
    assert turned > 10


def test_pages_are_of_6_to_14_articles_in_order(pages):
    assert {page.encoding for page in pages} == {
        "utf-8",
        "gb18030",
        "docx",
        "pdf",
    }
    for page in pages:
        assert 6 <= len(page.placed) <= 14
        ends = [placed.start + len(placed.text) for placed in page.placed]
        starts = [placed.start for placed in page.placed]
        assert all(a <= b for a, b in zip(ends, starts[1:], strict=False))
    states = {placed.state for page in pages for placed in page.placed}
    assert {"beginning lost", "continued", "continuation"} <= states


def test_gold_of_pages_is_the_gold_of_articles(pages, articles):
    by_id = {article.id: article for article in articles}
    for page in pages:
        item = gold_of(page, dump(page))
        text = item["text"]
        for found in item["articles"]:
            article = by_id[found["id"]]
            names = {
                (bare(article.text[e.start : e.end]), str(e.label))
                for e in article.entities
            }
            for start, end, label in found["entities"]:
                assert found["start"] <= start < end <= found["end"]
                assert (bare(text[start:end]), label) in names
            if found["state"] is None:
                assert len(found["entities"]) == len(article.entities)
                assert tuple(found["byline"]) == article.byline
                assert bare(article.title) in bare(found["title"])


def test_the_same_seed_gives_the_same_bytes(articles, pages):
    again = list(compose(SplitName.TRAIN, articles, 11))
    assert [dump(page) for page in again] == [dump(page) for page in pages]
    other = list(compose(SplitName.TRAIN, articles, 11, seed=1))
    assert [page.text for page in other] != [page.text for page in pages]


def test_too_few_articles_are_refused(articles):
    with pytest.raises(GoldError, match="need 60 articles"):
        list(compose(SplitName.DEV, articles[:50], 10))


@given(st.text("丁洁，。 \n　a1", max_size=40))
def test_texts_that_differ_in_blanks_are_aligned(text):
    other = "\n ".join(text.split())
    alignment = align(text, other)
    for place, there in alignment.places.items():
        assert text[place] == other[there]
    with pytest.raises(GoldError, match="reads back otherwise"):
        align(text, other + "x")


def test_a_pdf_reads_back():
    lines = [f"第{n}行：晋城市委常委田志军，GDP增长5.2%（初步）" for n in range(200)]
    page = read_bytes(write_pdf(["", *lines]), "x.pdf", ".pdf")
    assert page.text.split("\n")[:200] == lines


def test_a_rare_character_cannot_go_to_pdf():
    with pytest.raises(GoldError, match="cannot be written to PDF"):
        write_pdf(["王𬍤"])
