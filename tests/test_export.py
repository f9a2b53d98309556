"""Exports hold what the records hold, appear whole, and run nothing in Excel."""

import csv
import io
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_cases import FEWER, RECORD, catalogues, on_disk
from typer.testing import CliRunner

from tagger.catalogue import find
from tagger.cli import app
from tagger.errors import MissingExtraError, SettingsError, UnreadableFileError
from tagger.writing.cells import safe
from tagger.writing.exporting import Exported, Format, export
from tagger.writing.long_table import write_long_table
from tagger.writing.shards import write_shards
from tagger.writing.table import write_table

parquet = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("export")


@FEWER
@given(catalogues())
def test_records_come_back_from_every_format_that_holds_them(folder, records):
    source = find(on_disk(folder / "out", records))
    for format_, name in ((Format.PARQUET, "a.parquet"), (Format.JSONL, "a.jsonl")):
        done = export(source, folder / name, format_)
        assert done.articles == len(records)
        assert list(find(folder / name).records()) == records
    there = export(find(folder / "a.parquet"), folder / "b.jsonl", Format.JSONL)
    assert there.files[0].read_bytes() == source.files[0].read_bytes()


@FEWER
@given(catalogues(), st.integers(1, 3000))
def test_shards_together_are_the_lines(tmp_path_factory, records, most):
    folder = tmp_path_factory.mktemp("shards")
    paths = write_shards(iter(records), folder, most)
    lines = [f"{record.to_json()}\n".encode() for record in records]
    parts = [path.read_bytes() for path in paths]
    assert b"".join(parts) == b"".join(lines)
    assert all(len(part) <= most or part.count(b"\n") == 1 for part in parts)
    # a shard ends only where the next line would have been too much
    firsts = [part.splitlines(keepends=True)[0] for part in parts[1:]]
    ends = zip(pairwise(parts), firsts, strict=True)
    assert all(len(part) + len(first) > most for (part, _), first in ends)
    assert find(folder).files == tuple(paths)


def test_parquet_is_nested_and_in_row_groups(tmp_path, monkeypatch):
    monkeypatch.setattr("tagger.catalogue.parquet._BATCH", 5)
    monkeypatch.setattr("tagger.catalogue.parquet._GROUP", 2_000)
    source = find(on_disk(tmp_path / "out", [RECORD] * 25))
    export(source, tmp_path / "a.parquet", Format.PARQUET)
    with parquet.ParquetFile(tmp_path / "a.parquet") as file:
        groups = range(file.metadata.num_row_groups)
        assert [file.metadata.row_group(n).num_rows for n in groups] == [10, 10, 5]
        names = file.schema_arrow.field("entities").type
        assert {names.value_type.field(n).name for n in range(5)} == {
            *("start", "end", "label", "text", "score")
        }
        (row, *_) = file.read_row_group(0).to_pylist()
    expected = RECORD.to_dict()
    del expected["schema"]
    expected["source"]["line"] = None
    expected["sections"][0]["reason"] = None
    assert row == expected


def test_parquet_of_others_is_refused(tmp_path):
    import pyarrow as pa

    path = tmp_path / "theirs.parquet"
    parquet.write_table(pa.table({"id": ["1"], "words": ["a"]}), path)
    with pytest.raises(UnreadableFileError, match="no column byline"):
        list(find(path).records())
    later = pa.table({"id": ["1"]}).replace_schema_metadata({"tagger": "tagger/9"})
    parquet.write_table(later, path)
    with pytest.raises(UnreadableFileError, match="its schema is 'tagger/9'"):
        list(find(path).records())
    path.write_bytes(b"PAR1 and no more")
    with pytest.raises(UnreadableFileError, match="not records"):
        list(find(path).records())


def test_parquet_cut_short_is_refused(tmp_path):
    source = find(on_disk(tmp_path / "out", [RECORD] * 100))
    path = tmp_path / "a.parquet"
    export(source, path, Format.PARQUET)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(UnreadableFileError, match=r"a\.parquet: not records"):
        list(find(path).records())


def test_without_pyarrow_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    source = find(on_disk(tmp_path / "out", [RECORD]))
    with pytest.raises(MissingExtraError, match=r"pip install \"tagger\[parquet\]\""):
        export(source, tmp_path / "a.parquet", Format.PARQUET)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def rows(write, records):
    file = io.StringIO(newline="")
    write(records, file)
    text = file.getvalue()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


@FEWER
@given(catalogues())
def test_no_cell_of_a_table_is_a_formula(records):
    for write in (write_table, write_long_table):
        for row in rows(write, records):
            for cell in row.values():
                shown = cell.lstrip()
                assert not shown.startswith(tuple("=+-@＝＋－＠")), cell
                assert not cell.startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+86 351", "'+86 351"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" \t=1+1", "' \t=1+1"),
        ("　＝1+1", "'　＝1+1"),
        ("\n=1", "'\n=1"),
        ("太原=并州", "太原=并州"),
        ("", ""),
        (-5, -5),
    ],
)
def test_only_what_would_run_gets_an_apostrophe(cell, shown):
    assert safe(cell) == shown


@FEWER
@given(catalogues())
def test_the_long_table_has_a_row_a_name_and_a_section(records):
    table = rows(write_long_table, records)
    names = sum(len(record.entities) for record in records)
    sections = sum(len(record.sections) for record in records)
    assert len(table) == names + sections
    texts = {record.id: (record.text, record.source.start) for record in records}
    for row in table:
        if row["类型"] == "版块":
            assert row["主版块"] in {"是", "否"}
            continue
        text, first = texts[row["编号"]]
        start, end = int(row["文中起"]), int(row["文中止"])
        assert int(row["原文起"]) == first + start
        name = text[start:end]
        assert row["内容"] == safe(name if name.isascii() else "".join(name.split()))


def test_what_breaks_off_leaves_no_file(tmp_path):
    out = on_disk(tmp_path / "out", [RECORD])
    with (out / "articles.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"half":')
    source = find(out)
    for format_ in Format:
        with pytest.raises(UnreadableFileError, match=r"articles\.jsonl:2"):
            export(source, tmp_path / "there", format_)
    with pytest.raises(UnreadableFileError, match=r"articles\.jsonl:2"):
        export(source, tmp_path / "shards", Format.JSONL, shard_bytes=1)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_shards_replace_nothing(tmp_path):
    source = find(on_disk(tmp_path / "out", [RECORD]))
    with pytest.raises(SettingsError, match="shards are written to a new folder"):
        export(source, tmp_path / "out", Format.JSONL, shard_bytes=10)
    (tmp_path / "empty").mkdir()
    done = export(source, tmp_path / "empty", Format.JSONL, shard_bytes=10)
    assert list(find(tmp_path / "empty").records()) == [RECORD]
    assert done.files == [tmp_path / "empty/articles-00001.jsonl"]


def test_rows_that_excel_does_not_show_are_counted():
    assert not Exported(rows=1_048_575).too_long_for_excel
    assert Exported(rows=1_048_576).too_long_for_excel


def tagger(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        ("jsonl", "articles.jsonl"),
        ("csv", "articles.csv"),
        ("csv-long", "articles-long.csv"),
        ("parquet", "articles.parquet"),
    ],
)
def test_a_folder_gets_a_file_of_the_usual_name(tmp_path, format_, name):
    out = on_disk(tmp_path / "out", [RECORD])
    there = tmp_path / "there"
    there.mkdir()
    result = tagger("export", out, "-o", there, "--format", format_)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert f"1 articles: {there / name}" in result.stderr
    assert [path.name for path in there.iterdir()] == [name]


def test_articles_without_a_row_are_told(tmp_path):
    from dataclasses import replace

    bare = replace(RECORD, entities=(), sections=())
    out = on_disk(tmp_path / "out", [RECORD, bare])
    result = tagger("export", out, "-o", tmp_path / "a.csv", "--format", "csv-long")
    assert "no row for 1 articles" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["{out}", "-o", "{tmp}/x", "--format", "xml"], 2, "'xml' is not one of"),
        (
            ["{out}", "-o", "{tmp}/x", "--format", "csv", "--shard-bytes", "9"],
            2,
            "--shard-bytes is for --format jsonl",
        ),
        (["{tmp}/no", "-o", "{tmp}/x", "--format", "csv"], 1, "no such file"),
        (["{tmp}", "-o", "{tmp}/x", "--format", "csv"], 4, "no articles.jsonl"),
        (
            ["{out}", "-o", "/dev/null/x", "--format", "csv"],
            1,
            "the export cannot be written",
        ),
    ],
)
def test_what_cannot_be_exported_is_one_clear_line(arguments, code, message, tmp_path):
    out = on_disk(tmp_path / "out", [RECORD])
    result = tagger("export", *(a.format(out=out, tmp=tmp_path) for a in arguments))
    assert result.exit_code == code
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.output


#: Prints the peak of its own process; what rusage says includes the parent's at the fork.
_PEAK = """
import sys
from pathlib import Path
from tagger.catalogue import find
from tagger.writing.exporting import Format, export
export(find(Path(sys.argv[1])), Path(sys.argv[2]), Format(sys.argv[3]))
(peak,) = [x for x in open("/proc/self/status") if x.startswith("VmHWM")]
print(int(peak.split()[1]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
def test_memory_does_not_grow_with_the_catalogue(tmp_path):
    from dataclasses import replace

    text = RECORD.text * 250
    names = tuple(
        replace(RECORD.entities[0], start=n * 4, end=n * 4 + 2) for n in range(30)
    )
    line = replace(RECORD, text=text, entities=names).to_json() + "\n"
    peaks = {}
    for count in (4_000, 10_000):
        path = tmp_path / f"{count}.jsonl"
        path.write_text(line * count, encoding="utf-8")
        for format_ in Format:
            command = [sys.executable, "-c", _PEAK, path, tmp_path / "x", format_.value]
            root = {"PYTHONPATH": str(Path(__file__).parents[1])}
            run = subprocess.run(  # noqa: S603 ourselves
                command, check=True, capture_output=True, env={**os.environ, **root}
            )
            peaks[format_, count] = int(run.stdout)
    for format_ in Format:
        # 4,000 articles fill a row group of Parquet; 6,000 more are 200 MB as objects
        assert peaks[format_, 10_000] < peaks[format_, 4_000] + 30, peaks
