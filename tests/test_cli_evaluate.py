"""The commands eval, agree, convert and check, as their users see them."""

import json
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
import typer
from corpus_cases import write_corpus
from scoring_cases import marked
from typer.testing import CliRunner

from tagger import tagging
from tagger.cli import evaluate
from tagger.cli.errors import ErrorsInOneLine
from tagger.labels import EntityLabel, Section
from tagger.outcomes import TaggedPage
from tagger.records import (
    Article,
    Entity,
    ModelId,
    Record,
    SectionGuess,
    Source,
)

app = typer.Typer(cls=ErrorsInOneLine)
evaluate.register(app)

LINES = [
    "[云川市](LOC)[教育局](ORG)的[陈立文](PER)去[柳湾县](LOC)。",
    "[柳湾县](LOC)的[丁洁](PER)说，雨停了。",
    "今天没有名字。",
]
FOUND = [
    "[云川市教育局](ORG)的[陈立文](PER)去[柳湾县](LOC)。",
    "[柳湾县](LOC)的[丁洁](PER)说，[雨](LOC)停了。",
    "今天没有名字。",
]


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def columns(path, lines):
    rows = []
    for line in lines:
        text, spans = marked(line)
        tags = ["O"] * len(text)
        for start, end, label in spans:
            tags[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
        rows += [f"{char}\t{tag}" for char, tag in zip(text, tags, strict=True)] + [""]
    path.write_text("\n".join(rows), "utf-8")
    return path


def jsonl(path, lines, **fields):
    with path.open("w", encoding="utf-8") as file:
        for number, line in enumerate(lines):
            text, spans = marked(line)
            item = {"id": f"a{number}", "text": text, "entities": spans} | fields
            file.write(json.dumps(item, ensure_ascii=False) + "\n")
    return path


def test_a_researchers_columns_scored_and_compared(tmp_path):
    gold = columns(tmp_path / "gold.conll", LINES)
    one = columns(tmp_path / "one.conll", FOUND)
    two = columns(tmp_path / "two.conll", LINES)
    result = run("eval", gold, "--pred", one, "--trials", 50)
    assert result.exit_code == 0, result.stderr
    assert "66.67" in result.stdout
    assert "gold.conll (conll): 3 documents, 6 spans read, 6 kept" in result.stdout
    assert "50 draws of documents, seed 20260707" in result.stdout
    result = run("eval", gold, "--pred", one, "--compare", two, "--trials", 50)
    assert "Two systems" in result.stdout
    assert "two.conll" in result.stdout


def test_systems_in_files_of_one_name_are_told_apart(tmp_path):
    gold = jsonl(tmp_path / "g.jsonl", LINES)
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    one = jsonl(tmp_path / "one" / "p.jsonl", FOUND)
    two = jsonl(tmp_path / "two" / "p.jsonl", LINES)
    out = tmp_path / "r.json"
    run("eval", gold, "--pred", one, "--compare", two, "--trials", 9, "--json", out)
    made = json.loads(out.read_text("utf-8"))
    assert (made["system"], made["comparison"]["system"]) == (
        "one/p.jsonl",
        "two/p.jsonl",
    )


def test_files_that_repeat_ids_or_count_otherwise_have_an_option(tmp_path):
    text = "𠮷田去云川市。"
    items = [{"id": "s", "text": text, "entities": [[0, 2, "PER"], [3, 6, "LOC"]]}] * 2
    gold = tmp_path / "g.jsonl"
    gold.write_text("".join(json.dumps(i) + "\n" for i in items), "utf-8")
    utf16 = [i | {"entities": [[0, 3, "PER"], [4, 7, "LOC"]]} for i in items]
    pred = tmp_path / "p.jsonl"
    pred.write_text("".join(json.dumps(i) + "\n" for i in utf16), "utf-8")
    refused = run("eval", gold, "--pred", pred)
    assert (refused.exit_code, "g.jsonl:2: id 's' twice" in refused.stderr) == (1, True)
    how = ("--repeated-ids", "number", "--pred-offsets", "utf-16", "--trials", 9)
    result = run("eval", gold, "--pred", pred, *how)
    assert result.exit_code == 0, result.stderr
    assert "1 repeated ids numbered" in result.stdout
    assert "100.00  100.00  100.00" in result.stdout
    assert run("check", gold).exit_code == 1
    numbered = run("check", gold, "--repeated-ids", "number")
    assert "2 documents, 4 spans read, 4 kept" in numbered.stdout
    assert run("check", jsonl(tmp_path / "none.jsonl", [])).exit_code == 4


def test_all_reports_are_written(tmp_path):
    gold, pred = jsonl(tmp_path / "g.jsonl", LINES), jsonl(tmp_path / "p.jsonl", FOUND)
    paths = {
        f"--{name}": tmp_path / f"r.{name}"
        for name in ("json", "html", "markdown", "mistakes")
    }
    options = [x for pair in paths.items() for x in pair]
    result = run("eval", gold, "--pred", pred, "--trials", 20, "--full", *options)
    assert result.exit_code == 0, result.stderr
    made = json.loads(paths["--json"].read_text("utf-8"))
    assert made["figures"]["strict.f1"]["value"] == pytest.approx(8 / 12)
    assert paths["--html"].read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "### Names" in paths["--markdown"].read_text("utf-8")
    mistakes = [
        json.loads(x) for x in paths["--mistakes"].read_text("utf-8").splitlines()
    ]
    assert [m["kinds"] for m in mistakes] == [["merged"], ["spurious"]]


def test_a_score_below_a_floor_is_exit_6(tmp_path):
    gold, pred = jsonl(tmp_path / "g.jsonl", LINES), jsonl(tmp_path / "p.jsonl", FOUND)
    base = ("eval", gold, "--pred", pred, "--trials", 0)
    assert run(*base, "--fail-under", "strict.f1=.66").exit_code == 0
    result = run(*base, "--fail-under", "strict.f1=.67,LOC.f1=.1")
    assert result.exit_code == 6
    assert "strict.f1 is 0.6667, under its floor of 0.6700" in result.stderr
    floors = tmp_path / "floors.json"
    assert run(*base, "--floors", floors, "--repin").exit_code == 0
    assert run(*base, "--floors", floors).exit_code == 0
    worse = (
        "eval",
        gold,
        "--pred",
        jsonl(tmp_path / "q.jsonl", FOUND[:1] + LINES[2:] * 2),
    )
    worse = jsonl(
        tmp_path / "q.jsonl", [FOUND[0], "柳湾县的丁洁说，雨停了。", FOUND[2]]
    )
    worse = ("eval", gold, "--pred", worse, "--trials", 0, "--floors", floors)
    assert run(*worse).exit_code == 6
    refused = run(*worse, "--repin")
    assert refused.exit_code == 1
    assert "would lower" in refused.stderr
    assert run(*worse, "--repin", "--why", "stricter rule").exit_code == 0
    assert run(*worse).exit_code == 0
    assert run(*base, "--repin").exit_code == 2


def test_documents_that_do_not_match_are_told(tmp_path):
    gold = jsonl(tmp_path / "g.jsonl", LINES)
    pred = jsonl(tmp_path / "p.jsonl", FOUND[:2])
    result = run("eval", gold, "--pred", pred)
    assert result.exit_code == 1
    assert "no prediction for 1 document: a2" in result.stderr
    result = run("eval", gold, "--pred", pred, "--allow-missing", "--trials", 0)
    assert "1 document without prediction" in result.stdout


def test_spans_that_do_not_fit_are_told(tmp_path):
    gold = jsonl(tmp_path / "g.jsonl", LINES, entities=[[0, 99, "LOC"]])
    pred = jsonl(tmp_path / "p.jsonl", FOUND)
    result = run("eval", gold, "--pred", pred)
    assert result.exit_code == 1
    assert "LOC 0-99 is outside the text (3 refused in all)" in result.stderr
    result = run("eval", gold, "--pred", pred, "--allow-refused", "--trials", 0)
    assert result.exit_code == 0
    assert "3 refused" in result.stdout


def test_usage_mistakes_are_exit_2_and_settings_exit_1(tmp_path):
    gold = jsonl(tmp_path / "g.jsonl", LINES)
    assert run("eval", gold).exit_code == 2
    assert run("eval", gold, "--pred", gold, "--model", "x").exit_code == 2
    result = run("eval", gold, "--pred", gold, "--labels", "LOC")
    assert result.exit_code == 1
    assert "no renaming" in result.stderr
    empty = jsonl(tmp_path / "e.jsonl", LINES, entities=None)
    assert "neither names nor sections" in run("eval", gold, "--pred", empty).stderr
    assert run("eval", tmp_path / "none.jsonl", "--pred", gold).exit_code == 4
    assert run("agree", gold).exit_code == 2


def test_seen_and_unseen_names_are_told_apart(tmp_path):
    gold, pred = jsonl(tmp_path / "g.jsonl", LINES), jsonl(tmp_path / "p.jsonl", FOUND)
    result = run("eval", gold, "--pred", pred, "--train", pred, "--trials", 0, "--full")
    assert "seen in" in result.stdout
    assert "unseen" in result.stdout


@dataclass
class Fake:
    """Finds 柳湾县 and files everything under law; cuts pages in two."""

    model = ModelId("fake", "1")
    sections = SimpleNamespace(
        config=SimpleNamespace(sections=("law", "health")),
        scores=lambda titled: SimpleNamespace(member=np.full((len(titled), 2), 0.5)),
    )

    def _entities(self, text):
        if "柳湾县" not in text:
            return ()
        start = text.index("柳湾县")
        return (Entity(start, start + 3, EntityLabel.LOC, 0.9),)

    def _sections(self):
        return (SectionGuess(Section.LAW, 0.8, primary=True),)

    def tag_texts(self, texts, conventions=None):
        return [tagging.Tags(self._entities(t), self._sections()) for t in texts]

    def tag_pages(self, pages):
        for page in pages:
            half = page.text.index("乙事")
            yield TaggedPage(
                page,
                tuple(
                    Record(
                        f"r{start}",
                        Source(page.path, page.sha256, start, end),
                        Article(start, end, title=page.text[start : start + 2]),
                        page.text[start:end],
                        self._entities(page.text[start:end]),
                        self._sections(),
                        self.model,
                    )
                    for start, end in ((0, half), (half, len(page.text)))
                ),
                (),
            )


@pytest.fixture
def fake(monkeypatch):
    monkeypatch.setattr(tagging, "load", lambda models=None: Fake())


def test_a_model_is_run_and_scored(tmp_path, fake):
    gold = jsonl(tmp_path / "g.jsonl", LINES, sections=["law"])
    out = tmp_path / "r.json"
    result = run("eval", gold, "--model", "shipped", "--trials", 0, "--json", out)
    assert result.exit_code == 0, result.stderr
    made = json.loads(out.read_text("utf-8"))
    assert made["system"] == "fake 1"
    assert made["figures"]["strict.p"]["value"] == 1.0
    assert made["figures"]["sections.primary"]["value"] == 1.0
    assert made["figures"]["sections.ece"]["value"] == pytest.approx(0.2)
    assert made["sections"]["average_precision"]["law"] == 1.0


def test_a_model_is_scored_through_its_own_cuts(tmp_path, fake):
    text = "甲事\n柳湾县。\n乙事\n云川下大雨。\n丙事\n柳湾县。\n"
    starts = [text.index(x) for x in ("甲事", "乙事", "丙事")] + [len(text)]
    articles = [
        {
            "start": a,
            "end": b,
            "title": text[a : a + 2],
            "sections": ["law"],
            "entities": [[a + 3, a + 6, "LOC"]] if "柳湾" in text[a:b] else [],
        }
        for a, b in pairwise(starts)
    ]
    gold, out = tmp_path / "pages.jsonl", tmp_path / "r.json"
    page = {"id": "p1", "text": text, "articles": articles}
    gold.write_text(json.dumps(page, ensure_ascii=False), "utf-8")
    html = tmp_path / "r.html"
    result = run(
        "eval", gold, "--model", "m", "--trials", 20, "--json", out, "--html", html
    )
    assert result.exit_code == 0, result.stderr
    assert "What wrong cuts cost" in result.stdout
    made = json.loads(out.read_text("utf-8"))
    assert made["figures"]["cuts.r"]["value"] == 0.5
    assert made["figures"]["cuts.title"]["value"] == pytest.approx(2 / 3)
    cost = made["cost_of_cuts"]
    assert cost["through.strict.f1"]["a"] == cost["through.strict.f1"]["b"] == 1.0
    # 丙事 has no article of its own: its tag is filed with 乙事
    assert cost["through.tags.f1"]["a"] == pytest.approx(0.5)
    assert cost["through.tags.f1"]["b"] == 1.0
    assert "漏切" in html.read_text("utf-8")


def test_agreement_of_two_and_of_three(tmp_path):
    a = jsonl(tmp_path / "a.jsonl", LINES, sections=["law"])
    b = jsonl(tmp_path / "b.jsonl", FOUND, sections=["health", "law"])
    out = tmp_path / "r.json"
    result = run("agree", a, b, a, "--trials", 20, "--json", out)
    assert len(json.loads(out.read_text("utf-8"))) == 3
    result = run("agree", a, b, "--trials", 20, "--json", out)
    assert result.exit_code == 0, result.stderr
    assert "a.jsonl / b.jsonl" in result.stdout
    (pair,) = json.loads(out.read_text("utf-8"))
    assert pair["agreement"]["names"]["strict.f1"]["value"] == pytest.approx(8 / 12)
    assert pair["agreement"]["kappa"] == 0.0


def test_converting_and_checking(tmp_path):
    source, target = jsonl(tmp_path / "a.jsonl", LINES), tmp_path / "a.bmes"
    result = run("convert", source, target, "--to", "conll", "--to-scheme", "bmes")
    assert result.exit_code == 0, result.stderr
    assert "6 spans read, 6 kept" in result.stderr
    assert target.read_text("utf-8").startswith("云\tB-LOC\n川\tM-LOC\n市\tE-LOC\n")
    assert run("convert", source, target, "--to", "records").exit_code == 1
    result = run("check", source)
    assert result.exit_code == 0
    assert "place-body" in result.stdout
    assert run("check", source, "--strict").exit_code == 1


def test_checking_finds_what_is_doubtful(tmp_path):
    lines = [
        "[我市](LOC)的[副市长陈立文](PER)到[云川市](LOC)[柳湾县](LOC)，云川市下雨。",
        "[“柳湾厂”](ORG)与[云川市](ORG)、[甲、乙](ORG)",
        "今天没有名字。",
        "今天没有名字。",
    ]
    gold = jsonl(
        tmp_path / "a.jsonl", lines, sections=["law", "sport", "law", "energy"]
    )
    out = tmp_path / "findings.jsonl"
    train = jsonl(tmp_path / "t.jsonl", lines[2:3])
    result = run("check", gold, "--against", train, "--json", out)
    assert result.exit_code == 1
    codes = {json.loads(line)["code"] for line in out.read_text("utf-8").splitlines()}
    assert codes == {
        *("generic", "title", "chain", "unmarked", "quoted", "two-types", "between"),
        *("section", "sections", "duplicate", "leak"),
    }


def test_whole_titles_foreign_labels_and_white_space_are_found(tmp_path):
    gold = tmp_path / "a.jsonl"
    item = {
        "id": "a",
        "text": "《矿山条例》见《云川日报》。 陈立文到贵州",
        "entities": [[1, 5, "ORG"], [8, 12, "ORG"], [14, 18, "PER"], [19, 21, "LOC"]],
    }
    gold.write_text(json.dumps(item) + "\n", "utf-8")
    out = tmp_path / "findings.jsonl"
    result = run("check", gold, "--json", out)
    assert result.exit_code == 0
    found = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(f["code"], f.get("span")) for f in found] == [
        ("work", [1, 5, "ORG"]),
        ("white-space", None),
    ]
    assert "PER 14-18 has white space at an edge" in found[1]["problem"]
    assert run("check", gold, "--strict").exit_code == 1
    item["entities"] = [[8, 12, "NEWSPAPER"], [15, 18, "PER"]]
    gold.write_text(json.dumps(item) + "\n", "utf-8")
    assert run("check", gold, "--json", out).exit_code == 1
    first = json.loads(out.read_text("utf-8").splitlines()[0])
    assert first["problem"] == "label 'NEWSPAPER' is none of PER, LOC, ORG"
    assert run("check", gold, "--labels", "NEWSPAPER=ORG").exit_code == 0


def test_a_corpus_folder_is_checked_and_counted(tmp_path):
    folder = write_corpus(tmp_path / "corpus", 40)
    result = run("check", folder, "--stats")
    assert result.exit_code == 0, result.stdout
    assert "| articles | 40 | 20 | 10 | 10 |" in result.stdout
    assert "corpus (corpus): 40 documents" in result.stdout
    article = folder / "articles" / "a0040.txt"
    article.write_bytes((folder / "articles" / "a0001.txt").read_bytes())
    result = run("check", folder)
    assert result.exit_code == 1
    assert "a0001 and a0040 share 100% of their runs" in result.stdout
    gold = jsonl(tmp_path / "a.jsonl", LINES)
    assert run("check", gold, "--stats").exit_code == 2


def test_nothing_heavy_is_imported_to_show_help():
    code = (
        "import sys, typer; from tagger.cli import evaluate; evaluate.register(typer.Typer());"
        "heavy = {'spacy', 'sklearn', 'numpy', 'rich.table'} & sys.modules.keys();"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 our own


def test_scoring_is_importable_alone():
    code = (
        "import sys, tagger.scoring, tagger.scoring.evaluation;"
        "heavy = {'spacy', 'sklearn', 'typer', 'pydantic', 'rich'} & sys.modules.keys();"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 our own
