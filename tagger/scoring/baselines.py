"""What needs no model: the commonest section, and keywords of the headline."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from tagger.labels import Section
from tagger.scoring.documents import Document, Filing

_KEYWORDS: Final = {
    Section.POLITICS: "书记 市委 省委 常委 党组 党建 人大 政协 调研 考察 会议召开 巡视 选举 干部 主题教育 座谈会",
    Section.ECONOMY: "经济 企业 市场 投资 消费 银行 金融 外贸 出口 股 项目签约 招商 GDP 增长 产值 税 商会 园区",
    Section.ENERGY: "煤 电力 电网 供电 发电 天然气 石油 油田 光伏 风电 氢 能源 矿山 储能",
    Section.TECHNOLOGY: "科技 科研 创新 人工智能 芯片 数字 大数据 5G 航天 卫星 专利 机器人 实验室",
    Section.AGRICULTURE: "农 乡村振兴 粮 春耕 秋收 丰收 种植 养殖 果 蔬菜 灌溉 小麦 水稻",
    Section.TRANSPORT: "交通 公路 高速 铁路 高铁 地铁 公交 航班 机场 港口 春运 快递 车站 通车",
    Section.URBAN: "住房 楼市 房地产 城市更新 旧改 改造 供水 供暖 供热 物业 小区 市政 棚户",
    Section.ENVIRONMENT: "环保 生态 污染 空气质量 气象 天气 降雨 降温 台风 森林 绿化 湿地 河长 碳",
    Section.WELFARE: "社保 养老 医保 低保 救助 就业 招聘 残疾 老年 补贴 退役军人 扶贫 公积金",
    Section.HEALTH: "医院 医生 疫苗 疫情 患者 健康 卫生 中医 药 手术 流感 献血",
    Section.EDUCATION: "学校 大学 高考 中考 学生 教师 教育 开学 招生 校园 课堂 毕业",
    Section.CULTURE: "文化 文物 博物馆 非遗 戏 艺术 展览 图书 电影 音乐 遗址 书法 考古",
    Section.TOURISM: "旅游 景区 文旅 游客 度假 民宿 酒店 黄金周 门票 康养",
    Section.LAW: "法院 检察 公安 警 案 判 诈骗 立法 条例 律师 扫黑 普法 贪",
    Section.SAFETY: "事故 安全生产 消防 火灾 地震 救援 应急 防汛 灾 演练 隐患 爆炸",
    Section.SOCIETY: "志愿 社区 好人 公益 爱心 见义勇为 邻里 寻 失主 婚",
    Section.SPORTS: "赛 冠军 夺冠 足球 篮球 奥运 运动员 体育 马拉松 乒乓 女排 联赛",
    Section.MILITARY: "军 部队 海军 空军 征兵 国防 战士 舰 演习 导弹",
    Section.INTERNATIONAL: "美国 俄 日本 欧盟 联合国 总统 外交 外长 国际 访华 中美 乌克兰 以色列 韩国",
}


def by_majority(gold: Sequence[Document]) -> Filing:
    """The commonest primary section of articles, as everyone's filing."""
    counts = Counter(d.filing.primary for d in gold if d.filing and d.filing.primary)
    return Filing(min(counts, key=lambda s: (-counts[s], s)) if counts else None)


def by_headline(document: Document, otherwise: Filing) -> Filing:
    """The section of which the headline has most keywords, characters counting."""
    title = document.facts.title or document.text.strip().partition("\n")[0]
    found = {
        section: sum(len(word) for word in words.split() if word in title)
        for section, words in _KEYWORDS.items()
    }
    best = max(found, key=lambda section: found[section])
    return Filing(str(best)) if found[best] else otherwise
