"""What lines of a newspaper page look like. Patterns only; each with an example.

All are matched against lines whose punctuation was made half-width, character for
character (`lines.half_width`). Repetitions are bounded, so that time stays linear.
"""

import re
from typing import Final

_HAN: Final = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
#: The first character of nearly all Chinese names.
_SURNAME: Final = (
    "["
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚"
    "沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱丘侯江尹薛闫阎雷龙黎史陶贺毛段郝顾龚邵覃武钱戴严莫孔向常汤"
    "康易乔赖文施洪季樊兰殷申詹耿关左甘祝葛柴纪舒鲁欧卓柯聂符游裴温尚牛牟柳娄阮单苗翟霍骆辛管祁毕屈靳路倪涂宁"
    "安华齐庞庄项鲍成童岳车章梅盛臧席瞿仇麦伍艾焦查俞喻岑习冼闻敖解卞应柏窦党商褚花穆滕蒲戚占宫冉凌边巩隋强邢"
    "吉包仲景池阳甄苟丛饶全原米佟苑谷邬鄢蔺糜郎郁时於蓝褟楚储宗冷巫闵桂晏师鞠鹿麻阚战尤桑宣南虞巴寇晋封初竺费"
    "房历厉简满郜揭海明云玉么年才腾皮幸竹束税达图伏荣逄戈种都曲邰芦匡郅刁计平代班木漆斯底智衣亓苍佘蒙练连凤丰"
    "茅丹农危邝旷蹇廉狄贝谌蔚缪和水冀舍普阿帅仝弓咸从畅巢买续寿扶綦经招仵虎冒随邴隗贲郇员扬眭回郄茆菅暴折撒忻"
    "呼相亢郏昝逯暨訾禤乌尧展戎敬楼璩由盖督裘贡赫迟邸郗门仉仰元冶勾卜印厍呙咎奚宓宿寸居屠岐巨帖庹弘怀恽扈承拱"
    "撖操攸昌朴来杭枚桓植楮权毋求汲沐沙泉洛淦渠澹甯疏睦粟缑罕羊翁肃胥芮药莘蓟薄衷观豆轩逮遆郐酆钮银锁镡闭闪阙"
    "阴隆雍须风鲜鹤"
    "]"
)
_COMPOUND: Final = "(?:欧阳|上官|司马|诸葛|司徒|皇甫|尉迟|公孙|慕容|令狐|端木|闻人|东方|夏侯|独孤|南宫|轩辕)"
#: Words in brackets or above a picture that are no names: (图片), (完), (主办方供图)
_NO_NAME: Final = r"(?:图|资料|如|下|上|本|见|略|待|左|右|前|后|原|来源|据|全|详|主办|受访|新华|央视|记者|通讯|作者|编者|导读)"
#: One person: 丁 洁, 何 宝 国, 王思宇, 闻人静, 古丽娜尔·买买提
_PERSON: Final = (
    rf"(?:{_HAN}{{1,6}}(?:·{_HAN}{{1,8}}){{1,3}}|{_COMPOUND}{_HAN}{{1,2}}"
    rf"|{_HAN}[ \u3000]{{1,4}}{_HAN}(?:[ \u3000]{{1,4}}{_HAN})?(?!{_HAN})"
    rf"|(?!{_NO_NAME}){_HAN}{{2,3}}|{_SURNAME}{_HAN}{{3}})"
)
#: Several: 王 丹、王思宇 / 丁帆 马小川
_PERSONS: Final = rf"{_PERSON}(?:[、,;/ \u3000]{{1,4}}{_PERSON}){{0,11}}"
#: What a person is to the paper: 本报记者, 海南日报全媒体记者, 通讯员, 实习生
_ROLE: Final = (
    r"(?:[^\s,。;()]{0,12}(?:记者|通讯员|实习生|评论员|特约撰稿人?|撰稿人?|作者|见习生|执笔|特派员)"
    r"[:/丨|\s]{0,2})"
)
_SIGNERS: Final = (
    rf"(?:{_ROLE}\s{{0,2}})?{_PERSONS}(?:\s{{0,3}}{_ROLE}\s{{0,2}}{_PERSONS}){{0,5}}"
)
_BY_CAMERA: Final = r"(?:摄影报道|摄影|文/图|图/文|文并摄|文、图|供图|摄|图|文)"

#: 本报讯 / 本报海口7月14日讯( / 新华社北京1月2日电 / 据新华社 / 财联社6月14日讯(
OPENER: Final = re.compile(
    r"(?:本报|本刊|本台)[^,。;:()]{0,14}?(?:讯|电)(?=[\s(,:【]|\d|记者|[\u4e00-\u9fff])"
    r"|据?(?:新华社|中新社|中新网|人民网|央视网|新华网|[\u4e00-\u9fff]{2,6}新闻网)[^,。;:()]{0,20}?"
    r"(?:讯|电)(?=[\s(,:]|$)"
    r"|据(?:新华社|中新社|央视|人民日报)[^。]{0,10}?(?:电|报道|消息)"
    r"|本报[^,。;:()]{1,12}(?:消息|报道)(?=[\s(,:])"
    r"|(?:【[^】]{1,12}】)?[\u4e00-\u9fff]{2,8}\d{1,2}月\d{1,2}日[讯电](?=[\s(,:])"
    r"|(?:通讯员|记者)[^,。;]{2,20}报道[:,]"
)
#: A whole line: 编辑同志: / 尊敬的各位业主: / 各位家长:
SALUTATION: Final = re.compile(
    r"(?:编辑(?:同志|老师|先生|部|你好|您好)?|(?:尊敬|亲爱)的[^,。]{2,16}"
    r"|(?:广大|各位|全[市县区校体])[^,。;:]{1,16})[:!]"
)
#: The day an opening names: 本报海口7月14日讯, 本报讯 12月5日,
OPENING_DAY: Final = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
#: (记者 苗 岚) in an opening
LEAD_BYLINE: Final = re.compile(rf"\(\s{{0,2}}{_ROLE}[^()]{{1,60}}\)")

#: A whole line: (马小川) / (记者 闻人静 通讯员 马小川)
SIGNED: Final = re.compile(
    rf"\(\s{{0,2}}{_SIGNERS}(?:\s{{0,2}}{_BY_CAMERA})?\s{{0,2}}\)"
)
#: At the end of a paragraph: …再建6处。 (丁 帆)
SIGNED_END: Final = re.compile(
    rf"(?<=[。!?”;.\s])\(\s{{0,2}}{_SIGNERS}(?:\s{{0,2}}{_BY_CAMERA})?\s{{0,2}}\)$"
)
#: An article's last words: (新华社北京1月2日电 记者丁帆) / (完) / (作者系…) / (据新华社)
CLOSED: Final = re.compile(
    r"\((?:据?(?:新华社|中新社|中新网|人民日报|央视)[^()]{0,60}|完|作者[^()]{2,80}|"
    r"执笔[^()]{2,30}|(?:原载|来源|据)[^()]{2,30}|[^()]{0,20}记者[^()]{2,60}|"
    r"[文图][字片]?(?:整理)?[/:][^()]{2,40}|本报[^()]{0,40}(?:讯|电|日))\)$"
    r"|[【(](?:作者|本文|本版|课题)[^】]{2,160}[】)]$"
)
#: A whole line: 记者 苗岚 / 本报记者 苗岚 通讯员 马小川 / 海南日报全媒体记者 丁帆
REPORTERS: Final = re.compile(
    rf"(?:[文图]/)?{_ROLE}\s{{0,2}}{_SIGNERS}(?:\s{{0,2}}{_BY_CAMERA})?"
)
#: Photo credits: 丁帆 马小川 摄影报道 / 曹 轲 摄 / 新华社记者 李响 摄
CREDIT: Final = re.compile(rf"{_SIGNERS}\s{{0,2}}{_BY_CAMERA}(?:\(\w{{1,8}}\))?")
CREDIT_END: Final = re.compile(
    rf"(?<=[。)”!])\s{{0,3}}{_SIGNERS}\s{{0,2}}(?:摄影报道|摄影|文/图|供图|摄)$"
)
#: Who did what, and when: 监制:肖某 / 制图/许某 / 本版AI绘图:张某 / 作者:黄某 时间:2019-12-25
TEAM: Final = re.compile(
    r"(?:.{0,6}(?:文字?|图片?|制图|绘图|摄影|摄像|漫画|供图|策划|视频|撰文|撰稿|监制|编导|导演|文案|视觉|设计|"
    r"统筹|剪辑|配音|包装|校对|编辑|主编|编审|编译|翻译|审核|审校|终审|后期|主播|播音|出品人?|出镜|"
    r"责编|美编|总监|整理|来源|原标题|海报|作者(?:单位|简介)?|制作人?|主笔)\s{0,2}[:/\\丨|].{1,60})"
    r"|记者[:/丨|][^,。?!]{2,30}"
    r"|(?:作者:.{1,60}\s)?(?:发布)?(?:时间|日期):\s{0,2}\d[\d年月日:\s./-]{5,24}"
    r"|\(?本版.{0,12}(?:提供|摄|供图).{0,6}"
    r"|(?:综合|据|部分内容综合自)[^,。]{2,40}(?:报道|消息|制作)"
    r"|[^,。]{2,16}(?:出品|制作)"
    r"|\(.{2,14}(?:供图|资料图片?|提供|客户端)\)|\((?:新华社|据?新华社电|完|资料图片?)\)"
)
#: Under a headline: ■ 闻人静 / □ 本报记者 王某 / 文\海南日报全媒体记者
AUTHOR_MARK: Final = re.compile(r"[■□●◎◆▲▇▉][^,。!?]{2,30}")
#: 上接A01版 / ◀上接第1版 / (下转第4版) / A02 / (A04/05) / (讲话全文见A02版)
TURN: Final = re.compile(
    r"[(◀▶►◁→←]*\s{0,2}(?:紧接|上接|下转|下接|.{0,12}[详见]见?)第?\s{0,2}\w{1,4}\s{0,2}版.{0,24}"
    r"|\(?[A-D]\d{1,2}(?:[-—/、,]\s{0,2}[A-D]?\d{1,2}){0,5}(?:版)?\)?"
)
_READER: Final = "(?:读者|居民|市民|住户|业主|村民|租客|家长|村医)"
#: Under a letter: 张店市民 翟飞东 / 陈袁滩镇一位读者
READER: Final = re.compile(
    rf"[^,。!?:“”]{{0,16}}(?:{_READER}[ \u3000]{{1,2}}{_PERSON}|一[位名个][^,。!?:“”]{{0,4}}{_READER})"
)
#: Text that comes from another page: (上接第1版)停车坪认出自己机器的旧焊疤,
RESUMED: Final = re.compile(
    r"[(◀]\s{0,2}(?:紧接|上接)第?\s{0,2}\w{1,4}\s{0,2}版\)\s{0,2}[^\s)]"
)
#: Text that goes on at another page: …长治有(下转第4版)
TURNED: Final = re.compile(
    r"[(▶►→]?\s{0,2}(?:下转|下接)第?\s{0,2}\w{1,4}\s{0,2}版\s{0,2}[)▶►→]?$"
)
#: A line that is a day, as under notices and letters: 2024年5月20日, 八月二十日
DATED: Final = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
    r"|(?:[〇○零一二三四五六七八九]{4}年)?[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_BODY: Final = r".{0,40}(?:局|委|会|厅|院|所|办|办公室|处|队|站|校|馆|部|社|厂|府|署|关|团|中心|公司|小组|指挥部)"
#: Who stands above that day: 灯塔市人民检察院, 永宁县教育局 永宁县公安局, 一位读者, 卢华忠 龙雯志
ISSUER: Final = re.compile(rf"{_BODY}|.{{0,40}}{_READER}|{_PERSONS}")
#: Under a notice's title: 莆田海事局 / 灯检民公告〔2022〕7号
ISSUED: Final = re.compile(rf"{_BODY}|.{{2,16}}〔\d{{4}}〕\s?\d{{1,4}}号")
#: Furniture of a page: 海南日报 2026年7月8日 004版 理论周刊 / 第4版 / 责编 …
FURNITURE: Final = re.compile(
    r".{0,20}\d{4}年\d{1,2}月\d{1,2}日.{0,16}(?:版|星期.{0,20}).{0,40}"
    r"|第?\s{0,2}[A-D]?\d{1,3}\s{0,2}版.{0,12}"
    r"|(?:责任?编辑?|责编|美编|校对|版式|值班主任|组版|检校)[:\s/].{0,50}"
    r"|(?:邮箱|电话|E-?mail|新闻热线|国内统一刊号|邮发代号|零售价|网址)[:\s].{0,60}"
    r"|[-—=*_·.\s\d]{1,40}"
    r"|\d{4}年\d{1,2}月\d{1,2}日(?:\s{0,2}星期.)?"
    r"|(?:上一页)?[\s\d.…]{0,40}下一页"
    r"|#{2,9}.{0,60}"
)
#: The day a page is of: 2026年7月8日 / 2024-12-06 / 20241206
PAGE_DAY: Final = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?:年|[-./]?)(\d{1,2})(?:月|[-./]?)(\d{2}|\d)(?!\d)"
)
#: What notices are headed: 关于集中清理…的通告, 征兵公告, 讣告
NOTICE: Final = re.compile(
    r"(?:公告|通告|通知|公示|讣告|启事|须知|告知书|一封信|公开信)$"
)
#: Numbered or drawn-out subheads: 一、… (二)… 3.… …——
ENUMERATED: Final = re.compile(
    r"(?:[(]?[一二三四五六七八九十]{1,3}[)、.]|\d{1,2}[.、]|第[一二三四五六七八九十]|[●◆▲►◇]).*|.*——"
)
#: How the first sentence of a report often runs: 7月12日, / 近日, / 记者从…获悉
FIRST_WORDS: Final = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日|近日|日前|昨日|昨天|今日|今天|连日来|当地时间|记者|据|随着|今年|去年"
)
#: How a sentence of a text goes on, and hardly ever a headline: 据介绍, 该奖项, 会议强调
BODY_WORDS: Final = re.compile(
    r"据|该|此次|本次|此外|其中|根据|目前|当前|当天|当日|同时|同日|随着|为了|为此|对此|今后|下一步|接下来|"
    r"会议(?!召开)|活动(?:中|现场|期间)|会上|现场|近日|日前|近年来|记者|通过|在.{1,24}(?:中|上|下|时|后|方面)(?!的)|"
    r"\d{1,2}月\d{1,2}日|\d{1,2}日[^\d]|.{2,4}(?:还|也|说|表示|指出|强调|认为|要求|介绍)"
)
#: Words that stand where a headline could but announce a paragraph.
ANNOUNCED: Final = re.compile(
    r"[【\[]?(?:编者按|开栏的话|核心阅读|本期导读|阅读提示|新闻背景|相关链接|新闻链接)[】\]]?:?"
)
SENTENCE_END: Final = re.compile(r"[。!?…”』」)》;:—】]$")
#: Words that say what a person did, to be taken off a byline.
ROLE_WORDS: Final = re.compile(
    rf"(?:发布)?(?:时间|日期):.*|[^\s、()]{{0,16}}{_READER}(?=[ \u3000])|{_ROLE}|摄影报道|文/图|图/文|文并摄|供图|摄影|制图|整理|文字|图片|单位|[■□●◎◆▲▇▉()/:丨|\\]"
    r"|(?<=\s)(?:摄|文|图)(?=\s|$)|(?:^|\s)[文图](?=\s|[/:])"
)
PERSON: Final = re.compile(_PERSON)
#: What is surely a person and not a desk: 王思宇, but not 文明办
SURNAMED: Final = re.compile(
    rf"(?:{_COMPOUND}|{_SURNAME}){_HAN}{{1,3}}|{_HAN}{{1,6}}(?:·{_HAN}{{1,8}}){{1,3}}"
)
