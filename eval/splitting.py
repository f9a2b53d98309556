"""Measure the page splitter, or fit its weights.

    python eval/splitting.py --shared DIR            figures on development pages
    python eval/splitting.py --shared DIR --final    on the pages held out
    python eval/splitting.py --shared DIR --fit      fit and write weights.json

DIR holds ``pages/hainan_daily_pages.jsonl`` (the first 60 are development),
``pages/xwlb_rundowns.jsonl.xz`` and ``data/topic``.
"""

import argparse
import json
import lzma
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from tagger.records import Page
from tagger.split import split
from tagger.split.cuts import _WEIGHTS, candidates, features
from tagger.split.lines import Role, paragraphs

DEVELOPMENT = 60
#: What a candidate of a kind of page counts in fitting.
_HEAVY = {"pages": 3.0, "dump": 6.0, "rundowns": 0.5, "singles": 3.0}


@dataclass
class Case:
    """A page and the places where its articles begin."""

    kind: str
    page: Page
    starts: list[int]
    titles: list[str | None]


def pages(shared: Path, final: bool) -> Iterator[Case]:
    """Pages of a provincial daily with gold spans."""
    lines = (shared / "pages/hainan_daily_pages.jsonl").read_text("utf-8").splitlines()
    for line in lines[DEVELOPMENT:] if final else lines[:DEVELOPMENT]:
        item = json.loads(line)
        page = Page(item["text"], item["id"], "", "utf-8")
        arts = item["articles"]
        yield Case(
            "pages", page, [a["start"] for a in arts], [a["title"] for a in arts]
        )


def rundowns(shared: Path, final: bool) -> Iterator[Case]:
    """Broadcasts of several short stories run together."""
    with lzma.open(
        shared / "pages/xwlb_rundowns.jsonl.xz", "rt", encoding="utf-8"
    ) as file:
        items = [json.loads(line) for line in file]
    for item in items[1::40] if final else items[::40]:
        page = Page(item["text"], item["id"], "", "utf-8")
        titles = []
        for article in item["articles"]:
            head = article["spans"][0]
            title = item["text"][head["start"] : head["end"]]
            titles.append(title if head["kind"] == "headline" else None)
        yield Case("rundowns", page, [a["start"] for a in item["articles"]], titles)


def singles(shared: Path, final: bool) -> Iterator[Case]:
    """Single articles, which must stay one."""
    for name in ("hainan_daily", "chinanews", "cctv_xwlb", "thucnews_subset"):
        with lzma.open(
            shared / f"data/topic/{name}.jsonl.xz", "rt", encoding="utf-8"
        ) as file:
            items = [
                json.loads(line) for _, line in zip(range(2000), file, strict=False)
            ]
        rng = random.Random(7 if final else 3)  # noqa: S311 sampling
        for item in rng.sample(items, min(100, len(items))):
            text = f"{item['title']}\n{item['text']}"
            if item.get("multi") or not (item["title"] or "").strip():
                continue
            page = Page(text, name, "", "utf-8")
            yield Case(f"singles, {name}", page, [0], [item["title"]])


def damaged(case: Case, rng: random.Random) -> Case:
    """Columns: body lines broken in mid-sentence by blank lines, half-width marks."""
    table = str.maketrans("，；：（）！？", ",;:()!?")
    out: list[str] = []
    starts, at, size = [], 0, 0
    wanted = set(case.starts)
    for line in case.page.text.split("\n"):
        if at in wanted:
            starts.append(size)
        at += len(line) + 1
        piece = line.translate(table)
        if len(piece) > 120 and rng.random() < 0.4:
            cut = rng.randrange(15, len(piece) - 15)
            piece = f"{piece[:cut]}\n\n{piece[cut:]}"
        piece = f" {piece}\n\n" if len(piece) < 40 else f"　　{piece}\n\n"
        out.append(piece)
        size += len(piece)
    page = Page("".join(out), case.page.path, "", "utf-8")
    return Case(f"{case.kind}, damaged", page, starts, case.titles)


#: Lines of the page dump in pages/ on which its articles begin, found by reading it.
_DUMP = (3, 35, 47, 57, 75, 79, 93, 107, 119, 133, 143)


def dump(shared: Path) -> Case:
    """The page dump of a city daily."""
    path = shared / "pages/taiyuan-2024-12-06.txt"
    text = path.read_text("utf-8")
    places = [0]
    for line in text.split("\n"):
        places.append(places[-1] + len(line) + 1)
    return Case(
        "dump",
        Page(text, path.name, "", "utf-8"),
        [places[n - 1] for n in _DUMP],
        [None] * len(_DUMP),
    )


def signed(case: Case, rng: random.Random, subheads: list[str]) -> Case:
    """The habits of other papers: no reporter in the lead, a name below the article.

    A third keep their lead, a third lose it whole. Some reports get subheads, which
    reports of the paper at hand seldom have.
    """
    given = "安邦成达恩方光海嘉康明平清荣山文晓雅永志"
    lead = re.compile(r"(?m)^(本报[^（\n]{0,16}[讯电])（[^）\n]*）")
    starts = []
    text = case.page.text[: case.starts[0]]
    ends = [*case.starts[1:], len(case.page.text)]
    for start, end in zip(case.starts, ends, strict=True):
        starts.append(len(text))
        text_here = case.page.text[start:end].rstrip("\n")
        habit = rng.choice(("keep", "sign", "drop"))
        body, opened = lead.subn("本报讯 " if habit == "sign" else "", text_here)
        if habit == "keep" and opened:
            text += f"{text_here}\n"
            continue
        lines = body.split("\n")
        if opened and len(lines) > 4 and rng.random() < 0.6:
            for place in sorted(
                rng.sample(range(3, len(lines)), min(3, len(lines) - 3))
            )[::-1]:
                lines.insert(place, rng.choice(subheads))
        name = rng.choice("王李张刘陈何弓齐") + "".join(
            rng.sample(given, rng.choice((1, 2)))
        )
        form = rng.choice(("({})", "（{}）", "（记者{}）", "记者 {}"))
        text += "\n".join([*lines, form.format(name), ""])
    page = Page(text, case.page.path, "", "utf-8")
    return Case("pages, signed", page, starts, case.titles)


def subheads_of(cases: list[Case]) -> list[str]:
    """Lines that look like headlines and are none."""
    found = []
    for case in cases:
        text = case.page.text
        heads = {title for both in case.titles if both for title in both.split("\n")}
        found += [
            text[p.start : p.end]
            for p in paragraphs(text)
            if p.role is Role.HEADING and text[p.start : p.end] not in heads
        ]
    return found


def all_cases(shared: Path, final: bool) -> list[Case]:
    """Every kind of page, real and damaged."""
    rng = random.Random(5)  # noqa: S311 sampling
    whole_pages = list(pages(shared, final))
    subheads = subheads_of(whole_pages)
    return [
        *whole_pages,
        *(damaged(case, rng) for case in whole_pages),
        *(damaged(signed(case, rng, subheads), rng) for case in whole_pages),
        dump(shared),
        *rundowns(shared, final),
        *singles(shared, final),
    ]


def fit(cases: list[Case]) -> None:
    """Fit the weights of `tagger.split.cuts` and write them."""
    rows, wanted, weights = [], [], []
    for case in cases:
        kept = [p for p in paragraphs(case.page.text) if p.role is not Role.FURNITURE]
        found = candidates(kept)
        heavy = _HEAVY.get(case.kind.split(",")[0], 1.0)
        for place, row in zip(found[1:], features(kept, found), strict=True):
            rows.append(row)
            paragraph = kept[place.first]
            wanted.append(
                any(
                    paragraph.start <= s < paragraph.end or abs(s - paragraph.start) < 3
                    for s in case.starts
                )
            )
            weights.append(heavy)
    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    model = LogisticRegression(C=1.0, max_iter=2000).fit(table, wanted, weights)
    found = {"bias": float(model.intercept_[0])}
    found |= dict(zip(names, map(float, model.coef_[0]), strict=True))
    text = json.dumps({k: round(v, 3) for k, v in found.items()}, indent=1)
    _WEIGHTS.write_text(text + "\n", encoding="utf-8")
    print(f"{len(rows)} candidates, {sum(wanted)} cuts; weights written")


def figures(cases: list[Case], show: int) -> None:
    """Print boundary precision, recall, F1, pages all right, and headings right."""
    kinds = dict.fromkeys(case.kind for case in cases)
    print(f"{'kind':30}{'pages':>6}{'P':>7}{'R':>7}{'F1':>7}{'exact':>7}{'heads':>7}")
    for kind in kinds:
        right = found = gold = exact = titled = total = 0
        own = [case for case in cases if case.kind == kind]
        for case in own:
            articles = split(case.page).articles
            starts = {_line(case.page.text, a.start) for a in articles}
            wanted = {_line(case.page.text, s) for s in case.starts}
            right += len(starts & wanted)
            found, gold = found + len(starts), gold + len(wanted)
            exact += starts == wanted
            if starts != wanted and show > 0:
                show -= 1
                lines = case.page.text.split("\n")
                print(
                    case.page.path,
                    "extra",
                    [lines[n][:30] for n in starts - wanted],
                    "missed",
                    [lines[n][:30] for n in wanted - starts],
                )
            by_line = {_line(case.page.text, a.start): a for a in articles}
            for start, title in zip(case.starts, case.titles, strict=True):
                article = by_line.get(_line(case.page.text, start))
                if title is not None:
                    total += 1
                    titled += article is not None and _bare(title) == _bare(
                        "".join(
                            [article.column or "", *article.kicker, article.title or ""]
                        )
                    )
        p, r = right / found, right / gold
        print(
            f"{kind:30}{len(own):6}{p:7.3f}{r:7.3f}{2 * p * r / (p + r):7.3f}"
            f"{exact / len(own):7.3f}{titled / max(1, total):7.3f}"
        )


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset)


def _bare(text: str) -> str:
    table = str.maketrans("，；：（）！？", ",;:()!?")
    return "".join(text.translate(table).split())


def main() -> None:
    """Parse the options and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--final", action="store_true")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--show", type=int, default=0, help="wrong pages to print")
    options = parser.parse_args()
    cases = all_cases(options.shared, options.final)
    if options.fit:
        fit(cases)
    figures(cases, options.show)


if __name__ == "__main__":
    main()
