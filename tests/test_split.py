"""A page is cut into its articles; nothing is lost between them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.records import Page
from tagger.split import Reason, split, whole
from tagger.split.parts import persons


def page(text, path="page.txt", **fields):
    return Page(text, path, "0" * 64, "utf-8", **fields)


def articles(text, path="page.txt"):
    return split(page(text, path)).articles


DUMP = """
 湖畔新区启动冬季长跑

　　本报讯 11月7日,云川市冬季长跑活动在湖畔新区启动,1200名师生参加,市体育局负责人到场。

　　活动持续到12月底,每周六上午举行一场,沿线设置了8处饮水点,由志

愿者值守。

(苗 岚)

志愿服务

二十四小时不打烊的暖心驿站

　　本报讯 环卫工人贺桂兰推开解放路口一间小屋的门,接了一杯热水。这里提供志愿服务。

(丁 帆、马小川)

 确保冬季供暖安全稳定

 云川热力完成管网检修

　　本报讯 云川市热力有限公司11月6日宣布,全市312公里供热主管网检修全部完成,比去年提前9天。

　　记者 闻人静

　　11月7日,柳林县石槽乡的果农在采摘晚熟苹果。今年全乡苹果种植面积达到1.1万亩。

　　曹 轲 摄影报道
"""


def test_a_page_dump_is_cut_into_its_articles():
    found = articles(DUMP, "2024-11-08.txt")
    assert [(a.title, a.byline) for a in found] == [
        ("湖畔新区启动冬季长跑", ("苗岚",)),
        ("二十四小时不打烊的暖心驿站", ("丁帆", "马小川")),
        ("云川热力完成管网检修", ("闻人静",)),
        (None, ("曹轲",)),
    ]
    assert found[1].column == "志愿服务"
    assert found[2].kicker == ("确保冬季供暖安全稳定",)
    assert found[0].date == "2024-11-07"


def test_a_column_break_in_mid_sentence_is_no_cut():
    assert "愿者值守" in DUMP[slice(articles(DUMP)[0].start, articles(DUMP)[0].end)]


def test_an_article_without_a_title_says_so():
    assert Reason.NO_TITLE in articles(DUMP)[3].reasons


def test_one_article_stays_one_with_its_subheads():
    text = (
        "云川高质量发展纪实\n本报记者 苗岚\n"
        "五年来，云川市坚持生态优先，城市面貌发生了很大变化，居民的日子一天比一天好。\n"
        "产业强了\n走进高新区的车间，机器轰鸣，工人们正在赶制订单，产品销往二十多个国家。\n"
        "环境美了\n青鱼河两岸绿树成荫，傍晚时分，散步的居民三三两两，孩子们在草地上玩耍。\n"
    )
    (article,) = articles(text)
    assert article.subheads == ("产业强了", "环境美了")
    assert article.byline == ("苗岚",)


def test_whole_is_exactly_one_article_that_is_the_page():
    (article,) = whole(page(DUMP)).articles
    assert (article.start, article.end) == (0, len(DUMP))


def test_a_page_that_came_with_a_title_is_one_article():
    (article,) = split(page(DUMP, title="题")).articles
    assert article.title == "题"


def test_furniture_is_left_over():
    text = (
        "云川日报 2024年11月8日 第3版 综合\n" + DUMP.strip() + "\n责编 王某 校对 李某\n"
    )
    result = split(page(text))
    left = "".join(text[start:end] for start, end in result.leftovers)
    assert "第3版" in left
    assert "责编" in left


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("(丁 洁)", ["丁洁"]),
        ("(王 丹、王思宇)", ["王丹", "王思宇"]),
        ("耿某媛 张某娇 摄影报道", ["耿某媛", "张某娇"]),
        ("(记者 闻人静 通讯员 马小川)", ["闻人静", "马小川"]),
        ("海南日报全媒体记者 郭某", ["郭某"]),
        ("■ 古丽娜尔·买买提", ["古丽娜尔·买买提"]),
        ("曹 轲 摄", ["曹轲"]),
    ],
)
def test_bylines_give_names_without_titles_and_padding(text, names):
    assert persons(text) == names


LINES = st.sampled_from(
    [
        "本报讯 近日，云川市召开会议。", "湖畔新区启动冬季长跑", "(丁 洁)", "志愿服务", "",
        "　　记者从市教育局获悉，今年将新建三所学校，缓解入学压力，", "记者 张某某", "曹 轲 摄",
        "责编 王某", "一、总体要求", "——", "\u2028", " \x0b ", "第3版",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=25).map("\n".join) | st.text(max_size=200))
def test_articles_and_leftovers_are_the_page(text):
    if not text.strip():
        return
    result = split(page(text))
    spans = sorted([*((a.start, a.end) for a in result.articles), *result.leftovers])
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(0.0 <= article.confidence <= 1.0 for article in result.articles)


@pytest.mark.parametrize("unit", ["好", "好\n", "(", "。", " ", "记者 张\n", "1月"])
def test_time_grows_with_the_page_not_faster(unit):
    begin = time.perf_counter()
    split(page(unit * 100_000 + "完"))
    assert time.perf_counter() - begin < 20


def test_the_dump_that_this_was_made_for(shared):
    path = shared / "pages/taiyuan-2024-12-06.txt"
    found = articles(path.read_text("utf-8"), path.name)
    assert [a.byline for a in found] == [
        ("丁洁",), ("何宝国",), ("何宝国",), ("张秀丽",), ("耿婧媛", "张雪娇"), ("齐向真",),
        ("弓凤飞",), ("陈幸华",), ("王丹", "王思宇"), ("张晓丽",), ("何宝国",),
    ]  # fmt: skip
    assert found[4].title is None
    assert found[6].kicker == ("再次提高抚恤和生活补助标准",)
    assert found[6].title == "全省二十一万优抚对象受惠"
    assert Reason.BEGINNING_LOST in found[3].reasons
