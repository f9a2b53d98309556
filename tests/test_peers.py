"""Peers beside ours, on invented peers: scripts like the real ones, and a wheel."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import adapter
import comparing
import install
import jiagu_peer
import measuring
import pytest
import recipes
import run
from hypothesis import given
from hypothesis import strategies as st
from scoring_cases import marked

from tagger.scoring import Document, Span

PEERS = Path(adapter.__file__).parent
LINES = [
    "[云川市](LOC)[柳湾县](LOC)的[陈立文](PER)昨日到访。",
    "[云川市教育局](ORG)公布，新建小学九月开学。",
    "没有名称的一行。",
]
LABELS = {"nr": "PER", "ns": "LOC", "nt": "ORG"}
#: A peer that knows four words, prints where it should not, and drops blanks.
KNOWING = """
import re
from adapter import one_by_one, readings_of_words, serve

WORDS = {"云川市": "ns", "柳湾县": "ns", "陈立文": "nr", "教育局": "nt"}
CUT = re.compile("|".join(WORDS) + r"|\\S")


def load():
    print("model loaded")
    return one_by_one(lambda text: [(w, WORDS.get(w, "x")) for w in CUT.findall(text)])


serve(load, readings_of_words({"nr": "PER", "ns": "LOC", "nt": "ORG"}))
"""


def write_gold(path, lines=LINES):
    items = [{"id": "same", "text": t, "entities": s} for t, s in map(marked, lines)]
    path.write_text("".join(json.dumps(item) + "\n" for item in items), "utf-8")
    return path


@pytest.fixture
def place(tmp_path):
    """Gold, and recipes of peers that know, fail, lie, and were never installed."""
    scripts = {
        "jieba": KNOWING,
        "failing": "import sys\nsys.exit('no model here')",
        "lying": KNOWING.replace("[(w, ", "[(w + '也', "),
        "missing": KNOWING,
    }
    text = ""
    for name, script in scripts.items():
        path = tmp_path / f"{name}_peer.py"
        path.write_text(f"import sys; sys.path.insert(0, {str(PEERS)!r})\n{script}")
        text += f'[{name}]\ntitle = "the {name} one"\nscript = "{path.name}"\n'
        text += 'learned = "by heart"\nlicence = "none"\npip = []\n'
        if name != "missing":
            python = recipes.python_of(tmp_path / "envs" / name)
            python.parent.mkdir(parents=True)
            python.symlink_to(sys.executable)
            (tmp_path / "envs" / name / recipes.INSTALLED).touch()
    (tmp_path / "recipes.toml").write_text(text, "utf-8")
    write_gold(tmp_path / "gold.jsonl")
    return tmp_path


def compare(place, *options):
    known = ["--envs", place / "envs", "--recipes", place / "recipes.toml"]
    out = ["--out", place / "out" / "peers.md", "--trials", 20]
    return run.main([str(o) for o in (place / "gold.jsonl", *known, *out, *options)])


def cells_of(text, title):
    line = next(line for line in text.splitlines() if line.startswith(f"| {title} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_table_has_scores_speeds_and_who_is_not_installed(place, capsys):
    code = compare(place, "--no-ours", "--peers", "jieba", "missing", "--rounds", "2")
    text = (place / "out" / "peers.md").read_text("utf-8")
    assert code == 0
    assert text.strip() in capsys.readouterr().out
    cells = cells_of(text, "the jieba one")
    # 云川市 柳湾县 are two names in this gold, 云川市教育局 is one: "bodies" it is
    assert cells[1] == "bodies"
    assert cells[2].startswith("100.0 (")
    assert cells[3:6] == ["100.0", "100.0", "100.0"]
    assert float(cells[6].partition(" ")[0].replace(",", "")) > 0
    assert cells[7] == "1.000 (1.000–1.000)"
    assert cells[8] == "–"
    assert float(cells[10]) > 1
    assert "the missing one: not installed; `python eval/peers/install.py mis" in text


def test_peer_that_fails_is_named_and_costs_the_others_nothing(place):
    code = compare(place, "--no-ours", "--peers", "jieba", "failing", "lying")
    text = (place / "out" / "peers.md").read_text("utf-8")
    assert code == 1
    assert "the failing one: failed: exit code 1: no model here" in text
    assert "the lying one: failed: exit code 1: adapter.MisalignedError" in text
    assert cells_of(text, "the jieba one")[2].startswith("100.0")


def test_nobody_installed_and_nobody_known(place, capsys):
    assert compare(place, "--no-ours", "--peers", "missing") == 1
    assert "not installed" in capsys.readouterr().out
    assert compare(place, "--peers", "nobody") == 2
    assert install.main(["nobody", "--envs", str(place)]) == 2


def test_ours_runs_beside(place, tagger):
    code = compare(place, "--peers", "jieba", "--rounds", "1")
    text = (place / "out" / "peers.md").read_text("utf-8")
    assert code == 0
    cells = cells_of(text, "ours")
    assert cells[1] == "names"
    assert cells[8] == "1.000"
    documents = list(run.read_gold(place / "gold.jsonl"))
    found = [tags.entities for tags in tagger.tag_texts([d.text for d in documents])]
    own = [
        Document(d.id, d.text, tuple(Span(e.start, e.end, str(e.label)) for e in names))
        for d, names in zip(documents, found, strict=True)
    ]
    result = measuring.Result(measuring.System("ours", "ours", ()), {"tags": own})
    wanted = comparing.score(documents, result, 20).scores["strict.f1"].value
    assert cells[2].split()[0] == f"{100 * wanted:.1f}"


def test_adapter_takes_lines_and_gives_lines(place):
    texts = [marked(line)[0] for line in LINES]
    lines = "".join(json.dumps({"id": t[:2], "text": t}) + "\n" for t in texts)
    done = subprocess.run(  # noqa: S603 written above
        [sys.executable, place / "jieba_peer.py"],
        input=lines.encode(),
        capture_output=True,
        check=True,
    )
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [item["id"] for item in found] == [text[:2] for text in texts]
    assert found[0]["entities"] == [[0, 3, "LOC"], [3, 6, "LOC"], [7, 10, "PER"]]
    assert found[0]["readings"]["chains"] == [[0, 6, "LOC"], [7, 10, "PER"]]
    assert found[1]["readings"]["bodies"] == [[0, 6, "ORG"]]
    said = done.stderr.decode().splitlines()
    assert said[0] == "model loaded"
    account = json.loads(said[-1])
    assert account["characters"] == sum(map(len, texts))
    assert 0 < account["seconds"] < 60
    assert 1 < account["peak_mib"] < 1000


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("云川市 教育局", ["云川市", "教育局"], [(0, 3), (4, 7)]),
        ("丁　洁\n来了", ["丁洁", "来", "了"], [(0, 3), (4, 5), (5, 6)]),
        ("ＩＢＭ公司", ["ibm", "公司"], [(0, 3), (3, 5)]),
        ("陈  文", ["陈", "  ", "文"], [(0, 1), (0, 0), (3, 4)]),
        ("5㎡的房", ["5", "m2", "的", "房"], [(0, 1), (1, 2), (2, 3), (3, 4)]),
        ("（陈立文）说", ["陈立文", "说"], [(1, 4), (5, 6)]),
    ],
)
def test_places_of_words_that_a_peer_changed(text, words, places):
    assert list(adapter.places_of(text, words)) == places


def test_words_that_are_not_the_texts_are_refused():
    with pytest.raises(adapter.MisalignedError, match="柳湾"):
        list(adapter.places_of("云川市教育局", ["云川市", "柳湾"]))


@given(st.lists(st.text("云川ＡB1陈 \n㎡", max_size=5), max_size=8))
def test_places_of_unchanged_words_say_the_words(words):
    text = "".join(words)
    for word, (start, end) in zip(words, adapter.places_of(text, words), strict=True):
        assert text[start:end] == word.strip()


def test_readings_join_only_what_touches():
    words = [
        ("云川市", "ns"),
        ("的", "u"),
        ("教育局", "nt"),
        ("陈", "nr"),
        ("立文", "nr"),
    ]
    readings = adapter.readings_of_words(LABELS, [("PER", "PER")])
    wanted = [(0, 3, "LOC"), (4, 7, "ORG"), (7, 10, "PER")]
    assert readings["chains"]("云川市的教育局陈立文", words) == wanted


def test_jiagu_names_go_from_b_to_the_last_i():
    words = [("云川市", "B-ORG"), ("教育局", "I-ORG"), ("陈立文", "B-PER")]
    words += [("王小丽", "B-PER"), ("说", "O"), ("柳湾", "I-LOC")]
    found = jiagu_peer.whole_names("云川市教育局陈立文王小丽说柳湾", words)
    assert found == [(0, 6, "ORG"), (6, 9, "PER"), (9, 12, "PER"), (13, 15, "LOC")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"id": "0", "entities": [[0, 9, "PER"]]}', "leaves the text"),
        ('{"id": "0", "entities": [[0, 2, "PER"], [1, 3, "LOC"]]}', "overlaps"),
        ('{"id": "0", "entities": [[0, 2, "TIME"]]}', "none of PER"),
        ('{"id": "7", "entities": []}', "others came out"),
        ('{"id": "0"}', "cannot be read"),
        ("not JSON", "cannot be read"),
    ],
)
def test_lines_that_cannot_be_right_are_refused(line, why):
    account = {"seconds": 1, "cpu_seconds": 1, "load_seconds": 1}
    account |= {"characters": 3, "peak_mib": 1}
    script = (
        f"import sys; print({line!r}); print({json.dumps(account)!r}, file=sys.stderr)"
    )
    system = measuring.System("x", "x", (sys.executable, "-c", script))
    with pytest.raises(measuring.FailedError, match=why):
        measuring.run_once(system, "", [Document("0", "陈立文", ())])


def test_rounds_begin_with_another_system_each():
    script = (
        "import sys, json; print(json.dumps({'id': '0', 'entities': []}));"
        'print(\'{"seconds": 1, "cpu_seconds": 0.5, "load_seconds": 1,'
        ' "characters": 3, "peak_mib": 1}\', file=sys.stderr)'
    )
    systems = [measuring.System(n, n, (sys.executable, "-c", script)) for n in "ab"]
    gold = [Document("0", "陈立文", ())]
    turns = [(n, r.system.name) for n, r in measuring.measure(systems, gold, 2)]
    assert turns == [(0, "a"), (0, "b"), (1, "b"), (1, "a")]


def test_ratios_are_of_the_same_round_and_a_busy_machine_is_told():
    def result(name, *seconds):
        runs = [measuring.Run(s, s / 2, 1, 100, 10) for s in seconds]
        found = {"tags": [Document("0", "陈立文", (Span(0, 3, "PER"),))]}
        return measuring.Result(measuring.System(name, name, ()), found, runs)

    gold = [Document("0", "陈立文", (Span(0, 3, "PER"),))]
    both = [result("jieba", 1, 10, 4), result("ours", 2, 10, 2)]
    scored = [comparing.score(gold, one, 20) for one in both]
    cells = cells_of(comparing.rows(scored), "ours")
    assert cells[7] == "1.000 (0.500–2.000)"
    assert "as little as 50 %" in comparing.busy(scored)


def test_environment_is_made_by_one_command(tmp_path):
    wheel = tmp_path / "cloudriver-1.0-py3-none-any.whl"
    about = "Metadata-Version: 2.1\nName: cloudriver\nVersion: 1.0\n"
    kind = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("cloudriver.py", "NAME = '云川'\n")
        file.writestr("cloudriver-1.0.dist-info/METADATA", about)
        file.writestr("cloudriver-1.0.dist-info/WHEEL", kind)
        file.writestr("cloudriver-1.0.dist-info/RECORD", "")
    head = '[{0}]\ntitle = "{0}"\nscript = "x.py"\nlearned = ""\nlicence = ""\n'
    good = head.format("good") + f'pip = [["--no-index", "{wheel.as_posix()}"]]\n'
    bad = head.format("bad") + 'pip = [["--no-index", "not-to-be-had"]]\n'
    book = tmp_path / "recipes.toml"
    book.write_text(good + bad, "utf-8")
    code = install.main(["all", "--envs", str(tmp_path), "--recipes", str(book)])
    assert code == 1
    assert recipes.is_installed(tmp_path / "good")
    assert not recipes.is_installed(tmp_path / "bad")
    python = recipes.python_of(tmp_path / "good")
    asked = [python, "-c", "import cloudriver; print(cloudriver.NAME.encode())"]
    said = subprocess.check_output(asked)  # noqa: S603 ourselves
    assert said.decode().strip() == str("云川".encode())


def test_every_recipe_has_its_script_and_pins_what_it_installs():
    for recipe in recipes.read_recipes().values():
        assert recipe.script.is_file()
        assert any("==" in package for call in recipe.pip for package in call)
