"""A small corpus for the tests, of the form of the real one."""

import random
from pathlib import Path

HEAD = """---
date: 2021-11-18
place: 江西省上饶市
sections: energy, society
writer: w01
kind: report
---
"""
BODY = """> 供暖季里的“电管家”
# [[LOC|河口镇]]停电两小时
本报讯（{记者 [[PER|艾茗]] 通讯员 [[PER|阮志航]]}）[[ORG|国网铅山县供电公司]]组织14人转供36户商户的负荷。
## 先算一遍
班长[[PER|上官慎]]说，[[LOC|铅山]]的老街窄。{（[[PER|丁 帆]]）}
> 能源·身边
"""
_KINDS = "report brief caption meeting feature".split()
_SECTIONS = "energy health law sports culture society transport".split()
_CHARS = "山水风云田林路桥灯船雨雪春秋东西南北早晚新老红白青石木金土火江河湖海天地人家"


def article(number: int, *, writer: int = 1) -> str:
    """An article like no other, by seed; its persons are in no other article either."""
    rng = random.Random(number)

    def words(count: int) -> str:
        return "".join(rng.choices(_CHARS, k=count))

    surname, given = divmod(number, len(_CHARS))
    person, second = (f"{x[surname]}{_CHARS[given]}" for x in ("丁马王李", "弓齐何苗"))
    head = (
        f"---\ndate: 20{rng.randint(15, 26)}-03-{rng.randint(1, 28):02}\n"
        f"place: {rng.choice(('山西省', '浙江省'))}某市\n"
        f"sections: {rng.choice(_SECTIONS)}\nwriter: w{writer:02}\n"
        f"kind: {rng.choice(_KINDS)}\n---\n"
    )
    paragraphs = [
        f"{words(30)}，[[LOC|{words(2)}县{words(2)}镇]]{words(rng.randint(5, 90))}，"
        f"[[ORG|{words(2)}公司]]{words(rng.randint(30, 60))}（{words(3)}）。"
        for _ in range(rng.randint(1, 6))
    ]
    lead = rng.choice((f"本报讯（{{记者 [[PER|{person}]]}}）", "", "近日，"))
    sign = rng.choice(("", f"（{{[[PER|{second}]]}}）"))
    lines = [f"# {words(9)}[[LOC|{words(2)}市]]", lead + paragraphs[0], *paragraphs[1:]]
    if rng.random() < 0.5:
        lines.insert(0, f"> {words(6)}")
    if rng.random() < 0.3:
        lines.insert(len(lines) - 1, f"## {words(5)}")
    return head + "\n".join(lines) + sign + "\n"


def write_corpus(folder: Path, articles: int = 120) -> Path:
    """A corpus of that many articles: half train, a quarter dev, the rest test."""
    own = folder / "articles"
    own.mkdir(parents=True)
    for number in range(1, articles + 1):
        content = article(number, writer=1 + number // 20)
        (own / f"a{number:04}.txt").write_text(content, encoding="utf-8")
    first, second = articles // 2, articles * 3 // 4
    (folder / "splits.txt").write_text(
        f"# by id\ntrain a0001 a{first:04}\ndev a{first + 1:04} a{second:04}\n"
        f"test a{second + 1:04} a{articles:04}\n",
        encoding="utf-8",
    )
    (folder / "README.md").write_text(
        "# x\n<!-- figures -->\nold\n<!-- /figures -->\nend\n", encoding="utf-8"
    )
    return folder
