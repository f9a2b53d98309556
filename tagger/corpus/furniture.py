"""What stands on a page and belongs to no article: mastheads, page numbers, desks."""

import random
from datetime import date
from typing import Final

#: No paper of these names is known to us; no editor's name stands on a page.
_PAPERS: Final = (
    "新河日报 远山晚报 东岭晨报 云川日报 南屏商报 柳坪时报 石桥周报 青原都市报 北渡早报"
).split()
_DESKS: Final = "要闻 综合新闻 县域 民生 城事 经济 法治在线 教科文卫 体育 国际 读者来信 专版".split()
_WEEK: Final = "一二三四五六日"
_BELOW: Final = (
    "新闻热线：12340 投稿邮箱：news@example.com",
    "本版编辑：夜班编辑部 版式：美术部",
    "国内统一刊号：CN00-0000 零售价：1.00元",
    "责任编辑：要闻部 校对：校检组",
)


def masthead(day: date, number: int, rng: random.Random) -> str:
    """The head of a page in one of the forms papers use; may be no more than a desk."""
    week = f"星期{_WEEK[day.weekday()]}"
    printed = f"{day.year}年{day.month}月{day.day}日"
    paper, desk = rng.choice(_PAPERS), rng.choice(_DESKS)
    return rng.choice(
        (
            f"{paper} {printed} {number:03}版 {desk}",
            f"{printed} {week} 第{number}版 {desk}",
            f"第{number}版 {desk}",
            f"{paper} {printed} {week}\n第{number}版",
            f"A{number:02}版 {desk}",
        )
    )


def below(number: int, rng: random.Random) -> str:
    """A line at the foot of a page."""
    return rng.choice((*_BELOW, f"第{number}版", f"- {number} -"))
