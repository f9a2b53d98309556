"""Files become pages; what cannot be read is said, and the rest goes on."""

import io
import json
import zipfile

import pytest

from tagger.errors import NothingToReadError, TaggerError, UnreadableFileError
from tagger.readers import ReadOptions, read, walk
from tagger.records import Page

TEXT = "本报讯（记者 张三）昨日，晋城市召开新闻发布会。\n"


def read_one(path, **options):
    (outcome,) = read(path, path.name, ReadOptions(**options))
    return outcome


def test_a_text_file_is_a_page_with_its_digest(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    page = read_one(file)
    assert (page.text, page.path, page.encoding) == (TEXT, "a.txt", "gb18030")
    assert len(page.sha256) == 64
    assert not page.extracted


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty-page"),
        ("blank.txt", "　\n\n".encode(), "empty-page"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0", "unknown-encoding"),
        ("broken.docx", b"PK\x03\x04 not really", "unreadable-file"),
        ("broken.pdf", b"%PDF-1.4 not really", "unreadable-file"),
        ("large.txt", b"a" * 2000, "too-large"),
        ("blank.html", b"<html><script>var a = 1</script></html>", "empty-page"),
    ],
)
def test_bad_input_is_one_error_with_the_file_s_name(tmp_path, name, data, reason):
    file = tmp_path / name
    file.write_bytes(data)
    error = read_one(file, max_bytes=1000)
    assert isinstance(error, TaggerError)
    assert error.reason == reason
    assert str(error).startswith(f"{name}: ")


def test_a_missing_file_is_an_error_too(tmp_path):
    error = read_one(tmp_path / "gone.txt")
    assert isinstance(error, UnreadableFileError)


def test_html_blocks_are_lines_and_scripts_are_silent(tmp_path):
    file = tmp_path / "a.html"
    file.write_bytes(
        '<html><head><meta charset="gb2312"><title>晋城日报</title></head><body>'
        "<h1>经济稳中<b>向好</b></h1><script>var x='假';</script>"
        "<p>昨日&nbsp;召开。</p>次日</body></html>".encode("gb18030")
    )
    page = read_one(file)
    assert page.text.split("\n") == ["经济稳中向好", "昨日 召开。", "次日"]
    assert page.extracted


def test_docx_paragraphs_tables_and_text_boxes_once(tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("第一段")
    document.add_table(1, 1).cell(0, 0).text = "表中"
    document.add_paragraph("第二段")
    document.save(tmp_path / "a.docx")
    assert read_one(tmp_path / "a.docx").text.split("\n") == [
        "第一段",
        "表中",
        "第二段",
    ]


def test_a_zip_bomb_is_refused_unopened(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 1_000_000)
    (tmp_path / "bomb.docx").write_bytes(packed.getvalue())
    error = read_one(tmp_path / "bomb.docx", max_bytes=10_000)
    assert error.reason == "too-large"


def test_jsonl_lines_are_pages_and_bad_lines_are_refused_alone(tmp_path):
    file = tmp_path / "a.jsonl"
    good = {"id": 7, "title": "标题", "text": TEXT}
    lines = [json.dumps(good), "not json", "", '{"title": "无文"}', "[" * 5000]
    lines += [json.dumps({"text": "长" * 3000}), json.dumps(good, ensure_ascii=False)]
    file.write_text("\n".join(lines), encoding="utf-8")
    outcomes = list(read(file, "a.jsonl", ReadOptions(max_bytes=6000)))
    assert [getattr(o, "reason", "page") for o in outcomes] == [
        "page", "unreadable-file", "unreadable-file", "unreadable-file", "too-large", "page",
    ]  # fmt: skip
    assert [outcome.line for outcome in outcomes] == [1, 2, 4, 5, 6, 7]
    assert isinstance(outcomes[0], Page)
    assert (outcomes[0].id, outcomes[0].title) == ("7", "标题")


@pytest.mark.parametrize("field", ["text", "title", "id"])
def test_half_a_surrogate_pair_is_refused_with_its_line(tmp_path, field):
    file = tmp_path / "a.jsonl"
    good = {"id": "一𬭊", "title": "题𬭊", "text": f"{TEXT}𬭊"}
    bad = [good | {field: f"{good[field]}{half}"} for half in ("\ud83d", "\ude00")]
    file.write_text("\n".join(map(json.dumps, [good, *bad, good])), encoding="utf-8")
    first, *errors, last = read(file, "a.jsonl", ReadOptions())
    for page in (first, last):
        assert (page.id, page.title, page.text) == tuple(good.values())
    problem = f'half a surrogate pair in "{field}"'
    assert [(e.path, e.line, e.problem) for e in errors] == [
        ("a.jsonl", 2, problem),
        ("a.jsonl", 3, problem),
    ]


def test_a_folder_is_walked_in_a_stable_order_without_the_output(tmp_path):
    for name in ("b.txt", "a/c.jsonl", "a/d.HTML", "out/x.txt", ".hidden.txt", "p.jpg"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("字", encoding="utf-8")
    found = walk([tmp_path], leave_out=tmp_path / "out")
    assert [file.name for file in found.files] == ["a/c.jsonl", "a/d.HTML", "b.txt"]
    assert found.others == {".jpg": 1}


def test_files_of_the_same_name_in_two_folders_keep_apart(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.txt").write_text("字", encoding="utf-8")
    found = walk([tmp_path / "a", tmp_path / "b", tmp_path / "a"])
    assert [file.name for file in found.files] == ["a/1.txt", "b/1.txt"]


def test_a_link_in_a_circle_ends(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "a.txt").write_text("字", encoding="utf-8")
    assert [file.name for file in walk([tmp_path]).files] == ["a.txt"]


def test_a_name_in_odd_bytes_is_still_valid_text(tmp_path):
    (tmp_path / "\udcff.txt").write_text("字", encoding="utf-8")
    (found,) = walk([tmp_path]).files
    assert found.name == "\\xff.txt"


def test_nothing_to_read_is_an_error(tmp_path):
    with pytest.raises(NothingToReadError):
        walk([tmp_path])
    with pytest.raises(UnreadableFileError, match="no such file"):
        walk([tmp_path / "gone"])
