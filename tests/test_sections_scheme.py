import pytest
from section_cases import write_scheme

from tagger.errors import SettingsError
from tagger.labels import Section
from tagger.sections.scheme import Code, read_scheme


def test_the_scheme_that_ships_is_our_nineteen():
    scheme = read_scheme()
    assert scheme.keys == tuple(Section)
    assert scheme.names == tuple(section.zh for section in Section)
    assert all(section.definition and section.codes for section in scheme.sections)


def test_codes_nobody_looked_up_say_so():
    codes = [code for section in read_scheme().sections for code in section.codes]
    assert {code.system for code in codes} == {"iptc", "gb20093"}
    assert not any(code.verified for code in codes if code.system == "gb20093")


def test_a_scheme_of_ones_own(tmp_path):
    scheme = read_scheme(write_scheme(tmp_path))
    assert scheme.keys == ("weather", "sport", "market")
    assert scheme.sections[0].codes == (Code("iptc", "medtop:17000000", True),)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[section", "no scheme"),
        ("", "section"),
        ("section = 1", "section"),
        ('[[section]]\nname = "天气"', "'key'"),
        ('[[section]]\nkey = "a"\nname = "b"\nnmae = "c"', "nmae"),
        ('[[section]]\nkey = "a"\nname = "b"', "two sections"),
        ('[[section]]\nkey = "a"\nname = "b"\n' * 2, "each key once"),
    ],
)
def test_what_is_no_scheme_is_refused_by_name(tmp_path, text, problem):
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=problem) as refused:
        read_scheme(path)
    assert str(path) in str(refused.value)


def test_a_missing_scheme_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="no scheme"):
        read_scheme(tmp_path / "none.toml")
