"""The suite on small data, and the READMEs: they say what the reports say."""

import json
import re
import sys
from pathlib import Path

import figures
import pytest
import suite
from scoring_cases import marked
from typer.testing import CliRunner

from tagger.cli import app

ROOT = Path(__file__).parent.parent
READMES = [ROOT / name for name in figures.READMES]
CONFIG = """
[[models]]
name = "shipped"
[[sets]]
name = "small-dev"
title = ["small, dev", "小，开发"]
purpose = "dev"
path = "shared/small.jsonl"
train = "shared/small.jsonl"
repeated_ids = "number"
[[sets]]
name = "pages-test"
title = ["pages, test", "版面，测试"]
purpose = "test"
path = "shared/pages.jsonl"
"""
BARE = "before\n<!-- figures -->\n<!-- /figures -->\nafter\n"


@pytest.fixture
def place(tmp_path):
    """A folder with a suite of two small sets, one of them pages."""
    lines = [
        "[云川市教育局](ORG)昨日公布，[柳湾县](LOC)新建小学九月开学。",
        "[陈立文](PER)说，他在[云川大学](ORG)读了四年书。",
    ]
    items = [
        {"id": "s", "text": text, "entities": spans, "sections": ["education"]}
        for text, spans in map(marked, lines)
    ]
    write_lines(tmp_path / "shared" / "small.jsonl", items)
    text = "学校九月开学\n\n" + items[0]["text"] + "\n\n供热管网完成检修\n\n" + lines[1]
    half = text.index("供热")
    articles = [
        {"start": a, "end": b, "entities": [], "sections": ["education"]}
        for a, b in ((0, half), (half, len(text)))
    ]
    pages = [{"id": n, "text": text, "articles": articles} for n in ("p1", "p2")]
    write_lines(tmp_path / "shared" / "pages.jsonl", pages)
    (tmp_path / "suite.toml").write_text(CONFIG, "utf-8")
    for name in figures.READMES:
        (tmp_path / name).write_text(BARE, "utf-8")
    return tmp_path


def write_lines(path, items):
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{json.dumps(i)}\n" for i in items), "utf-8")


def run(place, monkeypatch, *options):
    places = {
        "shared": "shared",
        "config": "suite.toml",
        "floors": "floors.json",
        "reports": "reports",
        "readmes": ".",
    }
    arguments = [x for k, v in places.items() for x in (f"--{k}", str(place / v))]
    monkeypatch.setattr(sys, "argv", ["suite.py", *arguments, *options])
    return suite.main()


def test_a_whole_run_writes_reports_and_both_readmes(place, monkeypatch, capsys):
    assert run(place, monkeypatch) == 0
    latest = place / "reports" / "latest"
    made = json.loads((latest / "shipped-small-dev.json").read_text("utf-8"))
    assert made["audits"][0]["repeated_ids_numbered"] == 1
    f1 = f"{100 * made['figures']['strict.f1']['value']:.1f}"
    english, chinese = ((place / name).read_text("utf-8") for name in figures.READMES)
    assert f"| small, dev | {f1}" in english
    assert "`--repeated-ids number`" in english
    assert f"| 小，开发 | {f1}" in chinese
    pages = json.loads((latest / "shipped-pages-test.json").read_text("utf-8"))
    cost = pages["cost_of_cuts"]["through.sections.primary"]
    assert f"{100 * cost['a']:.1f} / {100 * cost['b']:.1f}: " in english
    told = capsys.readouterr().err
    assert f"primary right through own cuts {100 * cost['a']:.1f}" in told
    for text in (english, chinese):
        assert text.startswith("before\n<!-- figures -->\n|")
        assert text.endswith("<!-- /figures -->\nafter\n")
    assert figures.stale(latest, place) == []
    (place / "README.md").write_text(english.replace(f1, "99.9"), "utf-8")
    assert [path.name for path, _ in figures.stale(latest, place)] == ["README.md"]


@pytest.mark.parametrize("options", [["--dev"], ["--only", "small-dev"], []])
def test_a_run_that_leaves_sets_out_leaves_the_readmes_alone(
    place, monkeypatch, capsys, options
):
    if not options:
        (place / "shared" / "pages.jsonl").unlink()
    assert run(place, monkeypatch, *options) == 0
    assert "left out: pages-test" in capsys.readouterr().err
    assert (place / "README.md").read_text("utf-8") == BARE
    assert not (place / "reports" / "latest").exists()
    assert (place / "reports" / "partial" / "shipped-small-dev.md").exists()


def test_a_score_under_its_floor_is_exit_6(place, monkeypatch, capsys):
    only = ("--only", "small-dev")
    assert run(place, monkeypatch, *only, "--repin") == 0
    floors = place / "floors.json"
    pinned = json.loads(floors.read_text("utf-8"))
    assert run(place, monkeypatch, *only) == 0
    pinned["shipped-small-dev"]["floors"]["sections.ece"] = 1.0
    floors.write_text(json.dumps(pinned), "utf-8")
    assert run(place, monkeypatch, *only) == suite.BELOW_FLOOR
    assert "under its floor of 1.0000" in capsys.readouterr().err


def test_every_set_of_the_real_suite_is_described():
    import tomllib

    config = tomllib.loads((ROOT / "eval" / "suite.toml").read_text("utf-8"))
    sets = [suite._set(entry) for entry in config["sets"]]
    assert len({one.name for one in sets}) == len(sets)
    assert {one.purpose for one in sets} == {"dev", "test"}


def test_readmes_say_what_the_reports_say():
    assert figures.stale(figures.LATEST, ROOT) == []


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_tables_of_the_readmes_are_whole(readme):
    text = re.sub(r"```.*?```", "", readme.read_text("utf-8"), flags=re.DOTALL)
    tables = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert len(tables) >= 5
    for table in tables:
        rows = [line.replace("\\|", "") for line in table.splitlines()]
        assert re.fullmatch(r"\|(?:-+:?\|)+", rows[1]), rows[1]
        assert len({row.count("|") for row in rows}) == 1, table
    # a row torn from its table, as by a footnote between
    assert not re.search(r"^[^|<\n][^\n]*\n\|", text, re.MULTILINE)


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_commands_of_the_readmes_print_what_stands_below_them(
    readme, tmp_path, monkeypatch
):
    monkeypatch.chdir(ROOT)
    text = readme.read_text("utf-8")
    examples = re.findall(
        r"```sh\ntagger (eval eval/examples[^\n]*)\n```\n\n```text\n(.*?)```",
        text,
        re.DOTALL,
    )
    assert len(examples) == 2
    for command, shown in examples:
        arguments = command.replace("out/", f"{tmp_path}/").split()
        result = CliRunner().invoke(app, arguments, env={"COLUMNS": "80"})
        assert result.exit_code == 0, result.stderr
        printed = [line.rstrip() for line in result.stdout.splitlines()]
        assert [line for line in shown.splitlines() if line not in printed] == []
    assert (tmp_path / "report.html").stat().st_size > 10_000
