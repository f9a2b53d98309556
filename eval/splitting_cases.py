"""Pages whose articles are known: real ones, and the same with a press's damage."""

import json
import lzma
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tagger.records import Page
from tagger.split.lines import Role, paragraphs

#: The first pages are for development, the rest for one final measurement.
DEVELOPMENT = 60
_SINGLES = {
    "hainan_daily": 160,
    "chinanews": 250,
    "cctv_xwlb": 250,
    "fudan20": 200,
    "nankai_university_news": 250,
    "central_media_korea": 200,
}
_HALF = str.maketrans("，；：（）！？", ",;:()!?")
#: Several reports under one title are no single article.
_OPENING = re.compile(r"(?m)^(?:本报|新华社|新华网|据新华社)[^，。\n]{0,16}[讯电]")
#: Composed pages of our own corpus; those of its test part are for one measurement.
_OURS = Path(__file__).parents[1] / "corpus" / "pages" / "train.jsonl"
_LEAD = re.compile(r"(?m)^(本报[^（\n]{0,16}[讯电])\s?（[^）\n]*）")
_NAME = re.compile(r"(?<=记者|讯员) ?([\u4e00-\u9fff])([\u4e00-\u9fff])(?=[）\s\n])")


@dataclass(frozen=True)
class Case:
    """A page and the places where its articles begin, with their headlines."""

    kind: str
    page: Page
    starts: tuple[int, ...]
    titles: tuple[str | None, ...]
    #: Cases of one origin share it, so that none is fitted on its own twin.
    origin: str


def development(shared: Path) -> list[Case]:
    """Everything that may be looked at and fitted on, the real dump excepted."""
    rng = random.Random(5)  # noqa: S311 sampling
    real = list(pages(shared, final=False))
    subheads = _subheads(real)
    held_out = {t for case in pages(shared, final=True) for t in case.titles}
    return [
        *real,
        *(damaged(case, rng) for case in real),
        *(damaged(signed(case, rng, subheads), rng) for case in real),
        *(beheaded(case, rng) for case in real),
        *composed(),
        *rundowns(shared, final=False),
        *singles(shared, rng, held_out, final=False),
    ]


def final(shared: Path) -> list[Case]:
    """What was held out."""
    rng = random.Random(6)  # noqa: S311 sampling
    real = list(pages(shared, final=True))
    return [
        *real,
        *(damaged(case, rng) for case in real),
        *rundowns(shared, final=True),
        *singles(shared, rng, set(), final=True),
    ]


def pages(shared: Path, *, final: bool) -> Iterator[Case]:
    """Real pages of a provincial daily."""
    path = shared / "pages/hainan_daily_pages.jsonl"
    lines = path.read_text("utf-8").splitlines()
    for line in lines[DEVELOPMENT:] if final else lines[:DEVELOPMENT]:
        item = json.loads(line)
        yield Case(
            "pages",
            _page(item["text"], item["id"]),
            tuple(a["start"] for a in item["articles"]),
            tuple(a["title"] for a in item["articles"]),
            item["id"],
        )


def composed() -> Iterator[Case]:
    """Pages composed of our own articles, with more damage than real ones have."""
    for line in _OURS.read_text("utf-8").splitlines():
        item = json.loads(line)
        yield Case(
            "composed",
            _page(item["text"], item["file"]),
            tuple(a["start"] for a in item["articles"]),
            tuple(None for _ in item["articles"]),
            item["id"],
        )


def rundowns(shared: Path, *, final: bool) -> Iterator[Case]:
    """Broadcasts of several short stories run together."""
    items = _read(shared / "pages/xwlb_rundowns.jsonl.xz")
    for item in items[7::40] if final else items[::20]:
        text, heads = item["text"], [a["spans"][0] for a in item["articles"]]
        titles = tuple(
            text[h["start"] : h["end"]] if h["kind"] == "headline" else None
            for h in heads
        )
        starts = tuple(a["start"] for a in item["articles"])
        yield Case("rundowns", _page(text, item["id"]), starts, titles, item["id"])


def singles(
    shared: Path, rng: random.Random, held_out: set[str | None], *, final: bool
) -> Iterator[Case]:
    """Articles by themselves, with their title and without."""
    for name, size in _SINGLES.items():
        if final and name == "hainan_daily":
            continue
        items = [
            item
            for item in _read(shared / f"data/topic/{name}.jsonl.xz", 9000)
            if (item["title"] or "").strip()
            and item["title"] not in held_out
            and not item.get("multi")
            and len(_OPENING.findall(item["text"])) < 2
        ]
        items = items[1::2] if final else items[::2]
        for item in rng.sample(items, min(size, len(items))):
            title, text = item["title"], item["text"]
            page = _page(f"{title}\n{text}", name)
            origin = f"{name} {title}"
            yield Case(f"single, {name}", page, (0,), (title,), origin)
            yield Case("single, no title", _page(text, name), (0,), (None,), origin)


def dump(shared: Path) -> Case:
    """The page dump of a city daily; its cuts were found by reading it."""
    path = shared / "pages/taiyuan-2024-12-06.txt"
    text = path.read_text("utf-8")
    places = [0, *(m.end() for m in re.finditer("\n", text))]
    lines = (3, 35, 47, 57, 75, 79, 93, 107, 119, 133, 143)
    starts = tuple(places[n - 1] for n in lines)
    page = Page(text, path.name, "", "utf-8")
    return Case("dump", page, starts, (None,) * len(starts), "dump")


def damaged(case: Case, rng: random.Random) -> Case:
    """Columns of a fixed width, broken in mid-sentence by blank lines.

    Punctuation becomes half-width and names of two characters are padded, on every
    page; a tenth of the pages is wrapped at the column's width throughout.
    """
    width = rng.randrange(16, 28)
    wrapped = rng.random() < 0.1

    def damage(line: str) -> str:
        line = _NAME.sub(r"\1 \2", line.translate(_HALF))
        if wrapped and len(line) > 40:
            return "\n".join(_chunks(f"　　{line}", width)) + "\n"
        if len(line) > 60 and rng.random() < 0.35:
            cut = width * rng.randrange(1, max(2, len(line) // width)) - 2
            line = f"{line[:cut]}\n\n{line[cut:]}"
        return f"　　{line}\n\n" if len(line) > 40 else f" {line}\n\n"

    return _rewritten(case, f"{case.kind}, damaged", damage)


def _chunks(line: str, width: int) -> Iterator[str]:
    for place in range(0, len(line), width):
        yield line[place : place + width]


def beheaded(case: Case, rng: random.Random) -> Case:
    """Every fourth report has lost the beginning of its text, not its headline."""
    drops: set[int] = set()
    for start, title in zip(case.starts, case.titles, strict=True):
        if rng.random() < 0.25 and title:
            drops.add(case.page.text.find("\n", start + len(title)) + 1)
    place = 0

    def damage(line: str) -> str:
        nonlocal place
        here, place = place, place + len(line) + 1
        if here in drops and len(line) > 30:
            line = line[rng.randrange(20, len(line) - 8) :]
        return f"{line}\n"

    return _rewritten(case, "pages, beheaded", damage)


def _rewritten(case: Case, kind: str, damage: Callable[[str], str]) -> Case:
    """The page with every line damaged, and its starts moved along."""
    out: list[str] = []
    starts, at, size = [], 0, 0
    wanted = set(case.starts)
    for line in case.page.text.split("\n"):
        if at in wanted:
            starts.append(size)
        at += len(line) + 1
        out.append(damage(line))
        size += len(out[-1])
    page = _page("".join(out), case.page.path)
    return Case(kind, page, tuple(starts), case.titles, case.origin)


def signed(case: Case, rng: random.Random, subheads: Sequence[str]) -> Case:
    """The habit of other papers: no reporter in the lead, a name below the article.

    Some reports get subheads; on every third page a part of the reports keep the
    reporter in the lead and get no name below.
    """
    kept = 0.5 if rng.random() < 0.34 else 0.0
    text, starts = case.page.text[: case.starts[0]], []
    ends = [*case.starts[1:], len(case.page.text)]
    for start, end in zip(case.starts, ends, strict=True):
        starts.append(len(text))
        if rng.random() < kept:
            text += case.page.text[start:end].rstrip("\n") + "\n"
            continue
        body, opened = _LEAD.subn("本报讯 ", case.page.text[start:end].rstrip("\n"))
        lines = body.split("\n")
        if opened and len(lines) > 4 and rng.random() < 0.6:
            places = rng.sample(range(3, len(lines)), min(3, len(lines) - 3))
            for place in sorted(places, reverse=True):
                lines.insert(place, rng.choice(subheads))
        form = rng.choice(("({})", "（{}）", "（记者{}）", "记者 {}", "(记者 {})"))
        text += "\n".join([*lines, form.format(_invented(rng)), ""])
    page = _page(text, case.page.path)
    return Case("pages, signed", page, tuple(starts), case.titles, case.origin)


def _invented(rng: random.Random) -> str:
    given = rng.sample("安邦成达恩方光海嘉康明平清荣山文晓雅永志", rng.choice((1, 2)))
    return rng.choice("王李张刘陈何弓齐") + "".join(given)


def _subheads(cases: Sequence[Case]) -> list[str]:
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


def _page(text: str, path: str) -> Page:
    return Page(text, path, "", "utf-8")


def _read(path: Path, most: int = 10**9) -> list[dict[str, object]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for _, line in zip(range(most), file, strict=False)]
