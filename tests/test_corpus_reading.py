from pathlib import Path

import pytest
from corpus_cases import BODY, HEAD, article

from tagger.corpus.articles import CorpusArticle, Kind, Role
from tagger.corpus.figures import figures
from tagger.corpus.hints import hints
from tagger.corpus.reading import parse_article, read_article
from tagger.labels import Section

PATH = Path("articles/a0001.txt")


def parsed(content: str, path: Path = PATH) -> CorpusArticle:
    read = parse_article(path, content)
    assert isinstance(read, CorpusArticle), list(map(str, read))
    return read


def problems(content: str, path: Path = PATH) -> list[str]:
    read = parse_article(path, content)
    assert isinstance(read, list)
    return list(map(str, read))


def test_an_article_is_read_with_its_parts():
    found = parsed(HEAD + BODY)
    assert found.id == "a0001"
    assert found.text.split("\n")[:2] == ["供暖季里的“电管家”", "河口镇停电两小时"]
    assert found.title == "河口镇停电两小时"
    assert found.texts_of(Role.KICKER) == ("供暖季里的“电管家”", "能源·身边")
    assert found.texts_of(Role.SUBHEAD) == ("先算一遍",)
    assert found.byline == ("艾茗", "阮志航", "丁帆")
    assert found.front.sections == (Section.ENERGY, Section.SOCIETY)
    assert found.front.kind is Kind.REPORT
    names = [found.text[e.start : e.end] for e in found.entities]
    assert names[0] == "河口镇"
    assert names[-1] == "丁 帆"


def test_a_title_of_two_lines_is_one_title():
    assert parsed(HEAD + "# 上半\n# 下半\n正文。\n").title == "上半 下半"


def test_a_caption_has_no_title():
    assert parsed(HEAD + "11月7日，果农采摘苹果。\n").title is None


def test_a_byline_on_its_own_line_needs_no_braces():
    found = parsed(HEAD + "# 题\n@ 记者 [[PER|苗 岚]]\n苗岚不在此。\n")
    assert found.byline == ("苗岚",)


@pytest.mark.parametrize(
    ("wrong", "right", "problem"),
    [
        ("date: 2021-11-18", "date: 18.11.2021", "a0001.txt:2: a date is like"),
        ("date: 2021-11-18", "date: 1999-11-18", "the corpus is of 2015 to 2026"),
        ("江西省上饶市", "上饶市", "a place begins with its province"),
        ("energy, society", "energi", "did you mean energy"),
        ("energy, society", "energy, energy", "each once"),
        ("energy, society", "law, energy, society, sports", "at most two"),
        ("kind: report", "kind: story", "kind 'story' is none of"),
        ("kind: report", "kinds: report", "did you mean kind"),
        ("kind: report", "kind:", "expected 'key: value'"),
        ("kind: report\n", "", "missing: kind"),
        ("writer: w01", "writer: Li", "a writer is like w01"),
        ("writer: w01", "writer: w01\nwriter: w02", "given twice"),
        ("---\n", "", "a head between two lines"),
        ("# [[LOC", "#[[LOC", "a layout mark is"),
        ("## 先", "## 　先", "one blank only"),
        ("先算一遍", "先{算}一遍", "inside a paragraph"),
        ("的负荷。", "[[的负荷。", "not closed"),
        ("一遍", "一遍 ", "ends with a blank"),
        ("组织14人", "组织\t14人", "no tabs"),
        ("身边\n", "身边\n\n\n", "blank lines at"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(wrong, right, problem):
    content = (HEAD + BODY).replace(wrong, right)
    assert any(problem in told for told in problems(content))


def test_every_problem_of_a_file_is_told():
    content = HEAD + "# [[PER|甲\n[[ABC|乙]]\n{丙\n"
    told = problems(content, Path("x.txt"))
    assert [line.split(":")[1] for line in told] == [
        " an article's file is named like a0001.txt, not x.txt",
        "8",
        "9",
        "10",
        "8",
    ]


def test_an_article_without_text_is_refused():
    assert "no text" in problems(HEAD)[0]


def test_bytes_that_are_not_utf8_are_refused(tmp_path):
    path = tmp_path / "a0001.txt"
    path.write_bytes((HEAD + BODY).encode("gb18030"))
    (problem,) = read_article(path)
    assert "not UTF-8" in str(problem)


def test_a_name_forgotten_elsewhere_is_hinted_at():
    found = parsed(HEAD + "[[LOC|沁河]]边，沁河水。\n本报记者 丁洁 摄\n")
    told = list(hints(found))
    assert len(told) == 2
    assert "沁河 is marked elsewhere" in told[0]
    assert "byline" in told[1]
    assert not list(hints(parsed(HEAD + BODY)))


def test_figures_count():
    counts = figures([parsed(HEAD + BODY), parsed(HEAD + "无名。\n")])
    assert counts.articles == 2
    assert counts.names == {"PER": 4, "LOC": 2, "ORG": 1}
    assert counts.primary["energy"] == 2
    assert counts.filed["society"] == 2
    assert counts.without_names == counts.without_title == 1
    assert counts.provinces["江西省"] == 2
    assert figures([]).longest == 0


def test_the_test_corpus_is_right():
    for number in range(1, 40):
        parsed(article(number), Path(f"a{number:04}.txt"))
