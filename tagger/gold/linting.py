"""What is doubtful in gold, though its format is right: for people to look at."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from tagger.labels import EntityLabel, Section
from tagger.scoring.documents import Document, Span
from tagger.scoring.surfaces import form
from tagger.scoring.words import GENERIC, MEDIA, QUOTES, TITLE


class Level(StrEnum):
    """How sure it is that something is wrong."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubtful place."""

    level: Level
    #: What it is, in kebab case.
    code: str
    document: str
    #: Where, or None when it is about the whole document.
    span: Span | None
    problem: str


_SENTENCE_END: Final = re.compile(r"[。！？!?；]")
_STRANGE: Final = re.compile(r"[\ufffd\ue000-\uf8ff\u200b-\u200f\ufeff\x00-\x08]")
_LONGEST: Final = 40
#: 某集团所属某煤矿; 的 is not here, it occurs inside names of bodies.
_BETWEEN: Final = re.compile(r"所属|下属|位于|[,，、;；]")
#: Around a book, law or paper.
_TITLES: Final = frozenset(("《》", "〈〉"))
_PAIRS: Final = dict(zip("“‘「『《〈（(【〔[", "”’」』》〉）)】〕]", strict=True))


def lint(
    documents: Sequence[Document], training: Sequence[Document] = ()
) -> Iterator[Finding]:
    """Everything doubtful, by document; rules of the guidelines only for our labels."""
    ours = _labels(documents) <= {str(label) for label in EntityLabel}
    yield from _unknown_labels(documents)
    inconsistent = _inconsistent(documents)
    for document in documents:
        for span in document.spans or ():
            yield from _span_findings(document, span)
            if ours:
                yield from _rule_findings(document, span)
            yield from _other_types(document, span, inconsistent)
        if ours:
            yield from _neighbours(document)
        yield from _unmarked_repeats(document)
        yield from _filing_findings(document)
    yield from _duplicates(documents)
    yield from _leaks(documents, training)


def _labels(documents: Sequence[Document]) -> set[str]:
    return {span.label for document in documents for span in document.spans or ()}


def _unknown_labels(documents: Sequence[Document]) -> Iterator[Finding]:
    """The first span of each label that is not ours."""
    known = {str(label) for label in EntityLabel}
    told: set[str] = set()
    for document in documents:
        for span in document.spans or ():
            if span.label not in known | told:
                told.add(span.label)
                problem = f"label {span.label!r} is none of {', '.join(EntityLabel)}"
                yield Finding(Level.ERROR, "label", document.id, span, problem)


def _warn(code: str, document: Document, span: Span | None, problem: str) -> Finding:
    return Finding(Level.WARNING, code, document.id, span, problem)


def _span_findings(document: Document, span: Span) -> Iterator[Finding]:
    text = document.text[span.start : span.end]
    if len(text) > _LONGEST:
        yield _warn("long", document, span, f"{len(text)} characters")
    if _SENTENCE_END.search(text):
        yield _warn("crosses-sentence", document, span, "goes over a sentence's end")
    if strange := _STRANGE.search(text):
        yield _warn("strange-character", document, span, f"holds {strange[0]!r}")
    opened = sum(text.count(left) - text.count(right) for left, right in _PAIRS.items())
    if opened:
        yield _warn(
            "quotes", document, span, "has a bracket or quote without its other (R18)"
        )


def _rule_findings(document: Document, span: Span) -> Iterator[Finding]:
    text = document.text[span.start : span.end]
    if GENERIC.fullmatch(text):
        yield _warn("generic", document, span, "a generic word is no name (R7)")
    if span.label == "PER" and len(text) > 2 and TITLE.search(text):
        yield _warn("title", document, span, "a title is no part of a name (R14)")
    if _BETWEEN.search(text, 1, len(text) - 1) and span.label != "PER":
        yield _warn("between", document, span, "所属, 位于 or a comma parts names (R3)")
    if text[0] in QUOTES and text[-1] in QUOTES:
        yield _warn("quoted", document, span, "quotes stay outside (R18)")
    if _fills_title(document.text, span) and not MEDIA.search(text):
        yield _warn("work", document, span, "a whole title in 《》 is no name (R9)")


def _fills_title(text: str, span: Span) -> bool:
    left, right = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return left + right in _TITLES


def _neighbours(document: Document) -> Iterator[Finding]:
    for one, two in pairwise(document.spans or ()):
        if one.end == two.start and one.label == "LOC" and two.end - two.start > 1:
            if two.label == "ORG":
                problem = "a body's name includes the place in front of it (R1)"
                yield _warn("place-body", document, one, problem)
            elif two.label == "LOC" and one.end - one.start > 1:
                yield _warn("chain", document, one, "places in a chain are one (R2)")


def _inconsistent(documents: Sequence[Document]) -> dict[str, Counter[str]]:
    """Names marked with more than one type, with how often."""
    types: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for span in document.spans or ():
            types[form(document.text[span.start : span.end])][span.label] += 1
    return {name: counts for name, counts in types.items() if len(counts) > 1}


def _other_types(
    document: Document, span: Span, inconsistent: dict[str, Counter[str]]
) -> Iterator[Finding]:
    counts = inconsistent.get(form(document.text[span.start : span.end]))
    if counts and span.label != counts.most_common(1)[0][0]:
        listed = ", ".join(f"{label} {n}" for label, n in counts.most_common())
        yield _warn("two-types", document, span, f"marked {listed} times")


def _unmarked_repeats(document: Document) -> Iterator[Finding]:
    """A name marked here and left unmarked there in the same article."""
    spans = document.spans or ()
    taken = bytearray(len(document.text) + 1)
    for span in spans:
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    names = {
        document.text[s.start : s.end]: s.label for s in spans if s.end - s.start > 1
    }
    for name, label in names.items():
        for hit in re.finditer(re.escape(name), document.text):
            if not any(taken[hit.start() : hit.end()]):
                place = Span(hit.start(), hit.end(), label)
                yield _warn(
                    "unmarked", document, place, "marked elsewhere in the article"
                )


def _filing_findings(document: Document) -> Iterator[Finding]:
    if document.filing is None:
        return
    sections = document.filing.ordered
    unknown = [section for section in sections if section not in set(Section)]
    if unknown:
        known = ", ".join(Section)
        problem = f"{unknown[0]!r} is none of {known}"
        yield _warn("section", document, None, problem)
    if len({*sections}) != len(sections) or len(sections) > 3:
        problem = f"one primary section and at most two more, not {', '.join(sections)}"
        yield Finding(Level.ERROR, "sections", document.id, None, problem)


def _duplicates(documents: Sequence[Document]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for document in documents:
        same = first.setdefault(form(document.text), document.id)
        if same != document.id:
            yield _warn("duplicate", document, None, f"has the text of {same}")


def _leaks(
    documents: Sequence[Document], training: Sequence[Document]
) -> Iterator[Finding]:
    known = {form(document.text): document.id for document in training}
    for document in documents:
        text = form(document.text)
        if text in known and len(text) > 1:
            problem = f"is training document {known[text]}"
            yield Finding(Level.ERROR, "leak", document.id, None, problem)
