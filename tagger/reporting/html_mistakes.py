"""Every mistake in its sentence, to be filtered by kind, type, rule and slice."""

from collections.abc import Iterator, Sequence
from typing import Final

from tagger.quoting import sentence
from tagger.reporting.html import Html, h
from tagger.reporting.html_filters import option, select
from tagger.reporting.html_marked import marked
from tagger.reporting.section_tables import section_name
from tagger.reporting.words import BUCKETS, SLICINGS, Text, same
from tagger.scoring.cuts import borders
from tagger.scoring.documents import CutPage, Document, Filing
from tagger.scoring.evaluation import CutsEvaluation, Evaluation, NamesReport
from tagger.scoring.kinds import Kind
from tagger.scoring.mistakes import Mistake
from tagger.scoring.rules import RULES

#: Mistakes beyond so many are sampled evenly, and that is said.
MOST: Final = 5000
_MOST_FILINGS: Final = 1000


def name_mistakes(evaluation: Evaluation, names: NamesReport) -> Html:
    """The browser of mistakes with names."""
    step = -(-len(names.mistakes) // MOST) or 1
    shown = names.mistakes[::step]
    items = [_item(evaluation, names, mistake) for mistake in shown]
    note = Text(
        f"{len(shown):,} of {len(names.mistakes):,} mistakes, evenly sampled; "
        "all of them: --mistakes",
        f"{len(names.mistakes):,}处错误中均匀取{len(shown):,}处，全部见--mistakes",
    )
    return h(
        "section",
        {"id": "mistakes"},
        h("h2", None, Text("Every mistake with names", "名称错误逐条")),
        h("p", {"class": "note"}, note) if step > 1 else Html(""),
        _filters(names, shown),
        h("ol", {"class": "mistakes"}, *items),
    )


def _filters(names: NamesReport, shown: Sequence[Mistake]) -> Html:
    kinds = {kind for mistake in shown for kind in mistake.kinds}
    rules = {mistake.rule for mistake in shown if mistake.rule}
    ordered = sorted(rules, key=lambda rule: int(rule[1:]))
    return h(
        "form",
        {"class": "filters", "id": "filters"},
        select("kind", Text("kind", "错误"), _kind_options(kinds)),
        select(
            "type", Text("type", "类型"), [option(x, same(x)) for x in names.labels]
        ),
        select("rule", Text("rule", "规则"), [_rule_option(rule) for rule in ordered]),
        select("slice", Text("slice", "分组"), list(_slice_options(names))),
        h(
            "label",
            None,
            Text("text", "文字"),
            h("input", {"type": "search", "name": "text", "autocomplete": "off"}),
        ),
        h("output", {"id": "shown"}, ""),
    )


def _kind_options(kinds: set[Kind]) -> list[Html]:
    return [option(kind, Text(kind, kind.zh)) for kind in Kind if kind in kinds]


def _rule_option(rule: str) -> Html:
    about = RULES[rule]
    return option(rule, Text(f"{rule} {about[0]}", f"{rule} {about[1]}"))


def _slice_options(names: NamesReport) -> Iterator[Html]:
    for slicing, buckets in names.buckets.items():
        title = SLICINGS.get(slicing, same(slicing))
        for bucket in buckets:
            shown = BUCKETS.get(bucket, same(bucket))
            text = Text(f"{title.en}: {shown.en}", f"{title.zh}：{shown.zh}")
            yield option(f"{slicing}={bucket}", text)


def _item(evaluation: Evaluation, names: NamesReport, mistake: Mistake) -> Html:
    document = evaluation.gold[mistake.article]
    found = evaluation.predicted[mistake.article]
    start, end = sentence(document.text, mistake.start, mistake.end)
    slices = "|".join(f"{k}={v}" for k, v in names.buckets_of(mistake).items())
    types = {span.label for span in (*mistake.gold, *mistake.predicted)}
    kinds = [
        h("span", {"class": "kind"}, Text(kind, kind.zh)) for kind in mistake.kinds
    ]
    if mistake.rule:
        rule = Text(*RULES[mistake.rule])
        kinds.append(h("span", {"class": "rule"}, mistake.rule, " ", rule))
    attributes = {
        "data-kind": " ".join(mistake.kinds),
        "data-type": " ".join(sorted(types)),
        "data-rule": mistake.rule or "",
        "data-slice": f"|{slices}|",
    }
    sides = (
        ("gold", Text("gold", "应为"), document.spans, mistake.gold),
        ("found", Text("found", "所标"), found.spans, mistake.predicted),
    )
    lines = [
        h(
            "p",
            {"class": f"line {name}"},
            h("b", None, title),
            marked(document.text, (start, end), spans or (), wrong),
        )
        for name, title, spans, wrong in sides
    ]
    head = h("p", {"class": "head"}, h("cite", None, document.id), *kinds)
    return h("li", attributes, head, *lines)


def filing_mistakes(evaluation: Evaluation) -> Html:
    """Articles whose primary section is wrong."""
    wrong = [
        (document, found.filing or Filing(None))
        for document, found in zip(evaluation.gold, evaluation.predicted, strict=True)
        if document.filing
        and document.filing.primary != (found.filing or Filing(None)).primary
    ]
    items = [_filing(document, filing) for document, filing in wrong[:_MOST_FILINGS]]
    title = Text("Articles filed wrongly", "归类错误")
    return h(
        "section",
        {"id": "filings"},
        h("h2", None, title),
        h("p", {"class": "note"}, f"{len(items):,} / {len(wrong):,}"),
        h("ol", {"class": "mistakes"}, *items),
    )


def _filing(document: Document, found: Filing) -> Html:
    title = document.facts.title or " ".join(document.text[:40].split())
    sure = "" if found.confidence is None else f" {found.confidence:.2f}"
    wanted = document.filing or Filing(None)
    return h(
        "li",
        None,
        h("p", {"class": "head"}, h("cite", None, document.id), title),
        h(
            "p",
            {"class": "line gold"},
            h("b", None, Text("gold", "应为")),
            _sections(wanted),
        ),
        h(
            "p",
            {"class": "line found"},
            h("b", None, Text("found", "所归")),
            _sections(found),
            sure,
        ),
    )


def _sections(filing: Filing) -> Text:
    names = [section_name(section) for section in filing.ordered or (None,)]
    return Text(", ".join(n.en for n in names), "、".join(n.zh for n in names))


def cut_mistakes(cuts: CutsEvaluation) -> Html:
    """Borders missed and borders too many, with the line that begins there."""
    items = [
        item
        for gold, predicted in zip(cuts.gold, cuts.predicted, strict=True)
        for item in _cut_items(gold, predicted)
    ]
    return h(
        "section",
        {"id": "borders"},
        h("h2", None, Text("Borders missed and too many", "漏切与误切")),
        h("p", {"class": "note"}, f"{min(len(items), MOST):,} / {len(items):,}"),
        h("ol", {"class": "mistakes"}, *items[:MOST]),
    )


def _cut_items(gold: CutPage, predicted: CutPage) -> Iterator[Html]:
    ours, theirs = {*borders(gold)}, {*borders(predicted)}
    for place in sorted(ours ^ theirs):
        missed = place in ours
        kind = Text("missed", "漏切") if missed else Text("too many", "误切")
        before = " ".join(gold.text[max(0, place - 24) : place].split())
        after = " ".join(gold.text[place : place + 40].split())
        yield h(
            "li",
            None,
            h(
                "p",
                {"class": "head"},
                h("cite", None, gold.id),
                h("span", {"class": "kind"}, kind),
            ),
            h(
                "p",
                {"class": "line"},
                before,
                h("mark", {"class": "cut gold" if missed else "cut found"}, "✂"),
                after,
            ),
        )
