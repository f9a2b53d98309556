"""Columns of tokens and tags: CoNLL in all its dialects, and HIPE's TSV."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tagger.errors import GoldError
from tagger.gold.auditing import Audit
from tagger.gold.files import lines_of
from tagger.gold.raw import RawDocument, RawSpan
from tagger.gold.schemes import (
    BrokenTags,
    Decoder,
    Scheme,
    TokenSpan,
    closes,
    encode,
    split_tag,
)
from tagger.scoring.documents import Document, Facts

#: ``# id = a1``, ``# newdoc id = a1``, ``# hipe2022:document_id = a1``
_COMMENT: Final = re.compile(r"#\s*([\w:-]+(?: id)?)\s*=\s*(.*)")
_IDS: Final = re.compile(r"(?:.*:)?(?:id|newdoc id|doc_id|document_id)")
_DATES: Final = re.compile(r"(?:.*:)?date")
_NEW_DOCUMENT: Final = "-DOCSTART-"
_HIPE_TAGS: Final = "NE-COARSE-LIT"
_HIPE_HEADER: Final = "TOKEN NE-COARSE-LIT NE-COARSE-METO NE-FINE-LIT NE-FINE-METO NE-FINE-COMP NE-NESTED NEL-LIT NEL-METO MISC".split()
_WORDS: Final = re.compile(r"[A-Za-z0-9À-ɏ]")


@dataclass(frozen=True, slots=True)
class ColumnOptions:
    """How columns are read."""

    #: Which column holds the tags, from 0; negative from the last.
    column: int = -1
    broken: BrokenTags = BrokenTags.REFUSE
    #: Only `Scheme.IOB1` has to be said, the others are seen.
    scheme: Scheme | None = None


@dataclass(slots=True)
class _Block:
    """The rows of one document: token, tag, line; a row without token ends a sentence."""

    name: str | None
    line: int
    rows: list[tuple[str, str, int]] = field(default_factory=list)
    #: Numbers of the rows after which no blank belongs.
    tight: set[int] = field(default_factory=set)
    date: str | None = None


def read_conll(
    path: Path, audit: Audit, options: ColumnOptions
) -> Iterator[RawDocument]:
    """Documents of a column file: a sentence each, unless it marks documents.

    Documents are marked by ``-DOCSTART-`` or ``# id = ...``; else they are numbered.

    Raises:
        GoldError: A row lacks the column, a tag is none, or tags are broken and
            `BrokenTags.REFUSE` is in force.
    """
    blocks = _blocks(path, options)
    letters = {split_tag(tag)[0] for block in blocks for _, tag, _ in block.rows if tag}
    iob1 = options.scheme is Scheme.IOB1
    decoder = Decoder(options.broken, closes(letters), iob1)
    for number, block in enumerate(blocks, 1):
        yield _document(block, block.name or str(number), decoder, audit)


def read_hipe(
    path: Path, audit: Audit, options: ColumnOptions
) -> Iterator[RawDocument]:
    """Documents of a HIPE file: the coarse literal tags, blanks as ``MISC`` says.

    Raises:
        GoldError: The header lacks a column, or tags are broken.
    """
    decoder = Decoder(options.broken)
    for number, block in enumerate(_hipe_blocks(path), 1):
        yield _document(block, block.name or str(number), decoder, audit)


def _hipe_blocks(path: Path) -> list[_Block]:
    lines = lines_of(path)
    header = next(lines, (1, ""))[1].split("\t")
    if not {"TOKEN", _HIPE_TAGS} <= {*header}:
        raise GoldError(f"no column {_HIPE_TAGS}", path=path, line=1)
    blocks = [_Block(None, 1)]
    for number, line in lines:
        comment = _COMMENT.match(line)
        if comment:
            _take_comment(comment, blocks, number)
        elif line.strip():
            row = dict(zip(header, line.split("\t"), strict=False))
            _take_hipe_row(path, row, blocks[-1], number)
    return [block for block in blocks if block.rows]


def _take_hipe_row(path: Path, row: dict[str, str], block: _Block, line: int) -> None:
    if _HIPE_TAGS not in row:
        raise GoldError("a row has fewer columns than the header", path=path, line=line)
    notes = row.get("MISC", "_").split("|")
    block.rows.append((row["TOKEN"], row[_HIPE_TAGS], line))
    if "NoSpaceAfter" in notes:
        block.tight.add(len(block.rows) - 1)


def _take_comment(comment: re.Match[str], blocks: list[_Block], line: int) -> None:
    key, value = comment[1], comment[2].strip()
    if not (_IDS.fullmatch(key) or _DATES.fullmatch(key)):
        return
    # HIPE 2020 has a document's date in front of its id, HIPE 2022 behind it
    if blocks[-1].rows or (blocks[-1].name and _IDS.fullmatch(key)):
        blocks.append(_Block(None, line))
    if _IDS.fullmatch(key):
        blocks[-1].name = value
    else:
        blocks[-1].date = value


def _blocks(path: Path, options: ColumnOptions) -> list[_Block]:
    blocks = [_Block(None, 1)]
    marked = False
    for number, line in lines_of(path):
        comment = _COMMENT.match(line)
        if line.startswith(_NEW_DOCUMENT):
            marked = True
            blocks.append(_Block(None, number))
        elif comment:
            marked = marked or bool(_IDS.fullmatch(comment[1]))
            _take_comment(comment, blocks, number)
        elif line.strip():
            blocks[-1].rows.append(_row(path, line, number, options.column))
        elif marked:
            blocks[-1].rows.append(("", "", number))
        else:
            blocks.append(_Block(None, number + 1))
    return [block for block in blocks if any(token for token, _, _ in block.rows)]


def _row(path: Path, line: str, number: int, column: int) -> tuple[str, str, int]:
    if "\r" in line:
        problem = "line ends are lone carriage returns; convert them"
        raise GoldError(problem, path=path, line=number)
    cells = line.split("\t") if "\t" in line else line.split()
    try:
        token, tag = cells[0], cells[column].strip()
        split_tag(tag)
    except IndexError:
        raise GoldError(f"no column {column}", path=path, line=number) from None
    except GoldError as error:
        error.path, error.line = path, number
        raise
    if len(cells) == 1:
        raise GoldError("a row has a token and a tag", path=path, line=number)
    return token, tag, number


def _document(block: _Block, name: str, decoder: Decoder, audit: Audit) -> RawDocument:
    text, places = _joined(block)
    spans: list[RawSpan] = []
    for first, last in _sentences(block):
        rows = block.rows[first:last]
        names, breaks = decoder.decode([split_tag(tag) for _, tag, _ in rows])
        for token, problem in breaks:
            if decoder.broken is BrokenTags.REFUSE:
                raise GoldError(
                    f"{problem}; see --broken-tags begin and discard",
                    path=audit.path,
                    line=rows[token][2],
                )
            what = {"begin": "begun at", "discard": "discarded at"}[decoder.broken]
            audit.repaired[f"{what} broken tags"] += 1
        for span in names:
            start, end = places[first + span.start][0], places[first + span.end - 1][1]
            spans.append(RawSpan(start, end, span.label))
    return RawDocument(
        name, text, tuple(spans), block.line, facts=Facts(date=block.date)
    )


def _sentences(block: _Block) -> Iterator[tuple[int, int]]:
    first = 0
    for place, (token, _, _) in enumerate([*block.rows, ("", "", 0)]):
        if not token:
            if place > first:
                yield first, place
            first = place + 1


def _joined(block: _Block) -> tuple[str, list[tuple[int, int]]]:
    """The text, and where each row's token is in it.

    A blank goes between two tokens that end and begin with a Latin letter or digit.
    """
    text = ""
    places: list[tuple[int, int]] = []
    for number, (token, _, _) in enumerate(block.rows):
        if not token:
            places.append((len(text), len(text)))
            text += "\n" if text and number + 1 < len(block.rows) else ""
            continue
        previous = block.rows[number - 1][0] if number else ""
        apart = (
            previous
            and number - 1 not in block.tight
            and _WORDS.match(previous[-1])
            and _WORDS.match(token[0])
        )
        text += " " if apart else ""
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places


def write_conll(
    documents: Sequence[Document], scheme: Scheme, *, ids: bool
) -> Iterator[str]:
    """Lines of a column file: a visible character a row, documents parted by blanks.

    White space has no row. ``ids`` writes ``# id = ...`` lines, which not every reader
    of columns understands.
    """
    for document in documents:
        if ids:
            yield f"# id = {document.id}"
        for char, tag in _tagged(document, scheme):
            yield f"{char}\t{tag}"
        yield ""


def write_hipe(documents: Sequence[Document]) -> Iterator[str]:
    """Lines of a HIPE file, a visible character a token."""
    yield "\t".join(_HIPE_HEADER)
    for document in documents:
        yield f"# document_id = {document.id}"
        if document.facts.date:
            yield f"# date = {document.facts.date}"
        for char, tag in _tagged(document, Scheme.BIO):
            rest = ["_" if name == "MISC" else "O" for name in _HIPE_HEADER[2:-1]]
            yield "\t".join([char, tag, *rest, "NoSpaceAfter"])
        yield ""


def _tagged(document: Document, scheme: Scheme) -> Iterator[tuple[str, str]]:
    places = [n for n, char in enumerate(document.text) if not char.isspace()]
    token_of: Callable[[int], int] = {n: t for t, n in enumerate(places)}.__getitem__
    spans = [
        TokenSpan(token_of(span.start), token_of(span.end - 1) + 1, span.label)
        for span in document.spans or ()
    ]
    tags = encode(len(places), spans, scheme)
    yield from zip((document.text[n] for n in places), tags, strict=True)
