"""Records of every shape, and catalogues on disk made of them."""

from hypothesis import settings
from hypothesis import strategies as st

from tagger.grounds import Reason, Term
from tagger.labels import EntityLabel, Section
from tagger.records import Article, Entity, ModelId, Record, SectionGuess, Source

#: Text with all that makes trouble: formulas, quotes, separators, line ends, padding,
#: rare characters beyond the basic plane, markup.
CHARACTERS = "丁洁太原市𬭊䶮山西 　\n\r\t,;；'\"=+-@＝<>&|\\a1。！"
#: For tests over whole catalogues, each of which is many choices.
FEWER = settings(max_examples=25, deadline=None)
_WORDS = st.text(CHARACTERS, min_size=1, max_size=8)
_SCORES = st.integers(0, 10_000).map(lambda n: n / 10_000)

RECORD = Record(
    id="1",
    source=Source("a.txt", "0" * 64, 0, 4),
    article=Article(0, 4, title="标题"),
    text="丁洁出席",
    entities=(Entity(0, 2, EntityLabel.PER, 0.9),),
    sections=(SectionGuess(Section.ENERGY, 0.9, primary=True),),
    model=ModelId("news", "0"),
)


@st.composite
def spans(draw, length, most=3):
    """Spans in order, none overlapping another; they may touch."""
    edges = st.lists(st.integers(0, length), max_size=2 * most, unique=True)
    cuts = sorted(draw(edges))
    return list(zip(cuts[::2], cuts[1::2], strict=False))


def _reasons(section):
    """Why the section was given, or that nobody asked."""
    weights = st.integers(-9_000, 9_000).map(lambda n: n / 1_000)
    spans = st.lists(st.just((0, 1)), max_size=2).map(tuple)
    terms = st.lists(st.builds(Term, _WORDS, weights, spans), max_size=2).map(tuple)
    others = st.sampled_from(Section)
    beside = st.lists(st.tuples(others, weights), max_size=2).map(tuple)
    rival = st.none() | others
    return st.none() | st.builds(
        Reason, st.just(section), rival, weights, terms, terms, beside
    )


@st.composite
def records(draw, path="页.txt", start=0, line=0, digest="0" * 64):
    """A record of an article that begins at ``start`` of its page."""
    text = draw(st.text(CHARACTERS, min_size=1, max_size=30))
    entities = tuple(
        Entity(a, b, draw(st.sampled_from(EntityLabel)), draw(st.none() | _SCORES))
        for a, b in draw(spans(len(text)))
    )
    chosen = draw(st.lists(st.sampled_from(Section), max_size=3, unique=True))
    sections = tuple(
        SectionGuess(section, draw(_SCORES), not place, draw(_reasons(section)))
        for place, section in enumerate(chosen)
    )
    several = st.lists(_WORDS, max_size=2).map(tuple)
    article = Article(
        start,
        start + len(text),
        kicker=draw(several),
        title=draw(st.none() | _WORDS),
        subheads=draw(several),
        byline=draw(several),
        column=draw(st.none() | _WORDS),
        date=draw(st.none() | st.just("2024-11-07")),
        confidence=draw(_SCORES),
        reasons=draw(st.sampled_from([(), ("headline",), ("opening", "after-byline")])),
    )
    return Record(
        id=f"{path}-{line}-{start}",
        source=Source(path, digest, start, start + len(text), line),
        article=article,
        text=text,
        entities=entities,
        sections=sections,
        model=ModelId("news", draw(st.sampled_from(["1.0", "2.0"]))),
        review=draw(st.sampled_from([(), ("unfiled",), ("cut-unsure", "name-unsure")])),
    )


@st.composite
def pages(draw, path, line=0, digest="0" * 64):
    """The records of a page in order, with or without gaps."""
    start, found = 0, []
    for _ in range(draw(st.integers(0, 2))):
        record = draw(records(path, start + draw(st.integers(0, 9)), line, digest))
        found.append(record)
        start = record.source.end
    return found


@st.composite
def catalogues(draw):
    """All records of a run in order: whole files, and one of lines."""
    found = []
    for path in ("a.txt", "b/一.txt"):
        found += draw(pages(path, digest=draw(st.sampled_from(["0" * 64, "1" * 64]))))
    for line in (2, 10):
        found += draw(pages("c.jsonl", line))
    return found


def on_disk(folder, records, name="articles.jsonl"):
    """Write records as a run does."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{record.to_json()}\n" for record in records)
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return folder
