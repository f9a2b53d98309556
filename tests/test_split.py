"""A page is cut into its articles; nothing is lost between them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.records import Page
from tagger.split import Reason, split, whole
from tagger.split.bylines import persons


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
        ("丁 洁 王 丹 摄影报道", ["丁洁", "王丹"]),
        ("(资料图片)", []),
        ("本报评论员", []),
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


def test_a_headline_above_a_broken_sentence_is_told_from_its_beginning():
    text = (
        "云川供热提前完成检修\n\n本报讯 云川热力公司昨日宣布,全市管网检修全部完成,比去年提前九\n\n天。\n\n"
        "检修分三个阶段进行,每个阶段结束后都请居民代表到场查看,并把结果贴在小区公\n\n告栏里。\n\n"
        "公司在三个小区试行了新的服务,由专人上门为居民检查暖气\n\n管道,更换老化的阀门,居民都很满意。\n\n(苗 岚)\n"
    )
    (article,) = articles(text)
    assert article.title == "云川供热提前完成检修"
    assert article.subheads == ()


def test_a_dateline_alone_goes_on_below():
    text = "青鱼河边添新绿\n本报云川11月7日讯 (记者 苗 岚)\n\n11月7日,青鱼河边种下两千棵树。\n"
    (article,) = articles(text, "2024-11-08.txt")
    assert article.byline == ("苗岚",)
    assert article.date == "2024-11-07"


def test_lines_wrapped_at_one_width_are_paragraphs_again():
    body = "云川市在湖畔新区启动冬季长跑活动" * 12 + "。"
    wrapped = "\n".join(body[n : n + 20] for n in range(0, len(body), 20))
    (article,) = articles(f"湖畔新区启动冬季长跑\n{wrapped}\n")
    assert article.subheads == ()


def test_a_headline_broken_for_the_columns_sake_is_one():
    text = (
        "第三届云川国际青年\n龙舟邀请赛开桨\n"
        "本报讯 第三届云川国际青年龙舟邀请赛11月7日在青鱼河开桨,十二支队伍参赛。\n(苗 岚)\n"
    )
    assert articles(text)[0].title == "第三届云川国际青年龙舟邀请赛开桨"


def test_a_headline_loses_its_layout_blanks():
    assert articles("导　　读\n第三版看供暖,第四版看长跑。\n")[0].title == "导读"


@pytest.mark.parametrize(
    ("opening", "path", "day"),
    [
        ("本报云川11月7日讯 全市", "2024-11-08.txt", "2024-11-07"),
        ("本报讯 12月31日,全市", "2025-01-01.txt", "2024-12-31"),
        ("本报讯 近日,全市", "2024-11-08.txt", None),
        ("本报云川11月7日讯 全市", "page.txt", None),
        ("本报讯 11月20日起,全市", "2024-11-08.txt", None),
        ("本报讯 2月30日,全市", "2024-11-08.txt", None),
    ],
)
def test_a_day_needs_a_year_and_lies_not_ahead(opening, path, day):
    text = f"供热检修完成\n{opening}管网检修完成,居民家中温度达标。\n"
    assert articles(text, path)[0].date == day


def test_a_dump_with_author_and_time_above_gives_both():
    text = (
        "湖畔新区启动冬季长跑\n作者：苗岚;丁帆 时间：2024-11-08\n十二支队伍参加了长跑。\n"
        "云川热力完成管网检修\n作者：闻人静 时间：2024-11-09\n管网检修全部完成。\n"
    )
    assert [(a.byline, a.date) for a in articles(text)] == [
        (("苗岚", "丁帆"), "2024-11-08"),
        (("闻人静",), "2024-11-09"),
    ]


def test_a_story_continued_from_another_page_says_so():
    text = "环湖公路通车\n上接A01版\n沿线的八个村庄都设了车站,村民出门方便多了。\n"
    assert Reason.CONTINUED in articles(text)[0].reasons


def test_a_headline_alone_has_no_body():
    assert Reason.NO_BODY in articles("湖畔新区启动冬季长跑")[0].reasons


def test_every_reason_is_a_sentence_in_chinese():
    assert all(reason.zh.endswith("。") for reason in Reason)


def test_a_label_below_the_last_article_is_its_own():
    text = DUMP + "\n 摄影天地\n"
    assert articles(text)[-1].column == "摄影天地"


@pytest.mark.parametrize(
    "unit",
    [
        "好",
        "好\n",
        "(",
        "。",
        " ",
        " \n",
        "记者 张\n",
        "(记者 ",
        "1月",
        "王丹、",
        "上接",
        "丁 ",
    ],
)
def test_time_grows_with_the_page_not_faster(unit):
    begin = time.process_time()
    split(page(f"完{unit * 20_000}\n完"))
    assert time.process_time() - begin < 4


def test_the_dump_that_this_was_made_for(shared):
    path = shared / "pages/taiyuan-2024-12-06.txt"
    found = articles(path.read_text("utf-8"), path.name)
    assert [a.byline for a in found] == [
        ("丁洁",), ("何宝国",), ("何宝国",), ("张秀丽",), ("耿婧媛", "张雪娇"), ("齐向真",),
        ("弓凤飞",), ("陈幸华",), ("王丹", "王思宇"), ("张晓丽",), ("何宝国",),
    ]  # fmt: skip
    assert len(found[0].subheads) == 4
    assert found[0].kicker[0] == "省政府新闻办发布会"
    assert found[4].title is None
    assert [a.column for a in found[5:]] == [
        "志愿服务", None, None, "为民创城不停步 / 法治宣传教育", "文明校园创建", "智慧城市",
    ]  # fmt: skip
    assert found[6].kicker == ("再次提高抚恤和生活补助标准",)
    assert found[6].title == "全省二十一万优抚对象受惠"
    assert Reason.BEGINNING_LOST in found[3].reasons
