"""What lines of a newspaper page look like. Patterns only; each with an example.

All are matched against lines whose punctuation was made half-width, character for
character (`lines.half_width`).
"""

import re
from typing import Final

_HAN: Final = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
#: One person: 丁 洁, 王思宇, 古丽娜尔·买买提
_PERSON: Final = rf"(?:{_HAN}[ \u3000]{{1,3}}{_HAN}|{_HAN}{{2,4}}|{_HAN}{{1,6}}(?:·{_HAN}{{1,8}}){{1,3}})"
#: Several: 王 丹、王思宇 / 耿婧媛 张雪娇
_PERSONS: Final = rf"{_PERSON}(?:[、,/ \u3000]+{_PERSON}){{0,7}}"
#: What a person is to the paper: 本报记者, 海南日报全媒体记者, 通讯员, 实习生
_ROLE: Final = r"(?:[^\s,。;()]{0,12}(?:记者|通讯员|实习生|评论员|特约撰稿人?|撰稿|作者|见习生)[:/]?)"

#: 本报讯 / 本报海口7月14日讯( / 新华社北京1月2日电 / 据新华社 / 中新网三江12月9日电
OPENER: Final = re.compile(
    r"(?:本报|本刊|本台)[^,。;:()]{0,14}?(?:讯|电)(?=[\s(,:【]|\d|记者|[\u4e00-\u9fff])"
    r"|(?:据)?(?:新华社|中新社|中新网|人民网|央视网|新华网)[^,。;:()]{0,20}?(?:讯|电)(?=[\s(,:]|$)"
    r"|(?:据)(?:新华社|中新社|央视|人民日报)[^。]{0,10}?(?:电|报道|消息)"
    r"|(?:【[^】]{1,12}】)?[\u4e00-\u9fff]{2,8}\d{1,2}月\d{1,2}日[讯电](?=[\s(,:])"
    r"|(?:通讯员|记者)[^,。;]{2,20}报道[:,]"
)
#: The day an opening names: 本报海口7月14日讯, 本报讯 12月5日,
OPENING_DAY: Final = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
#: (记者 苗 岚) in an opening
LEAD_BYLINE: Final = re.compile(rf"\(\s*(?:{_ROLE})[^()]{{1,60}}\)")

#: A whole line: (何宝国) / (记者 闻人静 通讯员 马小川)
SIGNED: Final = re.compile(
    rf"\s*\(\s*(?:{_ROLE}\s*)?{_PERSONS}(?:\s*{_ROLE}\s*{_PERSONS})*"
    r"(?:\s*(?:文/图|摄影报道|摄影|摄|文|图))?\s*\)\s*"
)
#: At the end of a paragraph: …再建6处。 (丁 帆)
SIGNED_END: Final = re.compile(
    rf"(?<=[。!?”;.])\s*\(\s*(?:{_ROLE}\s*)?{_PERSONS}(?:\s*{_ROLE}\s*{_PERSONS})*\s*\)\s*$"
)
#: An article's last words: (新华社北京7月9日电 记者黄玥) / (完) / (作者系…) / (据新华社)
CLOSED: Final = re.compile(
    r"\((?:据?(?:新华社|中新社|中新网|人民日报|央视)[^()]{0,60}|完|作者[^()]{2,80}|"
    r"执笔[^()]{2,30}|来源[:][^()]{2,30}|本报[^()]{0,40}(?:讯|电|日)|下转[^()]{1,20})\)\s*$"
    r"|【(?:作者|本文)[^】]{2,80}】\s*$"
)
#: A whole line: 记者 张秀丽 / 本报记者 苗岚 通讯员 马小川 / 海南日报全媒体记者 郭萃
REPORTERS: Final = re.compile(
    rf"(?:文/)?{_ROLE}\s*{_PERSONS}(?:\s*{_ROLE}\s*{_PERSONS})*(?:\s*(?:文/图|摄影报道|摄影|摄))?"
)
#: Photo credits: 耿婧媛 张雪娇 摄影报道 / 曹 轲 摄 / 新华社记者 李响 摄 / (资料图片)
CREDIT: Final = re.compile(
    rf"(?:{_ROLE}\s*)?{_PERSONS}\s*(?:摄影报道|摄影|文/图|文并摄|图/文|供图|摄|图)(?:\(\w+\))?$"
)
#: 文/海南日报全媒体记者 吴心怡 图/洋浦海事局, 制图/许丽
CREDIT_SLASHED: Final = re.compile(
    r"(?:(?:文|图|制图|摄影|漫画|供图|策划|视频|撰文|监制|编导|文案|视觉|海报设计|统筹|剪辑|配音)[/:\\].{2,30}){1,3}"
)
CREDIT_END: Final = re.compile(
    rf"[。)”]\s*(?:{_ROLE}\s*)?{_PERSONS}\s*(?:摄影报道|摄影|文/图|供图|摄)$"
)
#: Under a headline: ■ 熊安静 / □ 本报记者 王某 / 文\海南日报全媒体记者
AUTHOR_MARK: Final = re.compile(rf"[■□●◎◆▲]\s*(?:{_ROLE}\s*)?{_PERSONS}?.{{0,16}}$")
#: Furniture of a page: 海南日报 2026年7月8日 004版 理论周刊 / 第4版 / 责编 …
FURNITURE: Final = re.compile(
    r".{0,20}\d{4}年\d{1,2}月\d{1,2}日.{0,16}(?:版|星期.{0,20}).{0,12}"
    r"|第?\s*[A-D]?\d{1,3}\s*版.{0,12}"
    r"|[(◀▶►◁]*\s*(?:紧接|上接|下转|.{0,12}见)第?\s*\w{1,4}\s*版.{0,24}"
    r"|(?:责任?编辑?|责编|美编|校对|版式|编辑|值班主任|主编|组版|检校|统筹)[:\s/].{0,50}"
    r"|(?:邮箱|电话|E-?mail|新闻热线|国内统一刊号|邮发代号|零售价|网址).{0,60}"
    r"|[-—=*_·.\s\d]{1,40}"
    r"|\d{4}年\d{1,2}月\d{1,2}日(?:\s*星期.)?"
)
#: The day a page is of: 2026年7月8日 / 2024-12-06 / 20241206
PAGE_DAY: Final = re.compile(
    r"((?:19|20)\d{2})(?:年|[-./]?)(\d{1,2})(?:月|[-./]?)(\d{2}|\d)(?!\d)"
)
#: Numbered or drawn-out subheads: 一、… (二)… 3.… …——
ENUMERATED: Final = re.compile(
    r"(?:[(]?[一二三四五六七八九十]{1,3}[)、.]|\d{1,2}[.、]|第[一二三四五六七八九十]|[●◆▲►◇]).*|.*——"
)
#: How the first sentence of a report often runs: 7月12日, / 近日, / 记者从…获悉
FIRST_WORDS: Final = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日|近日|日前|昨日|昨天|今日|今天|连日来|当地时间|记者|据|随着|今年|去年"
)
#: Words that stand where a headline could but announce a paragraph.
ANNOUNCED: Final = re.compile(
    r"[【\[]?(?:编者按|核心阅读|本期导读|阅读提示|新闻背景|相关链接|新闻链接)[】\]]?:?"
)
SENTENCE_END: Final = re.compile(r"[。!?…”』」)》;:]\s*$")
#: Words that say what a person did, to be taken off a byline.
ROLE_WORDS: Final = re.compile(
    rf"{_ROLE}|摄影报道|文/图|图/文|文并摄|供图|摄影|[■□●◎◆▲()（）/:：]|(?<=\s)(?:摄|文|图)(?=\s|$)|(?:^|\s)文(?=\s)"
)
PADDED: Final = re.compile(
    rf"(?:(?<=^)|(?<=[\s、,])){_HAN}[ \u3000]{{1,3}}{_HAN}(?=$|[\s、,])"
)
PERSON: Final = re.compile(rf"{_PERSON}")
