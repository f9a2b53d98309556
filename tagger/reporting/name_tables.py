"""Tables about names."""

from collections.abc import Iterator

from tagger.reporting.tables import (
    P_R_F1,
    Cell,
    Table,
    count,
    interval,
    number,
    percent,
    three,
    words,
)
from tagger.reporting.words import (
    BUCKETS,
    EFFORTS,
    SCHEMAS,
    SLICINGS,
    Text,
    same,
)
from tagger.scoring.evaluation import HALF_WIDTH, Evaluation, NamesReport
from tagger.scoring.kinds import Kind
from tagger.scoring.mistakes import count_kinds, count_rules
from tagger.scoring.rules import RULES

_NOTHING = Text("nothing", "无")
_GOLD = Text("gold", "应有")
_PREDICTED = Text("found", "所标")


def name_tables(evaluation: Evaluation) -> Iterator[Table]:
    """All tables about names, the most asked for first."""
    report = evaluation.names
    if report is None:
        return
    yield _overall(evaluation)
    yield _types(evaluation, report)
    yield _articles(evaluation)
    yield _effort(evaluation)
    yield _kinds(report)
    yield _rules(report)
    yield confusion_table(report)
    for name in report.buckets:
        yield _slice(evaluation, name)


def _overall(evaluation: Evaluation) -> Table:
    rows = [
        (words(title), *three(evaluation.figures, f"{schema}."))
        for schema, title in SCHEMAS.items()
    ]
    macro = Text("strict, mean of types", "严格，逐类平均")
    rows.append((words(macro), *three(evaluation.figures, "macro.")))
    return Table(
        "names",
        Text("Names", "名称"),
        (Text("counted right", "算对的条件"), *P_R_F1),
        tuple(rows),
    )


def _types(evaluation: Evaluation, report: NamesReport) -> Table:
    figures, counts = evaluation.figures, evaluation.counts
    rows = [
        (
            words(label),
            count(counts[f"{label}.gold"]),
            count(counts[f"{label}.predicted"]),
            *three(figures, f"{label}."),
            percent(figures[f"{label}.type.f1"].value),
            percent(figures[f"{label}.tags.f1"].value),
            percent(figures[f"{label}.once.r"].value),
        )
        for label in report.labels
    ]
    header = (
        Text("type", "类型"),
        _GOLD,
        _PREDICTED,
        *P_R_F1,
        Text("F1, overlap", "重叠F1"),
        Text("F1, tags", "标目F1"),
        Text("once", "至少一次"),
    )
    return Table("types", Text("Names by type", "各类名称"), header, tuple(rows))


def _articles(evaluation: Evaluation) -> Table:
    figures = evaluation.figures
    deviation = figures["articles.std"].value
    spread = "" if deviation is None else f" ± {100 * deviation:.1f}"
    rows = [
        (
            words(
                Text(
                    f"strict F1, mean of articles{spread}",
                    f"严格F1，逐篇平均{spread}",
                )
            ),
            percent(figures["articles.f1"].value),
            interval(figures["articles.f1"]),
        ),
        *(
            (words(title), percent(figures[name].value), interval(figures[name]))
            for name, title in _TAGS.items()
        ),
    ]
    note = needed_note(evaluation)
    header = (Text("by article", "逐篇"), Text("%", "%"), P_R_F1[3])
    return Table("articles", Text("Articles", "文章"), header, tuple(rows), note)


_TAGS = {
    "tags.p": Text(
        "tags (distinct names of an article), P", "标目（一篇中不同的名称）准确率"
    ),
    "tags.r": Text("tags, R", "标目召回率"),
    "tags.f1": Text("tags, F1", "标目F1"),
    "once.r": Text("names found at least once", "至少标出一次的名称"),
}


def needed_note(evaluation: Evaluation) -> Text | None:
    """How many more gold articles would narrow each headline score."""
    wanted = {name: n for name, n in evaluation.needed.items() if n is not None}
    if not wanted:
        return None
    listed = ", ".join(f"{name} {n:,}" for name, n in wanted.items())
    points = f"±{100 * HALF_WIDTH:.0f}"
    return Text(
        f"More gold articles for {points} points: {listed}",
        f"区间窄至{points}个百分点还需标注的篇数：{listed}",
    )


def _effort(evaluation: Evaluation) -> Table:
    rows = [
        (
            words(title),
            number(evaluation.figures[name].value, 2),
            interval(evaluation.figures[name], 1, 2),
        )
        for name, title in EFFORTS.items()
    ]
    header = (
        Text("act", "操作"),
        Text("per 1,000 characters", "每千字"),
        P_R_F1[3],
    )
    return Table(
        "effort", Text("What a reviewer has to do", "校对工作量"), header, tuple(rows)
    )


def _kinds(report: NamesReport) -> Table:
    counts, total = count_kinds(report.mistakes), max(len(report.mistakes), 1)
    rows = [
        (
            words(Text(kind, kind.zh)),
            count(counts[kind]),
            percent(counts[kind] / total),
        )
        for kind in Kind
        if counts[kind]
    ]
    note = Text(
        f"{len(report.mistakes):,} mistakes; one can be of several kinds",
        f"共{len(report.mistakes):,}处错误，一处可属数类",
    )
    header = (Text("kind", "错误"), Text("mistakes", "处数"), Text("%", "%"))
    return Table("kinds", Text("Mistakes", "错误"), header, tuple(rows), note)


def _rules(report: NamesReport) -> Table:
    counts = count_rules(report.mistakes)
    rows = [
        (words(rule), words(Text(*RULES[rule])), count(n))
        for rule, n in counts.most_common()
    ]
    note = Text(
        f"{counts.total():,} of {len(report.mistakes):,} mistakes look decided by a rule",
        f"{len(report.mistakes):,}处错误中{counts.total():,}处可归于某条规则",
    )
    header = (Text("rule", "规则"), Text("about", "内容"), Text("mistakes", "处数"))
    title = Text("Mistakes by guideline rule", "按标注规则")
    return Table("rules", title, header, tuple(rows), note, brief=False)


def confusion_table(report: NamesReport) -> Table:
    """Gold types down, predicted types across, nothing last."""
    labels = [*map(same, report.confusion.labels), _NOTHING]
    counts = report.confusion.counts
    shares = counts / counts.sum(axis=1, keepdims=True).clip(1)
    rows = [
        (
            words(label),
            *(
                Cell(same(f"{int(n):,}"), float(share), is_number=True)
                for n, share in zip(counts[place], shares[place], strict=True)
            ),
        )
        for place, label in enumerate(labels)
    ]
    rows[-1] = (*rows[-1][:-1], words(""))
    header = (Text("gold ↓ found →", "应为↓ 所标→"), *labels)
    title = Text("What was taken for what", "混淆")
    return Table("confusion", title, header, tuple(rows), brief=False)


def used_buckets(evaluation: Evaluation, name: str) -> list[str]:
    """The buckets of a slicing that have gold or predicted names."""
    buckets = evaluation.names.buckets[name] if evaluation.names else ()
    counts = evaluation.counts
    return [
        bucket
        for bucket in buckets
        if counts[f"{name}={bucket}.gold"] or counts[f"{name}={bucket}.predicted"]
    ]


def _slice(evaluation: Evaluation, name: str) -> Table:
    figures, counts = evaluation.figures, evaluation.counts
    rows = [
        (
            words(BUCKETS.get(bucket, same(bucket))),
            count(counts[f"{name}={bucket}.gold"]),
            count(counts[f"{name}={bucket}.predicted"]),
            *three(figures, f"{name}={bucket}."),
        )
        for bucket in used_buckets(evaluation, name)
    ]
    title = SLICINGS.get(name, same(name))
    full = Text(f"Names by: {title.en}", f"分组：{title.zh}")
    header = (title, _GOLD, _PREDICTED, *P_R_F1)
    return Table(f"slice-{name}", full, header, tuple(rows), brief=False)
