"""One self-contained page about two runs: tables, and changes in their sentences."""

from collections.abc import Iterator

from tagger.changes.tally import Changes, Example, Group, Quote, Run
from tagger.reporting.change_tables import change_tables
from tagger.reporting.change_words import group_kind, group_types
from tagger.reporting.html import Html, h, join
from tagger.reporting.html_document import LANGUAGE_BUTTON, document, tile
from tagger.reporting.html_filters import option, select
from tagger.reporting.html_marked import marked
from tagger.reporting.html_tables import html_table
from tagger.reporting.tables import Cell, count, words
from tagger.reporting.words import Text, same
from tagger.scoring.documents import Span

_SIDES = (("gold", Text("before", "前次")), ("found", Text("after", "后次")))


def changes_page(changes: Changes) -> str:
    """The whole document."""
    title = f"{changes.before.path} → {changes.after.path}"
    tables = (html_table(table) for table in change_tables(changes))
    return document(
        title,
        _header(changes),
        h("main", None, h("div", {"class": "tables"}, *tables), _examples(changes)),
        _footer(changes),
    )


def _header(changes: Changes) -> Html:
    before, after = str(changes.before.path), str(changes.after.path)
    heading = h("h1", None, before, h("small", None, " → "), after)
    renamed = sum(n for (kind, *_), n in changes.names.items() if kind != "same")
    recut = sum(n for kind, n in changes.cuts.items() if kind != "same")
    moved = sum(n for (a, b), n in changes.primary.items() if a != b)
    tiles = (
        (Text("names changed", "名称改变"), renamed, sum(changes.names.values())),
        (
            Text("articles cut differently", "起止改变"),
            recut,
            sum(changes.cuts.values()),
        ),
        (
            Text("primary section changed", "主版块改变"),
            moved,
            sum(changes.primary.values()),
        ),
    )
    shown = [tile(name, count(n), _out_of(total)) for name, n, total in tiles]
    return h(
        "header",
        None,
        h("div", {"class": "top"}, heading, LANGUAGE_BUTTON),
        h("div", {"class": "tiles"}, *shown),
    )


def _out_of(total: int) -> Cell:
    return words(Text(f"of {total:,}", f"共{total:,}"))


def _examples(changes: Changes) -> Html:
    groups = sorted(changes.examples)
    if not groups:
        nothing = Text("Both runs say the same.", "两次结果完全相同。")
        return h("p", {"class": "note"}, nothing)
    items = [
        _item(group, example)
        for group in groups
        for example in changes.examples[group].items()
    ]
    seen = sum(changes.examples[group].seen for group in groups)
    note = Text(
        f"{len(items):,} of {seen:,} changes, up to {changes.most} of each kind",
        f"{seen:,}处改变中的{len(items):,}处，每种至多{changes.most}处",
    )
    return h(
        "section",
        {"id": "mistakes"},
        h("h2", None, Text("Changes in their places", "逐条改变")),
        h("p", {"class": "note"}, note),
        _filters(groups),
        h("ol", {"class": "mistakes"}, *items),
    )


def _filters(groups: list[Group]) -> Html:
    kinds = dict.fromkeys(group_kind(group) for group in groups)
    types = sorted({name for group in groups for name in group_types(group)})
    search = h("input", {"type": "search", "name": "text", "autocomplete": "off"})
    return h(
        "form",
        {"class": "filters", "id": "filters"},
        select("kind", Text("change", "改变"), [option(_key(k), k) for k in kinds]),
        select("type", Text("type", "类型"), [option(_key(t), t) for t in types]),
        h("label", None, Text("text", "文字"), search),
        h("output", {"id": "shown"}, ""),
    )


def _key(text: Text) -> str:
    """Words as a filter's value, which holds no blanks."""
    return text.en.replace(" ", "-")


def _item(group: Group, example: Example) -> Html:
    kind, types = group_kind(group), group_types(group)
    attributes = {
        "data-kind": _key(kind),
        "data-type": " ".join(_key(name) for name in types),
    }
    line = f":{example.line}" if example.line else ""
    head = h(
        "p",
        {"class": "head"},
        h("cite", None, f"{example.path}{line} @{example.start}"),
        h("span", {"class": "kind"}, kind),
        *(h("span", {"class": "rule"}, name) for name in types),
        example.title,
    )
    return h("li", attributes, head, *_lines(example))


def _lines(example: Example) -> Iterator[Html]:
    for (name, title), quote in zip(
        _SIDES, (example.before, example.after), strict=True
    ):
        if quote is not None:
            yield h("p", {"class": f"line {name}"}, h("b", None, title), _quoted(quote))


def _quoted(quote: Quote) -> Html:
    spans = [Span(quote.start, quote.end, quote.label)] if quote.label else []
    return marked(quote.text, (0, len(quote.text)), spans, spans)


def _footer(changes: Changes) -> Html:
    return h(
        "footer",
        None,
        *(
            h("p", None, line)
            for run in (changes.before, changes.after)
            for line in _run(run)
        ),
        h("p", None, join(same("tagger diff"))),
    )


def _run(run: Run) -> Iterator[str]:
    for model, number in run.models.most_common():
        yield f"{run.path}: {model}, {number:,}"
