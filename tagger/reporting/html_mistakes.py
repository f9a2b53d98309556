"""Every mistake in its sentence, to be filtered by kind, type, rule and slice."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tagger.reporting.html import Html, h, join
from tagger.reporting.section_tables import section_name
from tagger.reporting.words import BUCKETS, SLICINGS, Text, same
from tagger.scoring.cuts import borders
from tagger.scoring.documents import CutPage, Document, Filing, Span
from tagger.scoring.evaluation import CutsEvaluation, Evaluation, NamesReport
from tagger.scoring.kinds import Kind
from tagger.scoring.mistakes import Mistake
from tagger.scoring.rules import RULES

#: Mistakes beyond so many are sampled evenly, and that is said.
MOST: Final = 5000
_MOST_FILINGS: Final = 1000
_REACH: Final = 60
_STOPS: Final = "。！？!?\n"
_ALL: Final = Text("all", "全部")


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
        _select("kind", Text("kind", "错误"), _kind_options(kinds)),
        _select(
            "type", Text("type", "类型"), [_option(x, same(x)) for x in names.labels]
        ),
        _select("rule", Text("rule", "规则"), [_rule_option(rule) for rule in ordered]),
        _select("slice", Text("slice", "分组"), list(_slice_options(names))),
        h(
            "label",
            None,
            Text("text", "文字"),
            h("input", {"type": "search", "name": "text", "autocomplete": "off"}),
        ),
        h("output", {"id": "shown"}, ""),
    )


def _kind_options(kinds: set[Kind]) -> list[Html]:
    return [_option(kind, Text(kind, kind.zh)) for kind in Kind if kind in kinds]


def _rule_option(rule: str) -> Html:
    about = RULES[rule]
    return _option(rule, Text(f"{rule} {about[0]}", f"{rule} {about[1]}"))


def _slice_options(names: NamesReport) -> Iterator[Html]:
    for slicing, buckets in names.buckets.items():
        title = SLICINGS.get(slicing, same(slicing))
        for bucket in buckets:
            shown = BUCKETS.get(bucket, same(bucket))
            text = Text(f"{title.en}: {shown.en}", f"{title.zh}：{shown.zh}")
            yield _option(f"{slicing}={bucket}", text)


def _select(name: str, title: Text, options: Iterable[Html]) -> Html:
    return h(
        "label", None, title, h("select", {"name": name}, _option("", _ALL), *options)
    )


def _option(value: str, text: Text) -> Html:
    # an option cannot hold elements: the script picks the language
    return h("option", {"value": value, "data-zh": text.zh}, text.en)


def _item(evaluation: Evaluation, names: NamesReport, mistake: Mistake) -> Html:
    document = evaluation.gold[mistake.article]
    found = evaluation.predicted[mistake.article]
    start, end = _sentence(document.text, mistake.start, mistake.end)
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
            _marked(document.text, (start, end), spans or (), wrong),
        )
        for name, title, spans, wrong in sides
    ]
    head = h("p", {"class": "head"}, h("cite", None, document.id), *kinds)
    return h("li", attributes, head, *lines)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a place, or so much of it as is near."""
    begin = max(0, start - _REACH)
    before = max(text.rfind(stop, begin, start) for stop in _STOPS)
    ends = [text.find(stop, end, end + _REACH) for stop in _STOPS]
    after = min((place + 1 for place in ends if place >= 0), default=end + _REACH)
    return max(begin, before + 1), min(len(text), after)


def _marked(
    text: str, place: tuple[int, int], spans: Sequence[Span], wrong: Sequence[Span]
) -> Html:
    """A stretch of text with names marked, those in the mistake strongly."""
    last, stop = place
    parts: list[Html | str] = []
    for span in sorted(spans):
        if span.end <= last or span.start >= stop:
            continue
        start, end = max(span.start, last), min(span.end, stop)
        parts.append(_shown(text[last:start]))
        strength = "wrong" if span in wrong else "right"
        mark = {"class": f"{strength} {_class_of(span.label)}"}
        parts.append(
            h("mark", mark, _shown(text[start:end]), h("small", None, span.label))
        )
        last = end
    return join(*parts, _shown(text[last:stop]))


def _shown(text: str) -> str:
    return text.replace("\r", "").replace("\n", "⏎")


def _class_of(label: str) -> str:
    return label if label in {"PER", "LOC", "ORG"} else "other"


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
