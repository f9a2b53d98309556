"""Pages of several articles, with the damage that dumps of real pages have.

Everything follows from the articles and a seed: composed again, a page is the same.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tagger.corpus.articles import CorpusArticle, Kind
from tagger.corpus.damage import (
    Line,
    lines_of,
    lose_beginning,
    lose_end,
    turn_page,
)
from tagger.corpus.furniture import below, masthead
from tagger.corpus.gold_pages import ComposedPage, Placed
from tagger.corpus.layouts import LAYOUTS, Layout, render
from tagger.corpus.splits import SplitName
from tagger.corpus.traced import Traced
from tagger.errors import GoldError

#: Part of the corpus: another seed makes other pages.
SEED: Final = 20261124
#: How many pages a split has.
PAGES: Final = {SplitName.TRAIN: 24, SplitName.DEV: 6, SplitName.TEST: 10}
#: Articles on a page before continuations are added.
_SMALLEST, _LARGEST = 6, 13
_SOMETIMES: Final = 0.25
#: Every tenth page in a row is dumped like this; layouts with long lines don't fit PDF.
_FORMS: Final = (
    ("txt", "utf-8"),
    ("txt", "gb18030"),
    ("html", "utf-8"),
    ("docx", "docx"),
    ("pdf", "pdf"),
    ("txt", "utf-8"),
    ("txt", "utf-8"),
    ("txt", "utf-8"),
    ("txt", "gb18030"),
    ("txt", "utf-8"),
)


@dataclass(slots=True)
class _Item:
    """An article on its way to a page."""

    article: CorpusArticle
    lines: list[Line]
    state: str | None = None


def compose(
    split: SplitName, articles: Sequence[CorpusArticle], pages: int, seed: int = SEED
) -> Iterator[ComposedPage]:
    """Yield the pages of a split; no article stands on two, save continued ones.

    Raises:
        GoldError: There are not enough articles.
    """
    rng = random.Random(f"{seed}-{split}")  # noqa: S311 no secret
    groups = _groups(articles, pages, rng)
    sheets = [[_Item(a, lines_of(a)) for a in group] for group in groups]
    for sheet in sheets:
        _lose(sheet, rng)
    for number, (here, there) in enumerate(pairwise(sheets)):
        if number % 3 == 0:
            _continue(here, there, rng)
    for number, sheet in enumerate(sheets):
        yield _page(split, number, sheet, rng)


def _groups(
    articles: Sequence[CorpusArticle], pages: int, rng: random.Random
) -> list[list[CorpusArticle]]:
    """Articles that stand on one page: of one province and hand where there are enough."""
    by_paper: defaultdict[tuple[str, str], list[CorpusArticle]] = defaultdict(list)
    for article in articles:
        by_paper[article.front.writer, article.front.place[:2]].append(article)
    papers = sorted(by_paper.values(), key=lambda group: group[0].id)
    rng.shuffle(papers)
    for group in papers:
        rng.shuffle(group)
    queue = [article for group in papers for article in group]
    sizes = _sizes(len(queue), pages, rng)
    groups, at = [], 0
    for size in sizes:
        groups.append(queue[at : at + size])
        at += size
    return groups


def _sizes(articles: int, pages: int, rng: random.Random) -> list[int]:
    if articles < pages * _SMALLEST:
        problem = (
            f"{pages} pages need {pages * _SMALLEST} articles, there are {articles}"
        )
        raise GoldError(problem)
    sizes = [_SMALLEST] * pages
    left = articles - sum(sizes)
    while left and min(sizes) < _LARGEST:
        page = rng.randrange(pages)
        step = min(left, rng.randint(0, _LARGEST - sizes[page]), 3)
        sizes[page] += step
        left -= step
        if sum(sizes) >= pages * (_SMALLEST + _LARGEST) // 2:
            break
    return sizes


def _lose(sheet: list[_Item], rng: random.Random) -> None:
    """Take beginnings and ends off some articles of a page; never both of one."""
    rng.shuffle(sheet)
    # A page does not begin with a photograph.
    for place, item in enumerate(sheet):
        if item.article.front.kind is not Kind.CAPTION:
            sheet.insert(0, sheet.pop(place))
            break
    for state, damage, share in (
        ("beginning lost", lose_beginning, 0.09),
        ("end lost", lose_end, 0.06),
    ):
        for item in sheet:
            if item.state is None and rng.random() < share:
                damaged = damage(item.lines, item.article, rng)
                if damaged != item.lines:
                    item.lines, item.state = damaged, state


def _continue(here: list[_Item], there: list[_Item], rng: random.Random) -> None:
    """Let one article of a page go on at the next page."""
    for item in here:
        torn = turn_page(item.lines, item.article, rng) if item.state is None else None
        if torn is not None:
            item.lines, item.state = (
                _with_turn(torn[0], "（下转第4版）", last=True),
                "continued",
            )
            rest = _with_turn(torn[1], "（上接第1版）", last=False)
            there.insert(
                rng.randrange(len(there) + 1), _Item(item.article, rest, "continuation")
            )
            return


def _with_turn(lines: list[Line], words: str, *, last: bool) -> list[Line]:
    if last:
        torn = lines[-1]
        return [*lines[:-1], Line(torn.text + Traced.new(words), torn.role)]
    return [Line(Traced.new(words) + lines[0].text, lines[0].role), *lines[1:]]


def _page(
    split: SplitName, number: int, sheet: list[_Item], rng: random.Random
) -> ComposedPage:
    ending, encoding = _FORMS[number % len(_FORMS)]
    layout = _layout(number, ending)
    name = f"{split}-{number + 1:02}"
    leaf = 4 if any(item.state == "continuation" for item in sheet) else 1
    day = max(item.article.front.date for item in sheet)
    text = masthead(day, leaf, rng) + layout.between if rng.random() < 0.85 else "\n\n"
    turned = rng.randrange(2, len(sheet)) if rng.random() < 0.4 else 0
    placed: list[Placed] = []
    for place, item in enumerate(sheet):
        if placed:
            text += layout.between
        if turned and place == turned:
            text += below(leaf, rng) + layout.between
        lines = _damaged(item, layout, rng)
        printed = render(lines, layout, rng)
        placed.append(Placed(item.article, lines, printed, len(text), item.state))
        text += printed.text
    if rng.random() < 0.5:
        text += layout.between + below(leaf, rng)
    file = f"{split}/{name}.{ending}"
    return ComposedPage(name, text + "\n", tuple(placed), layout.name, file, encoding)


def _layout(number: int, ending: str) -> Layout:
    narrow = [layout for layout in LAYOUTS if layout.width]
    wide = [layout for layout in LAYOUTS if not layout.width]
    if ending == "pdf":
        return narrow[number // 10 % len(narrow)]
    if ending in {"html", "docx"}:
        return wide[number // 3 % len(wide)]
    return LAYOUTS[number % len(LAYOUTS)]


def _damaged(item: _Item, layout: Layout, rng: random.Random) -> list[Line]:
    lines = item.lines
    for damage in layout.always:
        lines = damage(lines, item.article, rng)
    for damage in layout.sometimes:
        if rng.random() < _SOMETIMES and item.state != "continuation":
            lines = damage(lines, item.article, rng)
    return lines
