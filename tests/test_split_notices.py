"""Notices, letters and turned pages: what stands there instead of 本报讯 and bylines."""

import pytest

from tagger.records import Page
from tagger.split import Reason, split, whole
from tagger.split.lines import Role, paragraphs

NOTICE = """关于湖畔新区部分路段停水的通告
因管网改造,湖畔新区青鱼路至解放路段将于5月21日夜间停水,请沿线居民提前储水。
云川市水务局 云川市住房和城乡建设局
2024年5月20日
"""
LETTER = """路口的灯不亮了
编辑同志:
解放路口的灯坏了半个月,晚上过路很不安全,盼有人来修。
解放街道一位读者
"""


def page(text):
    return Page(text, "page.txt", "0" * 64, "utf-8")


def articles(text):
    return split(page(text)).articles


def test_issuers_and_the_day_below_a_notice_may_end_an_article():
    _, _, issuers, day = paragraphs(NOTICE)
    assert [(p.role, p.closes) for p in (issuers, day)] == [(Role.BYLINE, True)] * 2


def test_a_day_below_a_headline_ends_nothing():
    assert not any(p.closes for p in paragraphs("云川市水务局\n2024年5月20日\n"))


@pytest.mark.parametrize(
    "issuer",
    ["云川市水务局", "云水公告〔2024〕7号", "云川市水务局\n云水公告〔2024〕7号"],
)
def test_who_issues_a_notice_is_not_its_title(issuer):
    first, rest = NOTICE.split("\n", 1)
    (article,) = whole(page(f"{first}\n{issuer}\n{rest}")).articles
    assert (article.title, article.kicker) == (first, ())


def test_a_heading_below_a_notices_name_that_issues_nothing_is_the_title():
    text = NOTICE.replace("2024年5月20日\n", "")
    (article,) = whole(page(f"本周通知\n青鱼路将于今夜停水\n{text[16:]}")).articles
    assert (article.title, article.kicker) == ("青鱼路将于今夜停水", ("本周通知",))


def test_a_letter_opens_with_whom_it_greets_and_ends_with_its_reader():
    _, greeting, _, reader = paragraphs(LETTER)
    assert (greeting.opens, reader.role, reader.closes) == (True, Role.BYLINE, True)


def test_text_that_comes_from_another_page_begins_an_article():
    text = (
        "云川热力完成检修\n本报讯 云川热力公司宣布,管网检修全部完成。(下转第4版)\n"
        "(上接第1版)沿线的八个村庄都设了车站,村民出门方便多了。\n"
    )
    first, second = articles(text)
    assert first.title == "云川热力完成检修"
    assert Reason.CONTINUED in second.reasons


@pytest.mark.parametrize("digits", ["", "2024", "312.5公里,"])
def test_indented_lines_broken_after_so_many_characters_are_paragraphs_again(digits):
    sentence = f"云川市在湖畔新区启动{digits}冬季长跑活动师生参加居民也来了"
    body = "\u3000\u3000" + sentence * 14 + "。"
    lines = [body[n : n + 20] for n in range(0, len(body), 20)]
    (article,) = articles("湖畔新区启动冬季长跑\n" + "\n".join(lines) + "\n")
    assert article.subheads == ()
