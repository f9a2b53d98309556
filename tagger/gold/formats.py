"""The forms in which annotations come, and how to tell them apart."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from tagger.errors import GoldError, NothingToReadError
from tagger.gold.files import lines_of


class Format(StrEnum):
    """A format of gold or predictions."""

    #: ``{"id", "text", "entities": [[start, end, label]], "sections": [...]}``
    JSONL = "jsonl"
    #: What ``tagger tag`` writes.
    RECORDS = "records"
    #: ``{"id", "text", "articles": [{"start", "end", ...}]}``
    PAGES = "pages"
    DOCCANO = "doccano"
    LABEL_STUDIO = "label-studio"
    #: A folder of ``.txt`` and ``.ann`` pairs, or one of either.
    BRAT = "brat"
    #: Columns: a token first, its tag last; BIO, IOB1, BIOES, BMES, BMEWO, BILOU.
    CONLL = "conll"
    HIPE = "hipe"
    #: spaCy's ``.spacy``.
    DOCBIN = "docbin"


_BY_ENDING: Final = {
    ".ann": Format.BRAT,
    ".spacy": Format.DOCBIN,
    ".json": Format.LABEL_STUDIO,
    ".bio": Format.CONLL,
    ".bmes": Format.CONLL,
    ".bioes": Format.CONLL,
    ".bilou": Format.CONLL,
    ".iob": Format.CONLL,
    ".iob2": Format.CONLL,
    ".conll": Format.CONLL,
    ".txt": Format.CONLL,
    ".tsv": Format.CONLL,
}


def detect(path: Path) -> Format:
    """The format of a file or folder by its ending, its first line or its fields.

    Raises:
        NothingToReadError: There is no such file.
        GoldError: Its ending and content are of no format known.
    """
    if not path.exists():
        raise NothingToReadError("no such file or folder", path=path)
    ending = Path(path.name.removesuffix(".xz").removesuffix(".gz")).suffix.lower()
    if path.is_dir() or (ending == ".txt" and path.with_suffix(".ann").exists()):
        return Format.BRAT
    if ending == ".jsonl":
        return _by_fields(_first_object(path))
    if ending not in _BY_ENDING:
        endings = ", ".join(sorted({*_BY_ENDING, ".jsonl"}))
        raise GoldError(
            "cannot tell the format; name it with --format, of predictions with "
            f"--pred-format, or use one of {endings}",
            path=path,
        )
    found = _BY_ENDING[ending]
    return _columns(path) if found is Format.CONLL else found


def _columns(path: Path) -> Format:
    first = next((line for _, line in lines_of(path)), "")
    return Format.HIPE if first.startswith("TOKEN\t") else Format.CONLL


def _first_object(path: Path) -> dict[str, Any]:
    for number, line in lines_of(path):
        if line.strip():
            try:
                found = json.loads(line)
            except json.JSONDecodeError as error:
                raise GoldError(f"no JSON: {error}", path=path, line=number) from error
            return found if isinstance(found, dict) else {}
    return {}


def _by_fields(first: dict[str, Any]) -> Format:
    if first.get("schema") == "tagger/1":
        return Format.RECORDS
    if "articles" in first:
        return Format.PAGES
    entities = first.get("entities")
    if not isinstance(entities, list):
        is_doccano = bool({"label", "labels"} & first.keys())
    else:
        is_doccano = any(isinstance(e, dict) and "start_offset" in e for e in entities)
    return Format.DOCCANO if is_doccano else Format.JSONL
