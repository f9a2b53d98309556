"""Kinds of mistakes, the rules that decide them, and slices."""

import pytest
from hypothesis import given
from scoring_cases import corpora, marked, random_corpus

from tagger.scoring.confusion import confusion
from tagger.scoring.documents import Document, Facts, Filing, Span
from tagger.scoring.evaluation import evaluate
from tagger.scoring.kinds import Kind
from tagger.scoring.matching import match
from tagger.scoring.mistakes import count_kinds, count_rules, find_mistakes
from tagger.scoring.slices import Seen
from tagger.scoring.statistics import Resampling
from tagger.scoring.tables import labels_of, table
from tagger.scoring.zones import Zone, zones


def mistakes_in(gold_line, predicted_line):
    (text, gold), (same, found) = marked(gold_line), marked(predicted_line)
    assert text == same
    return mistakes_of([Document("a", text, gold)], [Document("a", text, found)])


def mistakes_of(gold, predicted):
    labels = labels_of(gold, predicted)
    matching = match(table(gold, labels), table(predicted, labels))
    return find_mistakes(gold, matching, labels)


@pytest.mark.parametrize(
    ("gold", "predicted", "kinds", "rule"),
    [
        ("[云川市](LOC)降雨", "云川市降雨", "missed", None),
        ("柳湾降雨", "[柳湾](LOC)降雨", "spurious", None),
        ("我市降雨", "[我市](LOC)降雨", "spurious generic-word", "R7"),
        ("[柳湾](LOC)降雨", "[柳湾](PER)降雨", "wrong-type", None),
        ("去[柳湾小学](ORG)", "去[柳湾小学](LOC)", "wrong-type", "R10"),
        ("在[云川机场](LOC)", "在[云川机场](ORG)", "wrong-type", "R22"),
        ("[云川市](LOC)宣布", "[云川市](ORG)宣布", "wrong-type", "R11"),
        ("[云川市](LOC)市长说", "[云川市](ORG)市长说", "wrong-type", "R5"),
        (
            "[云川市教育局](ORG)说",
            "[云川市](LOC)[教育局](ORG)说",
            "split",
            "R1",
        ),
        ("[云川市教育局](ORG)说", "云川市[教育局](ORG)说", "left-short", "R1"),
        (
            "[云川市柳湾县](LOC)雨",
            "[云川市](LOC)[柳湾县](LOC)雨",
            "split",
            "R2",
        ),
        (
            "[云川集团](ORG)所属[柳湾煤矿](ORG)",
            "[云川集团所属柳湾煤矿](ORG)",
            "merged",
            "R3",
        ),
        (
            "副市长[陈立文](PER)说",
            "[副市长陈立文](PER)说",
            "left-long title-swallowed",
            "R14",
        ),
        (
            "[陈立文](PER)先生说",
            "[陈立文先生](PER)说",
            "right-long title-swallowed",
            "R23",
        ),
        (
            "在[云川市\n教育局](ORG)",
            "在[云川市](LOC)\n教育局",
            "right-short wrong-type broken-by-wrap",
            "R13",
        ),
        ("记者[丁 洁](PER)报道", "记者[丁](PER) 洁报道", "right-short", "R13"),
        ("[柳湾社](ORG)称", "“[柳湾社](ORG)称".replace("“", ""), "", None),
        ("“[柳湾](LOC)”", "[“柳湾”](LOC)", "left-long right-long", "R18"),
        ("[市委](ORG)决定", "市委决定", "missed", "R6"),
        ("据[云川晚报](ORG)", "据云川晚报", "missed", "R15"),
        ("访[琼](LOC)团", "访琼团", "missed", "R20"),
        ("[海云](LOC)西南部", "[海云西南部](LOC)", "right-long", "R25"),
        ("[云川县](LOC)籍球员", "[云川县籍](LOC)球员", "right-long", "R21"),
        ("[柳湾厂](ORG)党委书记", "[柳湾厂党委](ORG)书记", "right-long", "R19"),
        ("《柳湾往事》上映", "《[柳湾](LOC)往事》上映", "spurious", "R9"),
        ("[约翰·李](PER)说", "[约翰](PER)·李说", "right-short", "R16"),
    ],
)
def test_kinds_and_rule_of_a_mistake(gold, predicted, kinds, rule):
    found = mistakes_in(gold, predicted)
    assert " ".join(kind for mistake in found for kind in mistake.kinds) == kinds
    assert [mistake.rule for mistake in found] == ([rule] if kinds else [])


def test_names_that_touch_in_a_chain_are_one_mistake():
    (found,) = mistakes_in(
        "[云川市](LOC)[教育局办公室](ORG)", "[云川市教育局](ORG)[办公室](ORG)"
    )
    assert found.kinds == (Kind.MERGED, Kind.SPLIT)
    assert len(found.gold) == len(found.predicted) == 2
    assert (found.start, found.end) == (0, 9)


@given(corpora())
def test_every_span_not_found_is_in_exactly_one_mistake(corpus):
    gold, predicted = corpus
    found = mistakes_of(gold, predicted)
    for side, of in ((gold, lambda m: m.gold), (predicted, lambda m: m.predicted)):
        other = predicted if side is gold else gold
        wrong = [
            (n, span)
            for n, (own, theirs) in enumerate(zip(side, other, strict=True))
            for span in own.spans
            if span not in theirs.spans
        ]
        listed = [(m.article, span) for m in found for span in of(m)]
        assert sorted(listed) == sorted(wrong)
    assert all(m.kinds for m in found)


def test_kinds_turn_round_with_the_sides():
    gold, predicted = random_corpus(11, articles=200, like_gold=False)
    turn = {
        "missed": "spurious",
        "left-short": "left-long",
        "right-short": "right-long",
        "merged": "split",
    }
    turn |= {b: a for a, b in turn.items()} | {"wrong-type": "wrong-type"}
    one = count_kinds(mistakes_of(gold, predicted))
    two = count_kinds(mistakes_of(predicted, gold))
    for kind, other in turn.items():
        assert one[kind] == two[other] > 0
    assert not count_rules([])


@given(corpora())
def test_confusion_counts_every_span_once(corpus):
    gold, predicted = corpus
    labels = labels_of(gold, predicted)
    counts = confusion(
        match(table(gold, labels), table(predicted, labels)), labels
    ).counts
    assert counts[:-1].sum() == sum(len(d.spans) for d in gold)
    assert counts[:, :-1].sum() == sum(len(d.spans) for d in predicted)
    assert counts[-1, -1] == 0


def test_parts_of_an_article_are_told_apart():
    text = (
        "柳湾小学开学\n"
        "本报云川讯（记者 丁洁 通讯员 高原）昨日，柳湾小学四百名学生回到课堂，新教室里明亮宽敞。\n"
        "校长陈立文说，食堂也翻修了。（本报记者 丁洁 摄影报道）\n"
        "■ 本报记者 丁洁"
    )
    marks = zones(Document("a", text))
    assert len(marks) == len(text)

    def zone(words, nth=0):
        place = -1
        for _ in range(nth + 1):
            place = text.index(words, place + 1)
        return Zone(marks[place])

    assert zone("柳湾小学") is Zone.HEADLINE
    assert zone("丁洁") is zone("丁洁", 1) is zone("丁洁", 2) is Zone.BYLINE
    assert zone("昨日") is Zone.LEAD
    assert zone("陈立文") is Zone.BODY
    assert set(zones(Document("b", "陈立文说，食堂也翻修了。"))) == {Zone.BODY}


def test_a_title_that_is_known_is_the_headline():
    text = "教育\n柳湾小学开学迎来\n四百名学生\n正文在这里，比二十个字还要长，这样才算是导语。"
    facts = Facts(title="柳湾小学开学迎来四百名学生")
    marks = zones(Document("a", text, facts=facts))
    assert Zone(marks[0]) is Zone.BODY
    assert Zone(marks[text.index("四百")]) is Zone.HEADLINE


def test_parts_that_are_known_tell_the_zones():
    text = "柳湾小学开学\n丁洁\n正文在这里，比二十个字还要长，这样才算是导语。"
    facts = Facts(parts=((0, 4, "title"), (7, 9, "byline")))
    marks = zones(Document("a", text, facts=facts))
    assert [Zone(marks[n]).name for n in (0, 4, 7, 10)] == [
        "HEADLINE",
        "BODY",
        "BYLINE",
        "LEAD",
    ]


def test_slices_count_gold_and_predicted_by_their_own_bucket():
    text, gold = marked("[云川市](LOC)[䶮](PER)与[ＩＢＭ](ORG)和[柳湾](LOC)")
    _, found = marked("[云川市](LOC)䶮与[ＩＢＭ](ORG)[和柳湾](LOC)")
    training = [Document("t", "云川市柳湾", (Span(0, 3, "LOC"), Span(3, 5, "PER")))]
    other = Document("b", "无", (), Filing("law"), Facts(date="2026-03-01"))
    result = evaluate(
        [
            Document("a", text, gold, Filing("health"), Facts(date="2026-02-03")),
            other,
        ],
        [Document("a", text, found), other],
        Resampling(50),
        Seen.of(training),
    )
    value = {name: figure.value for name, figure in result.figures.items()}
    assert value["length=3.p"] == pytest.approx(2 / 3)
    assert value["length=3.r"] == 1.0
    assert value["length=2.r"] == 0.0
    assert value["length=2.p"] is None
    assert value["rare=rare.r"] == 0.0
    assert value["rare=common.r"] == pytest.approx(2 / 3)
    assert value["latin=Latin or digits.f1"] == 1.0
    assert value["training=seen.f1"] == 1.0
    assert value["training=seen as another type.r"] == 0.0
    assert value["training=unseen.r"] == 0.5
    assert "section=health.f1" not in value  # one bucket only
    missed = result.names.mistakes[0]
    assert missed.kinds == (Kind.MISSED,)
    assert result.names.buckets_of(missed)["rare"] == "rare"
    assert result.names.buckets["length"][0] == "1"


def test_slices_add_up_to_the_whole():
    result = evaluate(*random_corpus(12, articles=60), Resampling(20))
    for name, buckets in result.names.buckets.items():
        for what, total in (
            ("gold", "gold"),
            ("predicted", "predicted"),
            ("hit", "strict"),
        ):
            parts = sum(result.counts[f"{name}={bucket}.{what}"] for bucket in buckets)
            assert parts == sum(
                result.counts[f"{x}.{total}"] for x in result.names.labels
            )
