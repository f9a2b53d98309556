"""What the peers' scripts share: texts in, names out, seconds and memory counted.

A script reads ``{"id", "text"}`` lines from stdin and writes a line for each to stdout:
``{"id", "entities": [[start, end, label], …], "readings": {…}}``. Offsets are
characters, end exclusive. Where a peer's tags can be read as names in several ways,
``readings`` has the names by each way and ``entities`` those by the first. The last line
of stderr is ``{"seconds", "cpu_seconds", "load_seconds", "characters", "peak_mib"}``.

Only the standard library is used: the script runs in the peer's own environment.
"""

import json
import os
import resource
import sys
import time
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

#: Start, end, label.
Span = tuple[int, int, str]
#: Word and tag, as a peer gives them.
Words = Sequence[tuple[str, str]]
#: Labels of two names, one right behind the other, that together are one name with the
#: label of the second.
Pairs = Collection[tuple[str, str]]
#: Makes names of what a peer says of a text.
Reading = Callable[[str, Any], list[Span]]
#: Tags texts: what a peer says of each, in order.
TagAll = Callable[[list[str]], list[Any]]

#: Tagged once before the clock starts, so that what loads at first use is loaded.
WARM_UP = "本报讯 云川市教育局局长陈立文昨日到柳湾县调研。"
#: How many characters that a peer left out are passed over in search of a word.
_SEARCHED = 64


class MisalignedError(ValueError):
    """A peer's words are not those of the text."""


def serve(load: Callable[[], TagAll], readings: Mapping[str, Reading]) -> None:
    """Load a peer, tag the texts of stdin on one core, and write what came out.

    Seconds are the peer's own: reading and writing lines and finding the places of
    words are not counted.

    Raises:
        MisalignedError: Words cannot be found in their text.
    """
    out = _own_stdout()
    _one_core()
    begin = time.perf_counter()
    tag_all = load()
    tag_all([WARM_UP])
    loaded = time.perf_counter() - begin
    documents = [json.loads(line) for line in sys.stdin]
    texts = [document["text"] for document in documents]
    begin, cpu = time.perf_counter(), time.process_time()
    found = tag_all(texts)
    seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
    peak = _peak()
    for document, said in zip(documents, found, strict=True):
        spans = {name: read(document["text"], said) for name, read in readings.items()}
        line = {"id": document["id"], "entities": spans[next(iter(spans))]}
        out.write(json.dumps({**line, "readings": spans}, ensure_ascii=False) + "\n")
    out.flush()
    account = {"seconds": seconds, "cpu_seconds": cpu, "load_seconds": loaded}
    account |= {"characters": sum(map(len, texts)), "peak_mib": peak}
    print(json.dumps(account), file=sys.stderr)


def one_by_one(tag: Callable[[str], Any]) -> TagAll:
    """A peer that takes one text at a time, for many."""
    return lambda texts: [tag(text) for text in texts]


def readings_of_words(
    labels: Mapping[str, str], joined: Pairs = ()
) -> dict[str, Reading]:
    """Three ways from words to names, since corpora differ in what they take as one.

    ``words``: each word is a name. ``bodies``: 云川市 LOC 教育局 ORG is one ORG.
    ``chains``: 云川市 LOC 柳湾县 LOC is one LOC, too. Those ``joined`` always are.
    """
    bodies = [*joined, ("LOC", "ORG"), ("ORG", "ORG")]
    return {
        "words": words_as_names(labels, joined),
        "bodies": words_as_names(labels, bodies),
        "chains": words_as_names(labels, [*bodies, ("LOC", "LOC")]),
    }


def words_as_names(labels: Mapping[str, str], joined: Pairs = ()) -> Reading:
    """Read words whose tags are keys of ``labels`` as names with its values."""

    def read(text: str, words: Words) -> list[Span]:
        spans: list[Span] = []
        places = places_of(text, [word for word, _ in words])
        for (start, end), (_, tag) in zip(places, words, strict=True):
            label = labels.get(tag)
            if label is None or start == end:
                continue
            last = spans[-1] if spans else (0, 0, "")
            if last[1] == start and (last[2], label) in joined:
                spans[-1] = (last[0], end, label)
            else:
                spans.append((start, end, label))
        return spans

    return read


def places_of(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each word stands, though blanks were dropped or characters changed width.

    A word of nothing but blanks gets an empty place.

    Raises:
        MisalignedError: A word is not there.
    """
    characters, origin = _folded(text)
    cursor = 0
    for word in words:
        wanted = _folded(word)[0]
        start = characters.find(wanted, cursor, cursor + len(wanted) + _SEARCHED)
        if start < 0:
            here = origin[cursor] if cursor < len(origin) else len(text)
            raise MisalignedError(f"{word!r} is not at {text[here : here + 20]!r}…")
        cursor = start + len(wanted)
        if wanted:
            yield origin[start], origin[cursor - 1] + 1
        else:
            yield 0, 0


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without blanks, widths and case evened out, and where all of it was."""
    pairs = [
        (folded, place)
        for place, character in enumerate(text)
        for folded in unicodedata.normalize("NFKC", character).casefold()
        if not folded.isspace()
    ]
    return "".join(folded for folded, _ in pairs), [place for _, place in pairs]


def _own_stdout() -> TextIO:
    """Stdout for ourselves; what a peer prints there goes to stderr."""
    sys.stdout.flush()
    own = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return own


def _one_core() -> None:
    """Keep to one core and one thread; libraries read these names when they load."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _peak() -> float:
    """Mebibytes taken at most so far.

    On Linux not ``ru_maxrss``, which counts the memory of the process that started
    this one, too.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
