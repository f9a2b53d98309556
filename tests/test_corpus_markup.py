import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.corpus.markup import MarkError, read_line
from tagger.labels import EntityLabel

PLAIN = st.text(st.characters(exclude_characters="[]{}|\n", codec="utf-8"), max_size=9)
NAMES = PLAIN.map(str.strip).filter(bool)


def test_marks_come_off_and_leave_offsets():
    line = read_line("[[ORG|晋城市委]]常委[[PER|田志军]]到[[LOC|沁河]]。")
    assert line.text == "晋城市委常委田志军到沁河。"
    assert [(line.text[e.start : e.end], str(e.label)) for e in line.entities] == [
        ("晋城市委", "ORG"),
        ("田志军", "PER"),
        ("沁河", "LOC"),
    ]


def test_braces_hold_a_byline():
    line = read_line("本报讯（{记者 [[PER|丁 洁]] 通讯员 [[PER|马小川]]}）昨日")
    assert line.text == "本报讯（记者 丁 洁 通讯员 马小川）昨日"
    ((start, end),) = line.bylines
    assert line.text[start:end] == "记者 丁 洁 通讯员 马小川"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("[[PER|田志军", "not closed"),
        ("[[PER|田志军]", "not closed"),
        ("田志军]]来了", "']]' without"),
        ("[[ORG|[[LOC|晋城市]]委]]", "do not nest"),
        ("[[ORG|{晋城}]]", "do not nest"),
        ("[[GPE|晋城]]", "label 'GPE' is none of PER, LOC, ORG"),
        ("[[PER|]]", "begins and ends"),
        ("[[PER| 丁洁]]", "begins and ends"),
        ("[[PER|丁洁　]]", "begins and ends"),
        ("[[丁洁]]", "LABEL"),
        ("[[PER|LOC|丁洁]]", "LABEL"),
        ("{记者", "not closed"),
        ("记者}", "without '{'"),
        ("{记者{丁洁}}", "inside a byline"),
        ("{ }", "empty"),
    ],
)
def test_a_wrong_mark_is_refused(line, problem):
    with pytest.raises(MarkError, match=problem.replace("{", r"\{")):
        read_line(line)


@given(st.lists(st.tuples(PLAIN, NAMES, st.sampled_from(list(EntityLabel)))), PLAIN)
def test_every_name_stands_where_it_was_marked(pieces, tail):
    marked = "".join(f"{text}[[{label}|{name}]]" for text, name, label in pieces) + tail
    line = read_line(marked)
    assert line.text == "".join(text + name for text, name, _ in pieces) + tail
    assert [(line.text[e.start : e.end], e.label) for e in line.entities] == [
        (name, label) for _, name, label in pieces
    ]
