"""Files appear whole or not at all."""

import pytest

from tagger.errors import TaggerError, TooLargeError
from tagger.files import whole_file, write_jsonl


def test_a_file_appears_when_it_is_whole(tmp_path):
    write_jsonl(tmp_path / "a.jsonl", [{"名": "丁洁"}])
    assert (tmp_path / "a.jsonl").read_text("utf-8") == '{"名": "丁洁"}\n'
    assert len(list(tmp_path.iterdir())) == 1


def test_a_break_leaves_what_was_there(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")

    def break_off():
        with whole_file(path) as file:
            file.write("new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert path.read_text("utf-8") == "old"
    assert len(list(tmp_path.iterdir())) == 1


def subclasses(kind):
    for child in kind.__subclasses__():
        yield child
        yield from subclasses(child)


@pytest.mark.parametrize("kind", list(subclasses(TaggerError)))
def test_every_error_names_its_file_and_line(kind):
    assert (
        str(kind("what is wrong", path="页.txt", line=7)) == "页.txt:7: what is wrong"
    )
    assert kind("x").reason == kind("x").reason.lower()


def test_the_reason_is_the_kind_in_words():
    assert TooLargeError("x").reason == "too-large"
