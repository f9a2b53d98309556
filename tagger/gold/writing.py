"""Write documents in any of the formats."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tagger.errors import SettingsError
from tagger.files import whole_file, write_jsonl
from tagger.gold.brat import write_brat
from tagger.gold.columns import write_conll, write_hipe
from tagger.gold.formats import Format
from tagger.gold.jsonl import to_doccano, to_object
from tagger.gold.label_studio import write_label_studio
from tagger.gold.schemes import Scheme
from tagger.scoring.documents import Document


def write(
    documents: Sequence[Document],
    path: Path,
    format_: Format,
    scheme: Scheme = Scheme.BIO,
    *,
    ids: bool = False,
) -> None:
    """Write documents to a file, or, for brat, a folder.

    Args:
        documents: What to write.
        path: Where to.
        format_: In which format.
        scheme: How tags are written, for columns.
        ids: Whether columns say which document they are of.

    Raises:
        SettingsError: The format holds more than documents.
        MisalignedSpanError: DocBin cannot hold a span.
    """
    if format_ in {Format.RECORDS, Format.PAGES}:
        raise SettingsError(f"{format_} is read, not written")
    writers: dict[Format, Callable[[], None]] = {
        Format.JSONL: lambda: write_jsonl(path, map(to_object, documents)),
        Format.DOCCANO: lambda: write_jsonl(path, to_doccano(documents)),
        Format.LABEL_STUDIO: lambda: _write_tasks(documents, path),
        Format.BRAT: lambda: write_brat(documents, path),
        Format.CONLL: lambda: _write_lines(
            path, write_conll(documents, scheme, ids=ids)
        ),
        Format.HIPE: lambda: _write_lines(path, write_hipe(documents)),
        Format.DOCBIN: lambda: _write_docbin(documents, path),
    }
    writers[format_]()


def _write_docbin(documents: Sequence[Document], path: Path) -> None:
    from tagger.gold.docbin import write_docbin  # noqa: PLC0415 spaCy takes a second

    write_docbin(documents, path)


def _write_tasks(documents: Sequence[Document], path: Path) -> None:
    tasks = write_label_studio(documents)
    _write_lines(path, [json.dumps(tasks, ensure_ascii=False, indent=1)])


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    with whole_file(path) as file:
        for line in lines:
            file.write(f"{line}\n")
