"""Articles filed wrongly, and borders cut wrongly, one by one."""

from collections.abc import Iterator
from typing import Final

from tagger.reporting.html import Html, h
from tagger.reporting.section_tables import section_name
from tagger.reporting.words import Text
from tagger.scoring.cuts import borders
from tagger.scoring.documents import CutPage, Document, Filing
from tagger.scoring.evaluation import CutsEvaluation, Evaluation

_MOST: Final = 2000


def filing_mistakes(evaluation: Evaluation) -> Html:
    """Articles whose primary section is wrong."""
    wrong = [
        (document, found.filing or Filing(None))
        for document, found in zip(evaluation.gold, evaluation.predicted, strict=True)
        if document.filing
        and document.filing.primary != (found.filing or Filing(None)).primary
    ]
    items = [_filing(document, filing) for document, filing in wrong[:_MOST]]
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
        h("p", {"class": "note"}, f"{min(len(items), _MOST):,} / {len(items):,}"),
        h("ol", {"class": "mistakes"}, *items[:_MOST]),
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
