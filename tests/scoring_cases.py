"""Random gold and predictions for the scorer's tests; every sentence is invented."""

import re

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from tagger.scoring.documents import Document, Span
from tagger.scoring.matching import match
from tagger.scoring.names import names_tally
from tagger.scoring.statistics import values
from tagger.scoring.surfaces import surfaces
from tagger.scoring.tables import labels_of, table

# How long an example takes says more of the machine than of the scorer.
settings.register_profile("scoring", deadline=None)
settings.load_profile("scoring")

LABELS = ("PER", "LOC", "ORG")
ALPHABET = "云川市柳湾县教育局陈立文厂河"


@st.composite
def spans(draw, length, labels=LABELS):
    borders = sorted(draw(st.sets(st.integers(0, length), max_size=10)))
    pairs = zip(borders[::2], borders[1::2], strict=False)
    return tuple(Span(a, b, draw(st.sampled_from(labels))) for a, b in pairs)


@st.composite
def corpora(draw, most=4):
    """Gold and predicted documents over the same texts."""
    gold, predicted = [], []
    for number in range(draw(st.integers(1, most))):
        text = draw(st.text(ALPHABET, min_size=1, max_size=16))
        gold.append(Document(f"d{number}", text, draw(spans(len(text)))))
        predicted.append(Document(f"d{number}", text, draw(spans(len(text)))))
    return gold, predicted


def random_spans(rng, length, labels=LABELS, density=0.5):
    """Non-overlapping spans, about ``density`` of the text in names."""
    found, place = [], 0
    while place < length:
        width = int(rng.integers(1, 5))
        if rng.random() < density and place + width <= length:
            found.append(Span(place, place + width, str(rng.choice(labels))))
        place += width
    return tuple(found)


def perturbed(rng, spans, length):
    """The spans with some dropped, moved at an edge, retyped, cut or added."""
    found, free = [], 0
    for span in spans:
        start, end, label = span
        act = rng.random()
        if act < 0.15:
            continue
        if act < 0.3:
            start = max(free, start - int(rng.integers(-2, 3)))
        elif act < 0.45:
            end = min(length, end + int(rng.integers(-2, 3)))
        if rng.random() < 0.15:
            label = str(rng.choice(LABELS))
        if free <= start < end:
            found.append(Span(start, end, label))
            free = end
    return tuple(found)


def random_corpus(seed, articles=5, length=40, like_gold=True):
    """Gold and predicted documents from a seed."""
    rng = np.random.default_rng(seed)
    gold, predicted = [], []
    for number in range(articles):
        size = int(rng.integers(1, length))
        text = "".join(rng.choice(list(ALPHABET), size))
        wanted = random_spans(rng, size)
        found = perturbed(rng, wanted, size) if like_gold else random_spans(rng, size)
        gold.append(Document(f"d{number}", text, wanted))
        predicted.append(Document(f"d{number}", text, found))
    return gold, predicted


def tally_of(gold, predicted, labels=None):
    labels = labels_of(gold, predicted) if labels is None else labels
    ours, theirs = table(gold, labels), table(predicted, labels)
    return names_tally(gold, match(ours, theirs), surfaces(gold, ours, theirs), labels)


def scores_of(gold, predicted, labels=None):
    """Every score of names, by name."""
    found = values(tally_of(gold, predicted, labels))
    return {name: figure.value for name, figure in found.items()}


def totals_of(gold, predicted):
    tally = tally_of(gold, predicted)
    return dict(zip(tally.columns, tally.totals(), strict=True))


def marked(line):
    """``[云川市](LOC)的[陈立文](PER)`` as text and spans."""
    text, found, last = "", [], 0
    for hit in re.finditer(r"\[([^\]]+)\]\((\w+)\)", line):
        text += line[last : hit.start()]
        found.append(Span(len(text), len(text) + len(hit[1]), hit[2]))
        text += hit[1]
        last = hit.end()
    return text + line[last:], tuple(found)
