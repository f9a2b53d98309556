"""What changed between two runs: nothing for one with itself, mirrored when exchanged."""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_cases import FEWER, RECORD, catalogues, on_disk, spans
from typer.testing import CliRunner

from tagger.catalogue import find
from tagger.changes.comparing import compare
from tagger.changes.pages import page_pairs
from tagger.changes.pairing import pair
from tagger.changes.sampling import Sample
from tagger.changes.tally import CutKind, NameKind, PageKind
from tagger.cli import app
from tagger.errors import UnsortedError
from tagger.labels import EntityLabel, Section
from tagger.records import Article, Entity, SectionGuess, Source
from tagger.reporting.change_json import change_object
from tagger.reporting.html_changes import changes_page


@dataclass(frozen=True)
class Span:
    """A place with a type."""

    start: int
    end: int
    label: str = ""


@st.composite
def places(draw):
    labels = st.sampled_from(["PER", "LOC"])
    return [Span(a, b, draw(labels)) for a, b in draw(spans(20, most=5))]


@given(places(), places())
def test_pairing_is_the_same_from_either_side(before, after):
    there, back = pair(before, after), pair(after, before)
    assert sorted(there.pairs, key=str) == sorted(
        ((a, b) for b, a in back.pairs), key=str
    )
    assert (there.before, there.after) == (back.after, back.before)


@given(places(), places())
def test_every_span_is_paired_once_or_left(before, after):
    paired = pair(before, after)
    ours, theirs = zip(*paired.pairs, strict=True) if paired.pairs else ((), ())
    assert Counter([*ours, *paired.before]) == Counter(before)
    assert Counter([*theirs, *paired.after]) == Counter(after)
    assert all(a.start < b.end and b.start < a.end for a, b in paired.pairs)
    # what lies at the very same place is paired, whatever else there is
    same = {(s.start, s.end) for s in before} & {(s.start, s.end) for s in after}
    exact = {
        (a.start, a.end)
        for a, b in paired.pairs
        if (a.start, a.end) == (b.start, b.end)
    }
    assert exact == same


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("changes")


def changes_of(folder, before, after, examples=20):
    return compare(
        find(on_disk(folder / "a", before)),
        find(on_disk(folder / "b", after)),
        examples,
    )


@FEWER
@given(catalogues())
def test_a_run_has_no_changes_from_itself(folder, records):
    changes = changes_of(folder, records, records)
    assert changes.nothing_changed
    assert set(changes.names) <= {
        (NameKind.SAME, str(label), str(label)) for label in EntityLabel
    }
    assert sum(changes.names.values()) == sum(len(r.entities) for r in records)
    assert set(changes.cuts) <= {CutKind.SAME}
    assert changes.cuts.total() == len(records)
    assert not changes.filed
    assert not changes.review


MIRRORED = {
    "added": "removed",
    "split": "merged",
    "found": "lost",
    "only before": "only after",
    "new": "gone",
}
MIRRORED |= {after: before for before, after in MIRRORED.items()}


def mirrored(kind):
    return MIRRORED.get(str(kind), str(kind))


@FEWER
@given(catalogues(), catalogues())
def test_exchanged_runs_have_mirrored_changes(folder, before, after):
    there, back = changes_of(folder, before, after), changes_of(folder, after, before)
    for one, other in ((there.pages, back.pages), (there.cuts, back.cuts)):
        assert Counter({mirrored(k): n for k, n in one.items()}) == {
            str(k): n for k, n in other.items()
        }
    assert {(mirrored(k), b, a): n for (k, a, b), n in there.names.items()} == {
        (str(k), a, b): n for (k, a, b), n in back.names.items()
    }
    assert {(b, a): n for (a, b), n in there.primary.items()} == back.primary
    for one, other in ((there.filed, back.filed), (there.review, back.review)):
        assert {(key, not new): n for (key, new), n in one.items()} == other
    assert there.parts == back.parts
    assert exchanged(examples(there)) == examples(back)


def examples(changes):
    return {
        group: (
            sample.seen,
            sorted(
                (e.path, e.line, e.start, str(e.before), str(e.after)) for e in items
            ),
        )
        for group, sample in changes.examples.items()
        for items in [sample.items()]
    }


def exchanged(found):
    def group_of(what, *how):
        if what == "sections":
            return (what, *how[::-1])
        rest = how[1:][::-1] if what == "names" else how[1:]
        return (what, mirrored(how[0]), *rest)

    return {
        group_of(*group): (seen, sorted((*place, b, a) for *place, a, b in items))
        for group, (seen, items) in found.items()
    }


@FEWER
@given(catalogues(), catalogues())
def test_all_names_and_articles_are_accounted_for(folder, before, after):
    changes = changes_of(folder, before, after)
    assert changes.before.names.total() == sum(len(r.entities) for r in before)
    shared = [
        p
        for p in page_pairs(find(folder / "a"), find(folder / "b"))
        if p.before and p.after
    ]
    shared = [
        p for p in shared if p.before[0].source.sha256 == p.after[0].source.sha256
    ]
    for place, side in enumerate(("before", "after")):
        names = sum(n for (_, *labels), n in changes.names.items() if labels[place])
        articles = [r for p in shared for r in getattr(p, side)]
        assert names == sum(len(r.entities) for r in articles)
        gone = (
            (CutKind.LOST, CutKind.MERGED) if place else (CutKind.FOUND, CutKind.SPLIT)
        )
        cut = sum(n for kind, n in changes.cuts.items() if kind not in gone)
        assert cut == len(articles)
    assert changes.pages[PageKind.BOTH] == len(shared)


def article(start, text, *entities, path="a.txt", section=None, title=None, review=()):
    sections = () if section is None else (SectionGuess(section, 0.9, primary=True),)
    return replace(
        RECORD,
        id=f"{path}-{start}",
        source=Source(path, "0" * 64, start, start + len(text)),
        article=Article(start, start + len(text), title=title),
        text=text,
        entities=entities,
        sections=sections,
        review=review,
    )


PER, LOC, ORG = EntityLabel.PER, EntityLabel.LOC, EntityLabel.ORG
TEXT = "昨天下雨。田志军在太原市小店区出席会议。山西大学开学。"


def test_names_are_told_by_what_became_of_them(folder):
    before = article(
        0,
        TEXT,
        Entity(5, 8, PER),
        Entity(9, 12, LOC),
        Entity(20, 24, LOC),
        section=Section.LAW,
    )
    after = article(
        0,
        TEXT,
        Entity(9, 15, LOC),
        Entity(20, 24, ORG),
        Entity(0, 2, PER),
        section=Section.LAW,
    )
    after = replace(after, entities=tuple(sorted(after.entities)))
    changes = changes_of(folder, [before], [after])
    assert changes.names == {
        ("removed", "PER", ""): 1,
        ("moved", "LOC", "LOC"): 1,
        ("relabelled", "LOC", "ORG"): 1,
        ("added", "", "PER"): 1,
    }
    assert set(changes.names_by_section) == {
        ("law", kind) for kind in ("removed", "moved", "relabelled", "added")
    }
    (moved,) = changes.examples["names", "moved", "LOC", "LOC"].items()
    assert moved.before.text == moved.after.text == "田志军在太原市小店区出席会议。"
    quote = moved.after
    assert quote.text[quote.start : quote.end] == "太原市小店区"
    assert (moved.path, moved.start) == ("a.txt", 9)


def test_an_article_split_in_two_keeps_its_names(folder):
    whole = article(
        0, TEXT, Entity(5, 8, PER), Entity(20, 24, ORG), section=Section.LAW
    )
    first = article(0, TEXT[:20], Entity(5, 8, PER), section=Section.LAW)
    second = article(20, TEXT[20:], Entity(0, 4, ORG), section=Section.EDUCATION)
    changes = changes_of(folder, [whole], [first, second])
    assert changes.cuts == {"moved": 1, "split": 1}
    assert set(changes.names) == {("same", "PER", "PER"), ("same", "ORG", "ORG")}
    assert changes.primary == {("law", "law"): 1}


def test_an_article_out_of_the_leftovers_is_new(folder):
    first, second = article(0, TEXT[:20]), article(20, TEXT[20:], Entity(0, 4, ORG))
    changes = changes_of(folder, [first], [first, second])
    assert changes.cuts == {"same": 1, "found": 1}
    assert changes.names == {("added", "", "ORG"): 1}


def test_sections_reviews_and_titles_that_changed_are_told(folder):
    before = article(0, TEXT, section=Section.LAW, title="旧", review=("cut-unsure",))
    after = article(0, TEXT, section=Section.EDUCATION, title="新", review=("unfiled",))
    changes = changes_of(folder, [before], [after])
    assert changes.primary == {("law", "education"): 1}
    assert changes.filed == {("law", False): 1, ("education", True): 1}
    assert changes.review == {("cut-unsure", False): 1, ("unfiled", True): 1}
    assert changes.parts == {"title": 1}
    (example,) = changes.examples["parts", "title"].items()
    assert (example.before.text, example.after.text) == ("旧", "新")


def test_a_file_that_changed_is_not_compared(folder):
    before = article(0, TEXT, Entity(5, 8, PER))
    after = replace(before, source=replace(before.source, sha256="1" * 64), entities=())
    changes = changes_of(folder, [before], [after])
    assert changes.pages == {"other text": 1}
    assert not changes.names
    assert not changes.nothing_changed


@pytest.mark.parametrize(
    "records",
    [
        [article(0, TEXT, path="b.txt"), article(0, TEXT, path="a.txt")],
        [article(0, TEXT), article(0, TEXT)],
        [article(9, TEXT), article(0, TEXT[:5])],
        [article(0, TEXT), article(5, TEXT)],
    ],
)
def test_records_out_of_order_are_refused(tmp_path, records):
    good = [article(0, TEXT)]
    for sides in ((good, records), (records, good)):
        with pytest.raises(UnsortedError, match="not in order"):
            changes_of(tmp_path, *sides)


@given(st.lists(st.text(max_size=3), max_size=40), st.integers(0, 5), st.randoms())
def test_a_sample_does_not_depend_on_the_order(keys, most, random):
    keys = list(dict.fromkeys(keys))
    shuffled = keys[:]
    random.shuffle(shuffled)
    samples = []
    for order in (keys, shuffled):
        sample = Sample(most)
        for key in order:
            sample.offer(key, lambda key=key: key)
        assert sample.seen == len(keys)
        assert sample.items() == [key for key in order if key in sample.items()]
        samples.append(set(sample.items()))
    assert samples[0] == samples[1]
    assert len(samples[0]) == min(most, len(keys))


HOSTILE = "<script>alert(1)</script>&\"'</title>"


class _Scripts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.scripts, self.open = 0, []

    def handle_starttag(self, tag, attrs):
        self.scripts += tag == "script"
        assert not [
            name
            for name, _ in attrs
            if name.startswith("on") or name in {"src", "href"}
        ]
        if tag not in {"meta", "input", "line", "circle"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def hostile(folder):
    text = f"{HOSTILE}。田志军"
    before = article(
        0, text, Entity(0, 8, ORG), path=f"{HOSTILE[:8]}.txt", title=HOSTILE
    )
    after = replace(before, entities=(Entity(0, 9, PER),), review=(HOSTILE,))
    return changes_of(folder, [before], [after])


def test_the_page_is_well_formed_and_runs_nothing_of_the_data(folder):
    html = changes_page(hostile(folder))
    parser = _Scripts()
    parser.feed(html)
    assert parser.scripts == 1
    assert parser.open == []
    assert "<script>alert" not in html
    assert "default-src &#x27;none&#x27;" in html


@FEWER
@given(catalogues(), catalogues())
def test_page_and_object_are_made_of_any_changes(folder, before, after):
    changes = changes_of(folder, before, after, examples=2)
    _Scripts().feed(changes_page(changes))
    made = json.loads(json.dumps(change_object(changes, "1"), allow_nan=False))
    assert made["before"]["articles"] == len(before)
    assert sum(cell["count"] for cell in made["names"]) == changes.names.total()
    assert all(len(group["shown"]) <= 2 for group in made["examples"])


def tagger(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_the_command_prints_and_writes(tmp_path):
    before = article(0, TEXT, Entity(5, 8, PER), section=Section.LAW)
    after = replace(before, entities=(Entity(5, 8, LOC),))
    a, b = on_disk(tmp_path / "a", [before]), on_disk(tmp_path / "b", [after])
    html, made = tmp_path / "diff.html", tmp_path / "diff.json"
    result = tagger("diff", a, b, "--html", html, "--json", made)
    assert result.exit_code == 0, result.stderr
    assert "name other type PER → LOC (1 of 1)" in result.stdout
    assert "news 0 (1)" in result.stdout
    assert "- [田志军]PER在太原市小店区出席会议。" in result.stdout
    assert "+ [田志军]LOC在太原市小店区出席会议。" in result.stdout
    assert "田志军" in html.read_text("utf-8")
    names = json.loads(made.read_text("utf-8"))["names"]
    assert names == [
        {"kind": "relabelled", "before": "PER", "after": "LOC", "count": 1}
    ]
    assert "Both runs say the same" in tagger("diff", a, a).stdout


def test_what_cannot_be_compared_is_one_clear_line(tmp_path):
    out = on_disk(tmp_path / "a", [article(0, TEXT), article(0, TEXT)])
    result = tagger("diff", out, out)
    assert result.exit_code == 1
    assert "not in order" in result.stderr
    assert "in which tagger tag writes them" in result.stderr
    result = tagger(
        "diff", on_disk(tmp_path / "b", []), tmp_path / "b", "--json", "/dev/null/x"
    )
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


#: Prints the peak of its own process.
_PEAK = """
import sys
from pathlib import Path
from tagger.catalogue import find
from tagger.changes.comparing import compare
changes = compare(find(Path(sys.argv[1])), find(Path(sys.argv[2])))
(peak,) = [x for x in open("/proc/self/status") if x.startswith("VmHWM")]
print(changes.names["relabelled", "PER", "LOC"], int(peak.split()[1]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
def test_memory_does_not_grow_with_the_runs(tmp_path):
    peaks = {}
    for count in (1_000, 15_000):
        names = [f"{number:06}.txt" for number in range(count)]
        before = [article(0, TEXT * 20, Entity(5, 8, PER), path=name) for name in names]
        after = [replace(record, entities=(Entity(5, 8, LOC),)) for record in before]
        sides = [on_disk(tmp_path / n, r) for n, r in (("a", before), ("b", after))]
        root = {"PYTHONPATH": str(Path(__file__).parents[1])}
        run = subprocess.run(  # noqa: S603 ourselves
            [sys.executable, "-c", _PEAK, *sides],
            check=True,
            capture_output=True,
            env={**os.environ, **root},
        )
        changed, peaks[count] = map(int, run.stdout.split())
        assert changed == count
    # as objects 28,000 records more are over 60 MB
    assert peaks[15_000] < peaks[1_000] + 10, peaks
