"""Every mistake in its sentence, to be filtered by kind, type, rule and slice."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from tagger.quoting import sentence
from tagger.reporting.html import Html, h
from tagger.reporting.html_filters import option, select
from tagger.reporting.html_marked import marked, touching
from tagger.reporting.report import Comparison
from tagger.reporting.words import BUCKETS, SLICINGS, Text, same
from tagger.scoring.documents import Document, Span
from tagger.scoring.evaluation import Evaluation, NamesReport
from tagger.scoring.kinds import Kind
from tagger.scoring.mistakes import Mistake, count_kinds, count_rules
from tagger.scoring.rules import RULES

#: Mistakes beyond so many are sampled evenly, and that is said.
MOST: Final = 5000
_SIDES: Final = {
    "gold": Text("gold", "应为"),
    "found": Text("found", "所标"),
    "other": Text("other", "另一"),
}
#: What the second system made of the place.
_JUDGED: Final = {
    "right": Text("has it right", "标对"),
    "wrong": Text("has it wrong too", "也错"),
}


def name_mistakes(
    evaluation: Evaluation, names: NamesReport, other: Comparison | None = None
) -> Html:
    """The browser of mistakes with names; what a second system said stands below."""
    step = -(-len(names.mistakes) // MOST) or 1
    shown = names.mistakes[::step]
    of_other = other.predicted if other is not None else ()
    articles = _Articles(evaluation, of_other)
    items = [_item(articles, names, mistake, other) for mistake in shown]
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
        _filters(names, shown, other if of_other else None),
        h("ol", {"class": "mistakes"}, *items),
    )


def _filters(
    names: NamesReport, shown: Sequence[Mistake], other: Comparison | None
) -> Html:
    types = Counter(label for mistake in shown for label in _types(mistake))
    selects = {
        "kind": (Text("kind", "错误"), list(_kind_options(count_kinds(shown)))),
        "type": (
            Text("type", "类型"),
            [option(x, same(x), types[x]) for x in names.labels],
        ),
        "rule": (Text("rule", "规则"), list(_rule_options(count_rules(shown)))),
        "slice": (Text("slice", "分组"), list(_slice_options(names))),
    }
    if other is not None:
        judged = [option(name, title) for name, title in _JUDGED.items()]
        selects["other"] = (same(other.name), judged)
    return h(
        "form",
        {"class": "filters", "id": "filters"},
        *(select(name, title, options) for name, (title, options) in selects.items()),
        h(
            "label",
            None,
            Text("text", "文字"),
            h("input", {"type": "search", "name": "text", "autocomplete": "off"}),
        ),
        h("output", {"id": "shown"}, ""),
    )


def _kind_options(counts: Counter[Kind]) -> Iterator[Html]:
    for kind in Kind:
        if counts[kind]:
            yield option(kind, Text(kind, kind.zh), counts[kind])


def _rule_options(counts: Counter[str]) -> Iterator[Html]:
    for rule in sorted(counts, key=lambda rule: int(rule[1:])):
        title = Text(*(f"{rule} {about}" for about in RULES[rule]))
        yield option(rule, title, counts[rule])


def _slice_options(names: NamesReport) -> Iterator[Html]:
    for slicing, buckets in names.buckets.items():
        title = SLICINGS.get(slicing, same(slicing))
        for bucket in buckets:
            shown = BUCKETS.get(bucket, same(bucket))
            text = Text(f"{title.en}: {shown.en}", f"{title.zh}：{shown.zh}")
            yield option(f"{slicing}={bucket}", text)


def _types(mistake: Mistake) -> list[str]:
    return sorted({span.label for span in (*mistake.gold, *mistake.predicted)})


class _Articles:
    """Articles with the spans of gold and systems in order, sorted once for each."""

    def __init__(self, evaluation: Evaluation, other: Sequence[Document]) -> None:
        self._sides = [
            evaluation.gold,
            evaluation.predicted,
            *([other] if other else []),
        ]
        self._found: dict[int, tuple[str, list[list[Span]]]] = {}

    def __getitem__(self, article: int) -> tuple[str, list[list[Span]]]:
        if article not in self._found:
            documents = [side[article] for side in self._sides]
            spans = [sorted(document.spans or ()) for document in documents]
            self._found[article] = (documents[0].text, spans)
        return self._found[article]

    def name(self, article: int) -> str:
        """The id of an article."""
        return self._sides[0][article].id


def _item(
    articles: _Articles, names: NamesReport, mistake: Mistake, other: Comparison | None
) -> Html:
    text, sides = articles[mistake.article]
    place = sentence(text, mistake.start, mistake.end)
    slices = "|".join(f"{k}={v}" for k, v in names.buckets_of(mistake).items())
    kinds = [
        h("span", {"class": "kind"}, Text(kind, kind.zh)) for kind in mistake.kinds
    ]
    if mistake.rule:
        rule = Text(*RULES[mistake.rule])
        kinds.append(h("span", {"class": "rule"}, mistake.rule, " ", rule))
    attributes = {
        "data-kind": " ".join(mistake.kinds),
        "data-type": " ".join(_types(mistake)),
        "data-rule": mistake.rule or "",
        "data-slice": f"|{slices}|",
    }
    strong: list[Sequence[Span]] = [mistake.gold, mistake.predicted]
    titles = [_SIDES["gold"], _SIDES["found"]]
    if other is not None and sides[2:]:
        strong.append(touching(sides[2], (mistake.start, mistake.end)))
        titles.append(_SIDES["other"])
        right = list(strong[2]) == list(mistake.gold)
        attributes["data-other"] = "right" if right else "wrong"
    lines = [
        h(
            "p",
            {"class": f"line {name}"},
            h("b", None, title),
            marked(text, place, spans, touched),
        )
        for name, title, spans, touched in zip(
            ("gold", "found", "found other"), titles, sides, strong, strict=False
        )
    ]
    cite = h("cite", None, articles.name(mistake.article))
    return h("li", attributes, h("p", {"class": "head"}, cite, *kinds), *lines)
