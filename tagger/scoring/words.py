"""Words that look like names or stand beside them. One form of each, no data needed."""

import re
from typing import Final

#: 我省, 本市, 全县, 该公司, 各市能源局, 中央: they point, they do not name (rule R7).
#: 贵州 is a province.
GENERIC: Final = re.compile(
    r"(?!贵州)(?:[我本全该各贵此两某][省市县区州国校院厂局厅部委社村镇乡报台队矿站]"
    r"|该[一-龥]{1,6}|各[一-龥]{1,8}|全(?:国|球|世界|社会)"
    r"|(?:国家|中央|地方|公司|集团|企业|学校|医院|法院|政府|有关部门|相关部门|主管部门"
    r"|主城区|市区|城区|县城|农村|省内|市内|境内|境外|海内外|国内外|本报|本台|本网|记者"
    r"|自贸港|开发区|大湾区|北方|南方|西方|中部地区|西部地区|东部地区))"
)

#: Offices and forms of address, at the edge of a person's name (rules R14, R23).
TITLE: Final = re.compile(
    r"(?:总书记|书记|总理|主席|委员长|委员|部长|省长|市长|县长|区长|镇长|乡长|村长|州长"
    r"|厅长|局长|处长|科长|院长|校长|行长|所长|站长|队长|厂长|矿长|社长|台长|团长|司令员?"
    r"|主任|总统|首相|大臣|大使|议长|将军|上将|中将|少将|董事长|总裁|总经理|经理|理事长"
    r"|会长|秘书长|秘书|教授|研究员|博士|院士|专家|医生|护士|律师|法官|检察官|教练|队员"
    r"|记者|通讯员|主编|编辑|导演|演员|作家|诗人|画家|工程师|村民|居民|同志|先生|女士"
    r"|老师|师傅|同学|队长|班长|代表|常委|副)"
)
ADDRESS: Final = re.compile(r"先生|女士|师傅|老师|同志|某某?|^[老小]$")

#: What is written between two names that are two (rule R3).
BETWEEN: Final = re.compile(r"的|所属|下属|位于|[,，、;；]")
PARTY_GROUP: Final = re.compile(r"党委|党组|党工委|纪委|机关党")
AUTHORITY: Final = re.compile(r"^(?:[方籍]|政府|警方|公安|交警.*|当局)$")
STATE: Final = re.compile(r"^(?:国家|中国|中华人民共和国)$")
DIRECTION: Final = re.compile(r"^(?:[东西南北中]{1,2}部?|地区|沿海|一带|境内|周边)$")
#: 省委, 市政府, 县人民医院, 省财政厅 (rule R6).
LEVEL_BODY: Final = re.compile(
    r"^[省市县区州镇乡旗](?:委|政府|人大|政协|纪委|监委|[一-龥]{1,8}[局厅委院办会部])"
)
MEDIA: Final = re.compile(
    r"(?:日报|晚报|时报|早报|周刊|杂志|通讯社|新华社|中新社|电视台|[社报台网])$"
)
#: Bodies even when one goes there (rule R10), and what is built (rule R22).
BODY_ENDING: Final = re.compile(
    r"(?:大学|学院|中学|小学|学校|幼儿园|校区|医院|博物馆|纪念馆|图书馆|美术馆|煤矿|矿|厂)$"
)
BUILT_ENDING: Final = re.compile(
    r"(?:机场|车站|火车站|[东西南北]站|港|码头|公路|高速|铁路|号线|大桥|桥|隧道|水库"
    r"|会展中心|体育馆|体育场|公园|遗址|园区|产业园|保护区|示范区|试验区|电站|工厂)$"
)
PLACE_ENDING: Final = re.compile(r"[国省市县区州盟旗镇乡村岛]$")
TEAM_ENDING: Final = re.compile(r"(?:队|法院|部队|舰|号|星)$")

#: Letters that words of foreign writing are made of, and digits of any width.
LATIN: Final = re.compile(r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９À-ɏ]")
QUOTES: Final = "“”‘’\"'「」『』《》〈〉（）()【】〔〕[]"
