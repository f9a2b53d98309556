"""Tables about page cuts, and about two systems."""

from collections.abc import Iterator
from functools import partial

from tagger.reporting.report import Comparison
from tagger.reporting.tables import (
    P_R_F1,
    Cell,
    Table,
    interval,
    number,
    percent,
    three,
    words,
)
from tagger.reporting.words import (
    CUT_SCORES,
    CUT_SHARES,
    EFFORTS,
    SCHEMAS,
    SECTION_SCORES,
    THROUGH_SCORES,
    Text,
    same,
)
from tagger.scoring.evaluation import CutsEvaluation
from tagger.scoring.statistics import Difference


def cut_tables(cuts: CutsEvaluation) -> Iterator[Table]:
    """All tables about cuts."""
    rows = [
        (words(title), *three(cuts.figures, prefix))
        for prefix, title in CUT_SCORES.items()
    ]
    empty = words("")
    rows += [
        (
            words(title),
            empty,
            empty,
            percent(cuts.figures[name].value),
            interval(cuts.figures[name]),
        )
        for name, title in CUT_SHARES.items()
    ]
    pages = Text(
        f"{cuts.counts['cuts.pages']:,.0f} pages",
        f"共{cuts.counts['cuts.pages']:,.0f}版",
    )
    header = (Text("cuts", "切分"), *P_R_F1[:2], Text("F1 or %", "F1或%"), P_R_F1[3])
    yield Table("cuts", Text("Page cuts", "版面切分"), header, tuple(rows), pages)
    if cuts.cost:
        yield _cost(cuts)


def _cost(cuts: CutsEvaluation) -> Table:
    rows = [
        (words(title), *_difference(cuts.cost[name]))
        for name, title in THROUGH_SCORES.items()
    ]
    header = (
        Text("scored through", "经由"),
        Text("own cuts", "自行切分"),
        Text("gold cuts", "正确切分"),
        Text("cost", "代价"),
        P_R_F1[3],
        Text("p", "p值"),
    )
    title = Text("What wrong cuts cost", "切错的代价")
    return Table("cost", title, header, tuple(rows))


def comparison_table(system: str, comparison: Comparison) -> Table:
    """Two systems on the same gold, with a paired test."""
    rows = [
        (words(title), *_difference(comparison.differences[name]))
        for name, title in _compared(comparison).items()
    ]
    header = (
        Text("score", "指标"),
        same(system),
        same(comparison.name),
        Text("difference", "相差"),
        P_R_F1[3],
        Text("p", "p值"),
    )
    note = Text(
        "p: paired permutation over articles (or pages); interval: paired bootstrap",
        "p值：逐篇（或逐版）配对置换检验；区间：配对自助法",
    )
    return Table(
        "comparison", Text("Two systems", "两系统比较"), header, tuple(rows), note
    )


def _compared(comparison: Comparison) -> dict[str, Text]:
    titles = {f"{name}.f1": title for name, title in SCHEMAS.items()}
    for name in comparison.differences:
        label, _, rest = name.partition(".")
        if rest == "f1" and f"{label}.tags.f1" in comparison.differences:
            titles[name] = Text(f"{label}, strict", f"{label}，严格")
    titles |= {"tags.f1": Text("tags", "标目"), "effort": EFFORTS["effort"]}
    titles |= SECTION_SCORES | CUT_SHARES | THROUGH_SCORES
    titles |= {f"{prefix}f1": title for prefix, title in CUT_SCORES.items()}
    return {
        name: title for name, title in titles.items() if name in comparison.differences
    }


def _difference(difference: Difference) -> tuple[Cell, ...]:
    is_share = all(x is None or x <= 1 for x in (difference.a, difference.b))
    show = percent if is_share else partial(number, digits=2)
    change = difference.difference
    sign = "" if change.value is None or change.value < 0 else "+"
    shown = show(change.value)
    return (
        show(difference.a),
        show(difference.b),
        shown._replace(text=same(f"{sign}{shown.text.en}".replace("-", "−"))),
        interval(change) if is_share else interval(change, 1, 2),
        number(difference.p, 4),
    )
