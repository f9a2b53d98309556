"""Read gold or predictions of any format: checked documents, and an account of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tagger.errors import PredictionError
from tagger.gold.auditing import Audit
from tagger.gold.brat import read_brat
from tagger.gold.columns import ColumnOptions, read_conll, read_hipe
from tagger.gold.formats import Format, detect
from tagger.gold.jsonl import read_doccano, read_jsonl
from tagger.gold.label_studio import read_label_studio
from tagger.gold.naming import Namer, RepeatedIds
from tagger.gold.pages import read_pages, read_records_as_pages
from tagger.gold.raw import RawDocument
from tagger.gold.settling import Settling, settle
from tagger.scoring.documents import CutPage, Document


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How a file is read; what is not said is seen from the file."""

    format: Format | None = None
    columns: ColumnOptions = field(default_factory=ColumnOptions)
    settling: Settling = field(default_factory=Settling)
    repeated: RepeatedIds = RepeatedIds.REFUSE
    #: Labels renamed, or left out when mapped to nothing.
    labels: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's documents, its pages if it is about cuts, and its audit."""

    documents: tuple[Document, ...]
    audit: Audit
    pages: tuple[CutPage, ...] = ()
    #: Whether ids are only numbers in order.
    numbered: bool = False

    @property
    def texts(self) -> dict[str, str]:
        """Text by id: of pages where there are any, of documents else."""
        if self.pages:
            return {page.id: page.text for page in self.pages}
        return {document.id: document.text for document in self.documents}


def read(
    path: Path,
    options: ReadingOptions | None = None,
    texts: Mapping[str, str] | None = None,
) -> Reading:
    """Read a file or, for brat, a folder.

    Spans that do not fit are left out and listed in the audit; what to do about them
    is for the caller, see `Audit.require_all`.

    Args:
        path: Where to read.
        options: How.
        texts: Gold texts by id, for predictions that hold none, or share them.

    Raises:
        NothingToReadError: There is no such file.
        UnreadableFileError: It is not UTF-8 or damaged.
        GoldError: Its format cannot be told, or is broken.
    """
    options = options or ReadingOptions()
    kind = options.format or detect(path)
    audit = Audit(path, str(kind))
    if kind is Format.PAGES:
        pages = read_pages(path, audit, options.settling, options.repeated)
        return _relabelled(Reading(_articles(pages), audit, tuple(pages)), options)
    raws = _named(_raws(path, kind, audit, options), Namer(audit, options.repeated))
    documents = tuple(settle(_with_texts(raws, texts or {}), audit, options.settling))
    names = [document.id for document in documents]
    numbered = bool(names) and names == [str(n + 1) for n in range(len(names))]
    return _relabelled(Reading(documents, audit, (), numbered), options)


def read_cuts(
    path: Path, gold: Reading, options: ReadingOptions | None = None
) -> Reading:
    """Read predicted cuts of the gold's pages: pages, or records of ``tagger tag``.

    Raises:
        PredictionError: They are in no format that says where articles are.
    """
    options = options or ReadingOptions()
    kind = options.format or detect(path)
    audit = Audit(path, str(kind))
    if kind is Format.PAGES:
        pages = read_pages(path, audit, options.settling, options.repeated)
    elif kind is Format.RECORDS:
        pages = read_records_as_pages(path, gold.texts, audit, options.settling)
    else:
        raise PredictionError(
            f"{kind} does not say where articles are on their pages; the gold does",
            path=path,
        )
    return _relabelled(Reading(_articles(pages), audit, tuple(pages)), options)


def _articles(pages: Iterable[CutPage]) -> tuple[Document, ...]:
    return tuple(piece.document for page in pages for piece in page.pieces)


def _raws(
    path: Path, kind: Format, audit: Audit, options: ReadingOptions
) -> Iterable[RawDocument]:
    readers: dict[Format, Callable[[], Iterable[RawDocument]]] = {
        Format.JSONL: lambda: read_jsonl(path),
        Format.RECORDS: lambda: read_jsonl(path),
        Format.DOCCANO: lambda: read_doccano(path),
        Format.LABEL_STUDIO: lambda: read_label_studio(path, audit),
        Format.BRAT: lambda: read_brat(path, audit),
        Format.CONLL: lambda: read_conll(path, audit, options.columns),
        Format.HIPE: lambda: read_hipe(path, audit, options.columns),
        Format.DOCBIN: lambda: _docbin(path),
    }
    return readers[kind]()


def _docbin(path: Path) -> Iterable[RawDocument]:
    from tagger.gold.docbin import read_docbin  # noqa: PLC0415 spaCy takes a second

    return read_docbin(path)


def _named(raws: Iterable[RawDocument], namer: Namer) -> Iterable[RawDocument]:
    for raw in raws:
        name = namer.name(raw.id, raw.line)
        yield raw if name == raw.id else replace(raw, id=name)


def _with_texts(
    raws: Iterable[RawDocument], texts: Mapping[str, str]
) -> Iterable[RawDocument]:
    """Documents with the gold's text where they have none, or the very same."""
    for raw in raws:
        known = texts.get(raw.id)
        if known is not None and raw.text in (None, known):
            yield replace(raw, text=known)
        else:
            yield raw


def _relabelled(reading: Reading, options: ReadingOptions) -> Reading:
    if not options.labels:
        return reading
    pages = tuple(
        replace(
            page,
            pieces=tuple(
                replace(piece, document=_renamed(piece.document, options.labels))
                for piece in page.pieces
            ),
        )
        for page in reading.pages
    )
    documents = tuple(_renamed(d, options.labels) for d in reading.documents)
    dropped = sum(
        options.labels.get(s.label, s.label) is None
        for d in reading.documents
        for s in d.spans or ()
    )
    if dropped:
        reading.audit.merged["of labels left out"] += dropped
        reading.audit.kept -= dropped
    renames = ", ".join(f"{a} as {b or 'nothing'}" for a, b in options.labels.items())
    reading.audit.notes.append(f"labels read: {renames}")
    return replace(reading, documents=documents, pages=pages)


def _renamed(document: Document, labels: Mapping[str, str | None]) -> Document:
    if document.spans is None:
        return document
    renamed = ((s, labels.get(s.label, s.label)) for s in document.spans)
    spans = tuple(s._replace(label=label) for s, label in renamed if label is not None)
    return replace(document, spans=spans)
