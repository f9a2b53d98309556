"""What changed between two runs, as tables."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tagger.changes.tally import Changes, NameKind
from tagger.reporting.change_words import CUTS, NAMES, PAGES, PARTS
from tagger.reporting.section_tables import section_name
from tagger.reporting.tables import Cell, Table, count, words
from tagger.reporting.words import Text, same

#: Moves between sections beyond the commonest; all of them are in the JSON.
_MOST: Final = 20
_COUNT: Final = Text("count", "数量")


def change_tables(changes: Changes) -> list[Table]:
    """All tables that have something to say."""
    tables = [
        _totals(changes),
        _counts("pages", Text("Pages", "文件"), PAGES, changes.pages),
        _counts("cuts", Text("Articles", "文章"), CUTS, changes.cuts),
        _names(changes),
        _relabelled(changes),
        _names_by_section(changes),
        _primary(changes),
        _filed(changes),
        _review(changes),
        _counts(
            "parts",
            Text("Parts that read otherwise", "改变的部分"),
            PARTS,
            changes.parts,
        ),
    ]
    return [table for table in tables if table.rows]


def _totals(changes: Changes) -> Table:
    before, after = changes.before, changes.after
    labels = sorted(before.names.keys() | after.names.keys())
    figures = [
        (Text("pages", "文件"), before.pages, after.pages),
        (Text("articles", "文章"), before.articles, after.articles),
        (Text("names", "名称"), before.names.total(), after.names.total()),
        *((same(n), before.names[n], after.names[n]) for n in labels),
    ]
    rows = tuple(
        (words(name), count(one), count(other), _signed(other - one))
        for name, one, other in figures
    )
    header = (
        Text("", ""),
        Text("before", "前次"),
        Text("after", "后次"),
        Text("difference", "差"),
    )
    return Table("totals", Text("In all", "总计"), header, rows)


def _signed(number: int) -> Cell:
    text = f"{number:+,}".replace("-", "−") if number else "0"
    return Cell(same(text), None, is_number=True)


def _counts(
    name: str, title: Text, known: Mapping[str, Text], counts: Mapping[Any, int]
) -> Table:
    """A row a kind that occurs, in the order in which kinds are known."""
    rows = tuple(
        (words(text), count(counts[kind]))
        for kind, text in known.items()
        if counts.get(kind)
    )
    return Table(name, title, (Text("", ""), _COUNT), rows)


def _names(changes: Changes) -> Table:
    kinds = (NameKind.SAME, NameKind.ADDED, NameKind.REMOVED, NameKind.MOVED)
    labels = sorted({label for _, *sides in changes.names for label in sides if label})
    rows = []
    for label in labels:
        here = [_of(changes, kind, label) for kind in kinds]
        came = sum(n for (_, a, b), n in changes.names.items() if a and a != b == label)
        went = sum(n for (_, a, b), n in changes.names.items() if b and label == a != b)
        rows.append((words(label), *map(count, (*here, came, went))))
    header = (
        Text("type", "类型"),
        *(NAMES[kind] for kind in kinds),
        Text("was another type", "原为别类"),
        Text("is another type now", "现为别类"),
    )
    return Table(
        "names",
        Text("Names in pages of both", "两次共有文件中的名称"),
        header,
        tuple(rows),
    )


def _of(changes: Changes, kind: NameKind, label: str) -> int:
    """Names of a kind whose type is, and stays, the label."""
    return sum(
        number
        for (found, before, after), number in changes.names.items()
        if found is kind and {before, after} - {""} == {label}
    )


def _relabelled(changes: Changes) -> Table:
    found: dict[tuple[str, str], int] = {}
    for (_, before, after), number in changes.names.items():
        if before and after and before != after:
            pair = before, after
            found[pair] = found.get(pair, 0) + number
    rows = tuple(
        (words(before), words(after), count(number))
        for (before, after), number in _commonest(found)
    )
    header = Text("type before", "原类型"), Text("type after", "现类型"), _COUNT
    return Table("relabelled", Text("Types changed", "类型改变"), header, rows)


def _names_by_section(changes: Changes) -> Table:
    kinds = [kind for kind in NameKind if kind is not NameKind.SAME]
    sections = sorted({section for section, _ in changes.names_by_section})
    rows = tuple(
        (
            words(section_name(section or None)),
            *(count(changes.names_by_section[section, kind]) for kind in kinds),
        )
        for section in sections
    )
    header = (Text("section", "版块"), *(NAMES[kind] for kind in kinds))
    title = Text("Names changed, by section", "各版块中改变的名称")
    return Table("names-by-section", title, header, rows)


def _primary(changes: Changes) -> Table:
    moved = {pair: n for pair, n in changes.primary.items() if pair[0] != pair[1]}
    shown = list(_commonest(moved))[:_MOST]
    rows = tuple(
        (words(section_name(a or None)), words(section_name(b or None)), count(number))
        for (a, b), number in shown
    )
    total = sum(changes.primary.values())
    note = Text(
        f"{sum(moved.values()):,} of {total:,} articles; {len(shown)} of {len(moved)} pairs",
        f"共{total:,}篇中的{sum(moved.values()):,}篇；{len(moved)}种中列出{len(shown)}种",
    )
    header = Text("before", "前次"), Text("after", "后次"), _COUNT
    return Table(
        "primary", Text("Primary section changed", "主版块改变"), header, rows, note
    )


def _filed(changes: Changes) -> Table:
    sections = sorted({section for section, _ in changes.filed})
    rows = tuple(
        (
            words(section_name(section)),
            count(changes.filed[section, True]),
            count(changes.filed[section, False]),
        )
        for section in sections
    )
    header = (
        Text("section", "版块"),
        Text("filed under it now", "新归入"),
        Text("no longer", "不再归入"),
    )
    title = Text("Filed under sections, primary or not", "归入版块，主次均计")
    return Table("filed", title, header, rows)


def _review(changes: Changes) -> Table:
    reasons = sorted({reason for reason, _ in changes.review})
    rows = tuple(
        (
            words(reason),
            count(changes.review[reason, True]),
            count(changes.review[reason, False]),
        )
        for reason in reasons
    )
    header = Text("reason", "原因"), Text("new", "新增"), Text("gone", "消失")
    return Table("review", Text("Reasons for review", "复核原因"), header, rows)


def _commonest(
    counts: Mapping[tuple[str, str], int],
) -> Iterator[tuple[tuple[str, str], int]]:
    yield from sorted(counts.items(), key=lambda item: (-item[1], item[0]))
