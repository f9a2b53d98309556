"""A small scheme and articles for it, written for the tests."""

import json
from itertools import product
from pathlib import Path

SCHEME = """
[[section]]
key = "weather"
name = "天气"
definition = "What the sky does."
codes = [{ system = "iptc", value = "medtop:17000000", verified = true }]

[[section]]
key = "sport"
name = "体育"

[[section]]
key = "market"
name = "市场"
"""

_WORDS = {
    "weather": ["暴雨预警", "气温下降", "大风蓝色预警", "冷空气南下", "能见度降低"],
    "sport": ["夺得冠军", "小组赛出线", "比分落后", "主场球迷", "教练换人"],
    "market": ["股价上涨", "成交金额", "蔬菜批发价格", "订单增长", "利润下滑"],
}
_PLACES = ["河东", "河西", "江南", "江北", "湖畔", "山前"]


def articles() -> list[tuple[str, str]]:
    """Section and text of each, thirty a section."""
    found = []
    for section, words in _WORDS.items():
        for number, (place, word) in enumerate(product(_PLACES, words)):
            other = words[(number + 2) % len(words)]
            text = (
                f"{place}{word}\n昨天{place}{word}，当地居民说，{other}已经不是头一回。"
            )
            found.append((section, text))
    return found


def write_scheme(folder: Path) -> Path:
    """Write `SCHEME`."""
    path = folder / "own.toml"
    path.write_text(SCHEME, encoding="utf-8")
    return path


def write_folders(folder: Path) -> Path:
    """Write the articles as one folder a section."""
    for number, (section, text) in enumerate(articles()):
        home = folder / "articles" / section
        home.mkdir(parents=True, exist_ok=True)
        (home / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder / "articles"


def write_lines(folder: Path) -> Path:
    """Write the articles as JSONL."""
    path = folder / "articles.jsonl"
    lines = [{"text": text, "sections": [section]} for section, text in articles()]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return path
