"""Reports: every figure is there, nothing from data is markup, floors hold."""

import json
import re
import time
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from scoring_cases import marked, random_corpus

from tagger.errors import GoldError, SettingsError
from tagger.gold.auditing import Audit
from tagger.reporting.all_tables import all_tables
from tagger.reporting.floors import Floors
from tagger.reporting.html import h, join
from tagger.reporting.html_page import page
from tagger.reporting.json_file import mistake_object, report_object
from tagger.reporting.markdown import markdown
from tagger.reporting.report import Comparison, Report
from tagger.reporting.tables import UNDEFINED, interval, percent
from tagger.reporting.terminal import drawn
from tagger.reporting.words import Text
from tagger.scoring.documents import CutPage, Document, Facts, Filing, Piece, Span
from tagger.scoring.evaluation import compare_systems, evaluate, evaluate_cuts
from tagger.scoring.gate import digest, falls, parse_limits
from tagger.scoring.statistics import Figure, Resampling

HOSTILE = "<script>alert(1)</script>&\"'</title>"
HOW = Resampling(50)


def hostile_report():
    """A report in which every text that comes from data tries to be markup."""
    text = f"{HOSTILE}云川\n市教育局说。"
    place = text.index("云川")
    label = "<b>LOC"
    gold = [
        Document(
            HOSTILE,
            text,
            (Span(place, place + 4, label),),
            Filing("law", (HOSTILE,)),
            Facts(HOSTILE, (HOSTILE,), "2026-01-02", HOSTILE, HOSTILE),
        ),
        Document(
            "b", "无名。", (), Filing(HOSTILE), Facts(date="2025-01-01", source="s")
        ),
    ]
    found = [
        Document(
            HOSTILE,
            text,
            (Span(place, place + 2, label), Span(place + 5, place + 8, "ORG")),
            Filing(HOSTILE, (), {HOSTILE: 0.9, "law": 0.5}, 0.9),
        ),
        Document(
            "b",
            "无名。",
            (Span(0, 1, '" onload="'),),
            Filing("law", (), {"law": 0.7}, 0.7),
        ),
    ]
    audit = Audit(Path(f"{HOSTILE}.jsonl".replace("/", "")), "jsonl", 2, 3, 3)
    audit.notes.append(HOSTILE)
    differences = compare_systems(gold, found, gold, HOW)
    page_gold = CutPage(
        HOSTILE, text, (Piece(0, place, gold[0]), Piece(place, len(text), gold[1]))
    )
    page_found = CutPage(HOSTILE, text, (Piece(0, len(text), found[0]),))
    return Report(
        HOSTILE,
        HOSTILE,
        "0" * 64,
        (audit,),
        evaluate(gold, found, HOW),
        evaluate_cuts([page_gold], [page_found], [page_gold], HOW),
        Comparison(HOSTILE, differences, audit, tuple(gold)),
        (HOSTILE,),
    )


def plain_report(articles=12):
    gold, found = random_corpus(3, articles)
    return Report("a.conll", "gold.conll", "0" * 64, (), evaluate(gold, found, HOW))


class Elements(HTMLParser):
    """Collects elements and checks that they nest."""

    def __init__(self):
        super().__init__()
        self.open, self.names, self.attributes = [], [], []

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes += attrs
        if tag not in {"meta", "input", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def elements_of(html):
    found = Elements()
    found.feed(html)
    found.close()
    assert found.open == []
    return found


def test_nothing_from_data_is_markup():
    html = page(hostile_report())
    found = elements_of(html)
    assert found.names.count("script") == 1
    assert found.names.count("title") <= 1 + 10  # the page's, and the plot's dots
    assert not any(name.startswith("on") for name, _ in found.attributes)
    assert HOSTILE not in html
    assert "<b>LOC" not in html
    assert "&lt;script&gt;" in html


def test_a_page_loads_nothing():
    html = page(plain_report())
    found = elements_of(html)
    assert not {"link", "img", "iframe", "object"} & {*found.names}
    assert not any(name in {"src", "href", "action"} for name, _ in found.attributes)
    assert "http://" not in html
    assert "https://" not in html
    assert any("default-src 'none'" in value for _, value in found.attributes)


def test_every_mistake_is_on_the_page_with_its_filters():
    report = plain_report()
    html = page(report)
    names = report.evaluation.names
    items = re.findall(r'<li data-kind="([^"]+)" data-type="([^"]+)"', html)
    assert len(items) == len(names.mistakes) > 10
    assert [kinds.split() for kinds, _ in items] == [
        list(m.kinds) for m in names.mistakes
    ]
    assert 'data-slice="|' in html
    assert "名称错误逐条" in html


def test_too_many_mistakes_are_sampled_and_that_is_said(monkeypatch):
    monkeypatch.setattr("tagger.reporting.html_mistakes.MOST", 5)
    html = page(plain_report())
    assert html.count("<li data-kind") <= 5
    assert "evenly sampled" in html


def test_every_element_says_both_languages_or_neither():
    html = page(plain_report())
    assert html.count(' lang="en">') == html.count(' lang="zh-Hans">') > 50


def test_a_second_system_stands_below_each_mistake_with_its_filter():
    gold, found = random_corpus(3, 12)
    evaluation = evaluate(gold, found, HOW)
    differences = compare_systems(gold, found, gold, HOW)
    audit = Audit(Path("b.conll"), "conll")

    def compared(other):
        comparison = Comparison("b.conll", differences, audit, tuple(other))
        report = Report("a", "g", "0" * 64, (), evaluation, comparison=comparison)
        return page(report)

    mistakes = len(evaluation.names.mistakes)
    assert compared(gold).count('data-other="right"') == mistakes > 0
    assert compared(found).count('data-other="wrong"') == mistakes
    html = compared(gold)
    assert html.count('class="line found other"') == mistakes
    assert 'select name="other"' in html
    assert html.index('id="comparison"') < html.index('id="names"')


def test_one_giant_article_costs_no_more_than_many():
    size = 30_000
    text = "云川市的" * size
    gold = [
        Document("a", text, tuple(Span(4 * n, 4 * n + 3, "LOC") for n in range(size)))
    ]
    found = [
        Document("a", text, tuple(Span(4 * n, 4 * n + 2, "LOC") for n in range(size)))
    ]
    report = Report("a", "g", "0" * 64, (), evaluate(gold, found, HOW))
    begin = time.process_time()
    page(report)
    # looking through all spans for each mistake would take minutes
    assert time.process_time() - begin < 20


def test_json_holds_every_figure_unrounded():
    report = hostile_report()
    made = json.loads(json.dumps(report_object(report, "1.0")))
    assert made["figures"].keys() == report.figures.keys()
    for name, figure in report.figures.items():
        assert made["figures"][name]["value"] == figure.value
    assert made["resampling"]["seed"] == HOW.seed
    assert made["mistakes"]["all"] == len(report.evaluation.names.mistakes)
    assert (
        made["comparison"]["differences"].keys() == report.comparison.differences.keys()
    )
    assert made["cost_of_cuts"]
    assert report.figures["sections.primary"].value == 0.0


def test_a_mistake_as_an_object_says_its_spans():
    text, gold = marked("去[云川市](LOC)")
    evaluation = evaluate([Document("a", text, gold)], [Document("a", text, ())], HOW)
    (mistake,) = evaluation.names.mistakes
    assert mistake_object(mistake, evaluation) == {
        "id": "a",
        "kinds": ["missed"],
        "rule": None,
        "gold": [[1, 4, "LOC", "云川市"]],
        "predicted": [],
        "context": "去云川市",
    }


def test_tables_draw_in_a_terminal_and_as_markdown():
    report = hostile_report()
    console = Console(width=100, record=True, file=StringIO())
    console.print(drawn(all_tables(report), full=True))
    text = console.export_text()
    for words in (
        "Names",
        "Sections",
        "Page cuts",
        "What wrong cuts cost",
        "Two systems",
    ):
        assert words in text
    for zh in (False, True):
        made = markdown(all_tables(report), zh=zh)
        assert "<script>" not in made.replace("\\<script\\>", "")
        rows = [line for line in made.splitlines() if line.startswith("|")]
        assert all(line.endswith(" |") for line in rows)
    assert "### 名称" in made


def test_undefined_is_a_dash():
    assert percent(None).text.en == UNDEFINED
    assert interval(Figure(0.5)).text.en == UNDEFINED
    assert interval(Figure(0.5, -0.01, 0.02)).text.en == "−1.0 … 2.0"
    assert interval(Figure(0.5, 0.4, 0.6)).text.en == "40.0–60.0"


def test_html_escapes_what_is_not_html():
    made = h("p", {"title": '">'}, "<", Text("&", "和"), h("b", None, ">"))
    assert made == (
        '<p title="&quot;&gt;">&lt;<span lang="en">&amp;</span>'
        '<span lang="zh-Hans">和</span><b>&gt;</b></p>'
    )
    assert join("a", made) == f"a{made}"


def test_a_misspelt_score_is_told_with_those_near():
    figures = {name: Figure(0.5) for name in ("strict.f1", "PER.f1", "tags.f1")}
    with pytest.raises(SettingsError, match=r"'strict.F'; there are strict\.f1"):
        falls(figures, {"strict.F": 0.5})


def test_limits_are_parsed_and_checked():
    limits = parse_limits("strict.f1=.9, ORG.f1=85%,section=law.f1 = 0.5")
    assert limits == {"strict.f1": 0.9, "ORG.f1": 0.85, "section=law.f1": 0.5}
    figures = {
        "strict.f1": Figure(0.89),
        "ORG.f1": Figure(0.86),
        "section=law.f1": Figure(None),
    }
    assert [str(fall) for fall in falls(figures, limits)] == [
        "strict.f1 is 0.8900, under its floor of 0.9000",
        "section=law.f1 is undefined, under its floor of 0.5000",
    ]
    for wrong in ("strict.f1", "strict.f1=x", "strict.f1=90", ""):
        with pytest.raises(SettingsError):
            parse_limits(wrong)
    with pytest.raises(SettingsError, match="no score 'strict'"):
        falls(figures, {"strict": 0.5})


def test_the_digest_is_of_what_gold_says_not_of_its_order():
    gold, _ = random_corpus(1)
    assert digest(gold) == digest(gold[::-1])
    changed = [Document(gold[0].id, gold[0].text, ()), *gold[1:]]
    assert digest(gold) != digest(changed)


def figures(**values):
    return {name.replace("_", "."): Figure(value) for name, value in values.items()}


def test_floors_are_pinned_raised_and_not_lowered_in_silence(tmp_path):
    path = tmp_path / "floors.json"
    floors = Floors.read(path).repinned(
        "dev", "d1", figures(strict_f1=0.91237, x=1.0), None
    )
    floors.write()
    floors = Floors.read(path)
    assert floors.sets["dev"]["floors"] == {"strict.f1": 0.9123}
    assert floors.check("dev", "d1", figures(strict_f1=0.91237)) == []
    assert len(floors.check("dev", "d1", figures(strict_f1=0.9))) == 1
    raised = floors.repinned("dev", "d1", figures(strict_f1=0.95), None)
    assert raised.sets["dev"]["floors"] == {"strict.f1": 0.95}
    with pytest.raises(SettingsError, match=r"would lower strict.f1 0.9500 → 0.9000"):
        raised.repinned("dev", "d1", figures(strict_f1=0.9), None)
    lowered = raised.repinned("dev", "d1", figures(strict_f1=0.9), "new gold rule")
    assert lowered.sets["dev"]["history"] == [
        {"why": "new gold rule", "was": {"strict.f1": 0.95}}
    ]


def test_a_reason_is_kept_only_where_it_was_needed(tmp_path):
    made = {"strict.f1": Figure(0.9)}
    first = Floors.read(tmp_path / "f.json").repinned("a", "1", made, "first")
    again = first.repinned("a", "1", made, "other gold of b")
    assert again.sets["a"]["history"] == [{"why": "first", "was": {}}]
    changed = again.repinned("a", "2", made, "other gold")
    assert [entry["why"] for entry in changed.sets["a"]["history"]] == [
        "first",
        "other gold",
    ]


def test_floors_are_of_one_gold(tmp_path):
    floors = Floors(tmp_path / "f.json", {}).repinned(
        "dev", "d1", figures(strict_f1=0.9), None
    )
    with pytest.raises(GoldError, match="not the one its floors are of"):
        floors.check("dev", "d2", figures(strict_f1=0.9))
    with pytest.raises(SettingsError, match="the gold changed"):
        floors.repinned("dev", "d2", figures(strict_f1=0.9), None)
    with pytest.raises(SettingsError, match="no floors for 'other'"):
        floors.check("other", "d1", {})
    with pytest.raises(SettingsError, match="undefined"):
        floors.repinned("dev", "d1", {}, None)
    (tmp_path / "bad.json").write_text('{"dev": 3}', "utf-8")
    with pytest.raises(SettingsError, match="no file of floors"):
        Floors.read(tmp_path / "bad.json")
