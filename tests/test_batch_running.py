"""A run does what is new, keeps what is done, and says what became of everything."""

import json
import os
import shutil
import signal
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from batch_cases import (
    TEXT,
    Quiet,
    contents,
    in_child,
    lines,
    make_folder,
    quickened,
    run_on,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tagger.batch.choosing import Choice
from tagger.batch.job import Limits
from tagger.batch.ledger import Ledger
from tagger.batch.merging import Wanted
from tagger.batch.models import ModelFolder
from tagger.batch.status import status_of
from tagger.errors import LedgerError, NothingToReadError, OutputError


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    return quickened(monkeypatch)


@pytest.fixture
def folder(tmp_path):
    return make_folder(tmp_path / "in")


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def rows(out):
    with Ledger.open(out, read_only=True) as ledger:
        return list(ledger.rows_of(ledger.last_run().config))


def test_every_input_has_exactly_one_outcome(folder, out):
    report = run_on(folder, out)
    outcomes = {}
    for row in rows(out):
        outcomes.setdefault(row.name, []).append(row.outcome)
    assert len(outcomes) == 12 + 7
    assert outcomes["crash.txt"] == ["crashed"]
    assert outcomes["empty.txt"] == ["refused"]
    assert len(outcomes["many.jsonl"]) > 3
    assert set(outcomes["many.jsonl"]) == {"tagged"}
    assert report.merged.counts.refused == {
        "empty-page": 2, "crashed": 1, "unknown-encoding": 1, "unreadable-file": 1,
    }  # fmt: skip
    assert len(lines(out / "articles.jsonl")) == 12 + 2 + 59
    refused = {(r["path"], r.get("line", 0)) for r in lines(out / "refused.jsonl")}
    assert ("many.jsonl", 8) in refused


def test_a_rerun_does_nothing_and_changes_nothing(folder, out):
    run_on(folder, out)
    before = contents(out)
    again = run_on(folder, out)
    assert again.tally.chosen == 0
    assert contents(out) == before


def test_only_what_is_new_or_changed_is_done(folder, out):
    run_on(folder, out)
    (folder / "new.txt").write_text(TEXT, "utf-8")
    (folder / "gb.txt").write_bytes((TEXT * 2).encode("gb18030"))
    # as large as before, so that only its content tells
    same_size = folder / "版面/000.txt"
    same_size.write_text(same_size.read_text("utf-8").replace("张三", "李四"), "utf-8")
    report = run_on(folder, out)
    assert report.tally.chosen == 3
    texts = {r["source"]["path"]: r["text"] for r in lines(out / "articles.jsonl")}
    assert "李四" in texts["版面/000.txt"]
    assert texts["gb.txt"] == TEXT * 2
    assert "new.txt" in texts


def test_what_leaves_the_input_leaves_the_output(folder, out):
    run_on(folder, out)
    (folder / "page.html").unlink()
    (folder / "版面/001.txt").unlink()
    report = run_on(folder, out)
    assert (report.gone, report.tally.chosen) == (2, 0)
    paths = {r["source"]["path"] for r in lines(out / "articles.jsonl")}
    assert not paths & {"page.html", "版面/001.txt"}
    assert list((out / "sources").rglob("*.txt")) == []
    parts = list((out / "parts").glob("*/*.jsonl"))
    assert len(parts) == len({row.part for row in rows(out)})


def test_a_jsonl_file_that_grew_is_tagged_from_where_it_grew(folder, out):
    run_on(folder, out)
    blocks = sum(row.name == "many.jsonl" for row in rows(out))
    with (folder / "many.jsonl").open("a", encoding="utf-8") as file:
        for number in range(40):
            file.write("\n" + json.dumps({"id": f"n{number}", "text": TEXT}))
    report = run_on(folder, out)
    now = sum(row.name == "many.jsonl" for row in rows(out))
    assert now > blocks
    assert report.tally.chosen == now - blocks + 1


def test_lines_that_moved_are_tagged_again(folder, out):
    """A line end put in for another byte moves all later lines, in every block."""
    run_on(folder, out)
    path = folder / "many.jsonl"
    data = path.read_bytes()
    path.write_bytes(data.replace(b'{"id": 0', b'\n"id": 0', 1))
    report = run_on(folder, out)
    assert report.tally.chosen == sum(row.name == "many.jsonl" for row in rows(out))
    last = lines(out / "articles.jsonl")
    assert max(r["source"].get("line", 0) for r in last) == 61


def test_other_settings_are_another_run(folder, out):
    run_on(folder, out)
    report = run_on(folder, out, one_article=True)
    assert report.tally.unchanged == 0
    assert run_on(folder, out, reasons=True).tally.unchanged == 0
    assert json.loads((out / "manifest.json").read_text("utf-8"))["config"]["reasons"]
    other = ModelFolder(None, (("names", "1"), ("sections", "0")))
    assert run_on(folder, out, models=other).tally.unchanged == 0


def own_models(folder):
    for role, files in (
        ("names", ["meta.json", "news_names/lexicon.npz", "news_words/weights.npz"]),
        ("sections", ["config.json", "weights.npz"]),
    ):
        for name in files:
            (folder / role / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / role / name).write_text("{}")
    return folder


def test_models_are_known_by_every_file_but_the_card(tmp_path):
    folder = own_models(tmp_path)
    seen = [ModelFolder.at(folder).digests]
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        file.write_text("{ }")
        seen.append(ModelFolder.at(folder).digests)
    assert len(set(seen)) == len(seen) == 6
    (folder / "names/README.md").write_text("news")
    assert ModelFolder.at(folder).digests == seen[-1]


def test_one_model_of_ones_own_stands_beside_the_other_that_ships(tmp_path):
    folder = own_models(tmp_path)
    shutil.rmtree(folder / "names")
    own, shipped = (dict(ModelFolder.at(at).digests) for at in (folder, None))
    assert own["names"] == shipped["names"]
    assert own["sections"] != shipped["sections"]


def test_failures_are_tried_again_when_asked(folder, out, quick, monkeypatch):
    run_on(folder, out)
    (folder / "crash.txt").touch()
    assert run_on(folder, out).tally.chosen == 0
    report = run_on(folder, out, choice=Choice(retry_failed=True))
    assert report.tally.chosen == 5
    real = quick.tag_pages

    def mended(pages, **options):
        return real([replace(p, text=p.text.replace("崩溃", "好了")) for p in pages])

    monkeypatch.setattr(quick, "tag_pages", mended)
    report = run_on(folder, out, choice=Choice(retry_failed=True))
    assert report.merged.counts.refused["crashed"] == 0
    assert any(
        r["source"]["path"] == "crash.txt" for r in lines(out / "articles.jsonl")
    )


def test_force_tags_everything_again(folder, out):
    run_on(folder, out)
    before = contents(out)
    report = run_on(folder, out, force=True)
    assert report.tally.unchanged == report.found == 0
    assert contents(out) == before


def test_limit_by_limit_comes_to_the_same(folder, out, tmp_path):
    run_on(folder, tmp_path / "whole")
    states = []
    while True:
        report = run_on(folder, out, choice=Choice(limit=4))
        assert report.tally.chosen <= 4
        states.append(report.state)
        if report.state == "complete":
            break
    assert states.count("partial") > 3
    assert contents(out) == contents(tmp_path / "whole")


def test_share_by_share_comes_to_the_same(folder, out, tmp_path):
    run_on(folder, tmp_path / "whole")
    chosen = []
    for number in (1, 2, 3):
        report = run_on(folder, out, choice=Choice(shard=(number, 3)))
        chosen.append(report.tally.chosen)
    assert min(chosen) > 0
    assert report.state == "complete"
    assert contents(out) == contents(tmp_path / "whole")


def test_a_sample_is_drawn_by_its_seed(folder, tmp_path):
    def drawn(name, seed):
        run_on(folder, tmp_path / name, choice=Choice(sample=5, seed=seed))
        return {row.name for row in rows(tmp_path / name)}

    assert drawn("a", 1) == drawn("b", 1) != drawn("c", 2)
    assert len(drawn("d", 3)) == 5


def test_too_many_refused_stop_the_run_and_it_can_go_on(folder, out, tmp_path):
    report = run_on(folder, out, max_errors=0)
    assert report.state == "stopped"
    assert report.tally.left > 0
    assert len(lines(out / "refused.jsonl")) >= 1
    assert not json.loads((out / "manifest.json").read_text())["complete"]
    assert run_on(folder, out).state == "complete"
    run_on(folder, tmp_path / "whole")
    assert contents(out) == contents(tmp_path / "whole")


def test_parts_are_found_again_when_the_ledger_is_lost(folder, out):
    run_on(folder, out)
    before = contents(out)
    for file in out.glob("ledger.sqlite*"):
        file.unlink()
    report = run_on(folder, out)
    assert report.found == report.tally.chosen > 0
    assert contents(out) == before


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_damaged_part_is_made_again(folder, out, damage):
    run_on(folder, out)
    before = contents(out)
    part = max((out / "parts").glob("*/*.jsonl"), key=lambda p: p.stat().st_size)
    data = part.read_bytes()
    match damage:
        case "cut":
            part.write_bytes(data[: len(data) // 2])
        case "changed":
            part.write_bytes(data.replace("晋城".encode(), "阳城".encode()))
        case _:
            part.unlink()
    report = run_on(folder, out)
    assert report.tally.chosen >= 0
    assert contents(out) == before


def test_a_second_run_at_once_is_refused(folder, out):
    class Second(Quiet):
        def merging(self):
            with pytest.raises(OutputError, match="in use by process"):
                run_on(folder, out)
            assert status_of(out).state == "running"
            self.tried = True

    listener = Second()
    run_on(folder, out, listener=listener)
    assert listener.tried


def test_the_status_says_how_a_run_ended(folder, out):
    with pytest.raises(NothingToReadError):
        status_of(out)
    run_on(folder, out)
    found = status_of(out)
    assert (found.state, found.files) == ("complete", 19)
    assert found.outcomes["crashed"] == 1


@pytest.mark.parametrize("kind", ["version", "stranger", "damaged"])
def test_a_ledger_that_is_not_ours_is_one_clear_error(folder, out, kind):
    import sqlite3

    run_on(folder, out)
    path = out / "ledger.sqlite"
    if kind == "damaged":
        path.write_bytes(b"not a database at all" * 100)
    else:
        pragma = "user_version" if kind == "version" else "application_id"
        connection = sqlite3.connect(path)
        connection.execute(f"PRAGMA {pragma} = 99")
        connection.close()
    with pytest.raises(LedgerError):
        run_on(folder, out)


def test_records_go_to_several_files_beyond_a_size(folder, out):
    run_on(folder, out)
    whole = (out / "articles.jsonl").read_bytes()
    run_on(folder, out, wanted=Wanted(shard_bytes=5000))
    shards = sorted(out.glob("articles*"))
    assert len(shards) > 3
    assert shards[0].name == "articles-00001.jsonl"
    assert b"".join(shard.read_bytes() for shard in shards) == whole
    assert max(shard.stat().st_size for shard in shards) <= 5000
    run_on(folder, out)
    assert [path.name for path in out.glob("articles*")] == ["articles.jsonl"]


def test_a_table_and_pages_are_made_of_what_is_done(folder, out):
    run_on(folder, out)
    report = run_on(folder, out, wanted=Wanted(table=True, html=True))
    assert report.tally.chosen == 0
    assert [path.name for path in out.glob("articles*")] == ["articles.csv"]
    pages = {str(p.relative_to(out / "html")) for p in (out / "html").rglob("*.html")}
    assert {"index.html", "版面/000.txt.html", "many.jsonl-60.html"} <= pages
    run_on(folder, out)
    assert not (out / "html").exists()


def test_ctrl_c_finishes_what_is_in_hand_and_the_rest_later(folder, out, tmp_path):
    class Impatient(Quiet):
        def done(self, done):
            if self.units == 5:
                os.kill(os.getpid(), signal.SIGINT)
            super().done(done)

    listener = Impatient()
    report = run_on(folder, out, listener=listener)
    assert report.state == status_of(out).state == "interrupted"
    assert 5 <= listener.units < 10
    assert not (out / "articles.jsonl").exists()
    assert run_on(folder, out).tally.unchanged == listener.units
    run_on(folder, tmp_path / "whole")
    assert contents(out) == contents(tmp_path / "whole")


def test_a_page_that_takes_too_long_is_refused(folder, out, quick, monkeypatch):
    real = quick.tag_pages

    def slow(pages, **options):
        while any(page.path == "gb.txt" for page in pages):
            pass
        return real(pages, **options)

    monkeypatch.setattr(quick, "tag_pages", slow)
    report = run_on(folder, out, limits=Limits(seconds=0.3, bytes_a_second=10**9))
    assert report.merged.counts.refused["out-of-time"] == 1


def test_one_line_that_takes_too_long_leaves_the_others(
    folder, out, quick, monkeypatch
):
    real = quick.tag_pages

    def slow(pages, **options):
        while any(page.line == 20 for page in pages):
            pass
        return real(pages, **options)

    monkeypatch.setattr(quick, "tag_pages", slow)
    run_on(folder, out, limits=Limits(seconds=0.3, bytes_a_second=10**9))
    (refused,) = (
        r for r in lines(out / "refused.jsonl") if r["reason"] == "out-of-time"
    )
    assert (refused["path"], refused["line"]) == ("many.jsonl", 20)
    assert len(lines(out / "articles.jsonl")) == 12 + 2 + 58


def test_names_in_any_bytes_stay_apart(tmp_path, out):
    folder = tmp_path / "in"
    folder.mkdir()
    names = [
        b"\xff.txt",
        b"\\xff.txt",
        b"\\\\xff.txt",
        b"a\nb.txt",
        b"\xe5\xad\x97.txt",
    ]
    names += [b"\xe5\xad.txt", b"n" * 251 + b".txt", b" .txt", b"'\"$(x).txt"]
    for name in names:
        (folder / os.fsdecode(name)).write_text(TEXT, "utf-8")
    (folder / os.fsdecode(b"h" * 245 + b"\xff.html")).write_text(f"<p>{TEXT}", "utf-8")
    run_on(folder, out, wanted=Wanted(html=True))
    paths = [r["source"]["path"] for r in lines(out / "articles.jsonl")]
    assert len(set(paths)) == len(names) + 1
    assert len(list((out / "html").iterdir())) == len(names) + 2
    assert len(list((out / "sources").iterdir())) == 1
    before = contents(out)
    assert run_on(folder, out, wanted=Wanted(html=True)).tally.chosen == 0
    assert contents(out) == before


def test_what_is_no_file_is_refused_and_not_waited_for(folder, out):
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "nowhere.txt").symlink_to(folder / "gone")
    (folder / "circle").symlink_to(folder)
    run_on(folder, out)
    refused = {r["path"]: r["problem"] for r in lines(out / "refused.jsonl")}
    assert refused["pipe.txt"] == refused["zero.txt"] == "not a regular file"
    assert refused["pipe.jsonl"] == "not a regular file"
    assert "loop.txt" in refused
    assert "nowhere.txt" in refused


def test_what_may_not_be_read_is_refused_until_it_may():
    with tempfile.TemporaryDirectory() as base:
        folder, out = make_folder(Path(base, "in")), Path(base, "out")
        (folder / "gb.txt").chmod(0)
        (folder / "版面").chmod(0)
        run_as_nobody(base, folder, out)
        refused = {r["path"] for r in lines(out / "refused.jsonl")}
        assert {"gb.txt", "版面/"} <= refused
        assert {row.name for row in rows(out)} >= {"gb.txt", "版面/"}
        (folder / "gb.txt").chmod(0o644)
        (folder / "版面").chmod(0o755)
        run_as_nobody(base, folder, out)
        assert len(lines(out / "refused.jsonl")) == 5
        assert len(lines(out / "articles.jsonl")) == 12 + 2 + 59


def run_as_nobody(base, folder, out):
    """Run as a user who is bound by permissions; root is not."""

    def run():
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        run_on(folder, out)

    Path(base).chmod(0o777)
    assert os.waitpid(in_child(run), 0)[1] == 0


def test_input_that_goes_away_or_changes_meanwhile(folder, out, quick, monkeypatch):
    """Deleted after it was found; a JSONL file rewritten after it was cut in blocks."""

    class Hostile(Quiet):
        def done(self, done):
            super().done(done)
            if self.units == 1:
                (folder / "版面/003.txt").unlink()
                path = folder / "many.jsonl"
                path.write_bytes(path.read_bytes().replace("张三".encode(), b"ABCDEF"))

    run_on(folder, out, listener=Hostile())
    refused = {r["path"]: r for r in lines(out / "refused.jsonl")}
    assert refused["版面/003.txt"]["reason"] == "unreadable-file"
    run_on(folder, out)
    assert all(r["path"] != "版面/003.txt" for r in lines(out / "refused.jsonl"))
    assert all(
        "ABCDEF" in r["text"] for r in lines(out / "articles.jsonl")
        if r["source"]["path"] == "many.jsonl"
    )  # fmt: skip


def test_what_another_run_wrote_is_no_input(folder, tmp_path):
    run_on(folder, folder / "out-a")
    report = run_on(folder, folder / "out-b")
    assert report.merged.files == 19


TREES = st.dictionaries(
    st.lists(
        st.text("ab字\\x'\xff\udcff\n .", min_size=1, max_size=6).filter(
            lambda part: part.strip(".") and not part.startswith(".")
        ),
        min_size=1,
        max_size=3,
    ).map("/".join),
    st.one_of(
        st.just(TEXT.encode()),
        st.text("本报讯记者。 \n崩溃", max_size=30).map(str.encode),
        st.binary(max_size=20),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=TREES, suffixes=st.data())
def test_any_tree_of_files_is_accounted_for(tmp_path_factory, tree, suffixes):
    base = tmp_path_factory.mktemp("tree")
    folder, out = base / "in", base / "out"
    folder.mkdir()
    made = 0
    for name, data in tree.items():
        suffix = suffixes.draw(st.sampled_from([".txt", ".jsonl", ".html", ".docx"]))
        path = folder / f"{name}{suffix}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except (FileExistsError, NotADirectoryError, UnicodeEncodeError):
            continue
        made += 1
    try:
        report = run_on(folder, out)
    except NothingToReadError:
        assert made == 0
        return
    assert report.merged.files == made
    assert {row.name for row in rows(out)} == {
        record["source"]["path"] for record in lines(out / "articles.jsonl")
    } | {refused["path"] for refused in lines(out / "refused.jsonl")}
    before = contents(out)
    run_on(folder, out)
    assert contents(out) == before
    shutil.rmtree(base)
