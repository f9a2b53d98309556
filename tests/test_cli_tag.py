"""``tagger tag`` and ``tagger split`` as their user meets them."""

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from tagger import tagging
from tagger.cli import app
from tagger.records import Record

SAMPLE = Path(__file__).parents[1] / "corpus/sample"


def tagger(*arguments, stdin=None):
    return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)


def tag_inline(*arguments, **options):
    """``tagger tag`` in this process, where tests can reach into it."""
    return tagger("tag", *arguments, "--backend", "inline", **options)


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    result = tag_inline(SAMPLE, "-o", out, "--html")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    return out


def test_the_sample_folder_becomes_records(out):
    records = lines(out / "articles.jsonl")
    assert len(records) == 9
    assert {r["schema"] for r in records} == {"tagger/1"}
    assert lines(out / "refused.jsonl") == []


def test_every_record_s_text_is_its_source(out):
    for record in lines(out / "articles.jsonl"):
        where = record["source"]
        if "line" in where:
            whole = lines(SAMPLE / where["path"])[where["line"] - 1]["text"]
        elif where["path"].endswith(("html", "docx")):
            whole = (out / "sources" / f"{where['path']}.txt").read_bytes().decode()
        else:
            encoding = "gb18030" if "gb18030" in where["path"] else "utf-8"
            whole = (SAMPLE / where["path"]).read_bytes().decode(encoding)
        assert record["text"] == whole[where["start"] : where["end"]]
        for entity in record["entities"]:
            assert record["text"][entity["start"] : entity["end"]] == entity["text"]


def test_the_coloured_pages_are_linked_and_chinese(out):
    index = (out / "html/index.html").read_text("utf-8")
    assert 'href="page-2024-11-08.txt.html"' in index
    page = (out / "html/page-2024-11-08.txt.html").read_text("utf-8")
    assert "机构" in page
    assert "云川市热力有限公司" in page


def test_reasons_are_written_when_asked_for(tmp_path):
    page = SAMPLE / "page-2024-11-08.txt"
    result = tagger("tag", page, "-o", tmp_path, "--explain", "--html")
    assert result.exit_code == 0
    for record in lines(tmp_path / "articles.jsonl"):
        first, *_ = record["sections"]
        reason = first["reason"]
        assert reason["runner_up"] != first["section"]
        weights = [term["weight"] for term in reason["for"]]
        assert weights == sorted(weights, reverse=True)
        for term in reason["for"]:
            for start, end in term["spans"]:
                assert record["text"][start:end]
        assert Record.from_dict(record).to_dict() == record
    page = (tmp_path / "html/page-2024-11-08.txt.html").read_text("utf-8")
    assert "归类理由" in page
    assert reason["for"][0]["text"] in page


def test_the_readme_s_explained_decision_is_this_one():
    text = (SAMPLE.parents[1] / "README.md").read_text("utf-8")
    block = re.search(r"```json\n(\{\"section\": \"energy\".*?)```", text, re.DOTALL)
    told = json.loads(block[1])
    page = SAMPLE / "page-2024-11-08.txt"
    for line in tagger("tag", page, "--explain").stdout.splitlines():
        record = json.loads(line)
        if record["title"] == "云川热力完成管网检修":
            break
    found = record["sections"][0]
    assert found["section"] == told["section"]
    assert found["score"] == pytest.approx(told["score"], abs=0.05)
    assert found["reason"]["runner_up"] == told["reason"]["runner_up"]
    assert found["reason"]["margin"] == pytest.approx(told["reason"]["margin"], abs=0.7)
    for side in ("for", "against"):
        words = {term["text"]: term for term in found["reason"][side]}
        for term in told["reason"][side][:2]:
            assert words[term["text"]]["spans"] == term["spans"]


def test_without_asking_no_reasons_are_written(out):
    records = lines(out / "articles.jsonl")
    assert not any("reason" in s for record in records for s in record["sections"])
    assert "归类理由" not in (out / "html/page-2024-11-08.txt.html").read_text("utf-8")


def test_a_table_opens_in_excel(tmp_path):
    assert tag_inline(SAMPLE, "-o", tmp_path, "--format", "csv").exit_code == 0
    data = (tmp_path / "articles.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert len(rows) == 9
    assert {"标题", "人物", "地点", "机构", "版块"} <= set(rows[0])


def test_stdin_to_stdout():
    result = tagger("tag", "-", stdin="本报讯 晋城市召开会议。\n".encode())
    assert result.exit_code == 0
    (record,) = map(json.loads, result.stdout.splitlines())
    assert record["source"]["path"] == "-"


def test_no_split_is_one_record_a_file():
    result = tagger("tag", SAMPLE / "page-2024-11-08.txt", "--no-split")
    assert len(result.stdout.splitlines()) == 1


def test_bad_files_are_refused_and_the_others_done(tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    shutil.copytree(SAMPLE, source)
    (source / "empty.txt").touch()
    (source / "binary.txt").write_bytes(bytes(range(256)) * 4)
    (source / "broken.docx").write_bytes(b"PK\x03\x04")
    result = tag_inline(source, "-o", out)
    assert result.exit_code == 3
    assert len(lines(out / "articles.jsonl")) == 9
    reasons = {r["path"]: r["reason"] for r in lines(out / "refused.jsonl")}
    assert reasons == {
        "binary.txt": "unknown-encoding",
        "broken.docx": "unreadable-file",
        "empty.txt": "empty-page",
    }
    assert "refused: empty.txt: the file is empty" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["tag", "nowhere"], 1, "no such file or folder"),
        (["tag", "{tmp}"], 4, "no file to read here"),
        (["tag", SAMPLE, "--models", "{tmp}"], 5, "no model 'names' here"),
        (["tag", SAMPLE, "--format", "xml"], 2, "'xml' is not one of"),
        (["tag", SAMPLE, "--html"], 2, "need --out"),
        (["tag", SAMPLE, "-o", "{tmp}", "--shard", "3/2"], 2, "no share 3/2"),
        (["tag", SAMPLE, "-o", "{tmp}", "--backend", "dask"], 2, "go together"),
        (["tag", SAMPLE, "-o", SAMPLE], 2, "is where this run writes to"),
        (["status", "{tmp}"], 4, "no run has written here"),
        (["tag", SAMPLE, "-o", "/dev/null/x"], 1, "the output cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(arguments, code, message, tmp_path):
    result = tagger(*(str(a).format(tmp=tmp_path) for a in arguments))
    assert result.exit_code == code
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.output


def test_nothing_is_half_written_when_the_run_breaks(tmp_path, monkeypatch):
    def broken(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("tagger.tagging.Tagger.tag_pages", broken)
    result = tag_inline(SAMPLE, "-o", tmp_path)
    assert result.exit_code == 130
    assert "the same command goes on" in result.stderr
    assert not list(tmp_path.glob("*.json*"))


def test_a_crash_on_one_page_is_listed_and_the_rest_goes_on(tmp_path, monkeypatch):
    real = tagging.split

    def poisoned(page):
        if page.path == "hospital.html":
            raise RuntimeError("boom")
        return real(page)

    monkeypatch.setattr(tagging, "split", poisoned)
    result = tag_inline(SAMPLE, "-o", tmp_path)
    assert result.exit_code == 3
    (refused,) = lines(tmp_path / "refused.jsonl")
    assert refused["reason"] == "crashed"
    assert refused["problem"] == "RuntimeError: boom"
    assert len(lines(tmp_path / "articles.jsonl")) == 8


def test_stdin_to_a_folder(tmp_path):
    text = "本报讯 晋城市召开会议。\n".encode()
    assert tag_inline("-", "-o", tmp_path, stdin=text).exit_code == 0
    (record,) = lines(tmp_path / "articles.jsonl")
    assert record["source"]["path"] == "-"
    again = tag_inline("-", "-o", tmp_path, stdin=text)
    assert "0 tagged now; 1 done before" in again.stderr


def test_stdout_says_what_a_folder_holds(out):
    result = tagger("tag", SAMPLE)
    assert result.stdout_bytes == (out / "articles.jsonl").read_bytes()


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(out, tmp_path):
    result = tagger("tag", SAMPLE, "-o", tmp_path / "new", "--dry-run")
    assert result.exit_code == 0
    assert "5 files, 40,273 bytes: 2 .txt, 1 .html, 1 .jsonl, 1 .docx" in result.stdout
    assert "to tag: 5 files" in result.stdout
    assert "1 gb18030" in result.stdout
    assert "20,000 characters a second and process (assumed)" in result.stdout
    assert not (tmp_path / "new").exists()
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    result = tagger("tag", SAMPLE, "-o", out, "--dry-run")
    assert "to tag: 0 files or blocks, 0 bytes; unchanged: 5" in result.stdout
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_events_for_programs(tmp_path):
    (tmp_path / "empty.txt").touch()
    (tmp_path / "good.txt").write_text("本报讯 晋城市召开会议。", "utf-8")
    result = tag_inline(tmp_path, "-o", tmp_path / "out", "--log-json")
    assert result.exit_code == 3
    events = [json.loads(line) for line in result.stderr.splitlines()]
    assert [e["event"] for e in events] == ["begun", "refused", "merging", "done"]
    assert events[-1]["all"]["refused"] == {"empty-page": 1}
    assert (
        json.loads((tmp_path / "out/summary.json").read_text())["state"] == "complete"
    )


def test_fail_fast_stops_at_the_first(tmp_path):
    (tmp_path / "empty.txt").touch()
    (tmp_path / "good.txt").write_text("本报讯 晋城市召开会议。", "utf-8")
    result = tag_inline(tmp_path, "-o", tmp_path / "out", "--fail-fast")
    assert result.exit_code == 1
    assert "stopped, 1 refused" in result.stderr
    assert "1 left for another run" in result.stderr


def test_the_status_of_a_folder(out):
    result = tagger("status", out)
    assert result.stdout.startswith("complete: 5 files found")
    assert json.loads(tagger("status", out, "--json").stdout)["outcomes"] == {
        "tagged": 5
    }


def test_split_alone_prints_the_articles():
    result = tagger("split", SAMPLE / "page-2024-11-08.txt")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [a["title"] for a in found] == [
        "湖畔新区启动冬季长跑",
        "二十四小时不打烊的暖心驿站",
        "云川热力完成管网检修",
        None,
    ]


def commands(group, path=()):
    for name, command in group.commands.items():
        yield (*path, name)
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))


def test_every_command_has_help():
    for path in commands(typer.main.get_command(app)):
        result = tagger(*path, "--help")
        assert result.exit_code == 0
        assert len(result.stdout.split()) > 10, path
