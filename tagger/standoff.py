"""Annotations kept apart from texts that may not be passed on.

A stand-off line says where its article stands (file, line), a digest of its text,
and the annotations: ``{"id", "file", "line", "sha256", "entities", "sections"}``.
The text is the JSONL line's title and text, a line end between, blanks at the ends
taken off.
"""

import hashlib
import json
import lzma
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tagger.errors import GoldError


def join(standoff: Path, data: Path) -> Iterator[dict[str, Any]]:
    """Yield ``{"id", "text", "entities", "sections", "source"}``, in the file's order.

    Args:
        standoff: JSONL of stand-off lines.
        data: The folder that the lines' ``file`` is relative to.

    Raises:
        GoldError: A file is missing, or a text is not the one annotated.
    """
    items = [json.loads(line) for line in standoff.read_text("utf-8").splitlines()]
    texts = _texts(items, data)
    for number, item in enumerate(items, 1):
        text = texts.get((item["file"], item["line"]))
        if text is None or digest(text) != item["sha256"]:
            raise GoldError(
                f"{item['id']}: line {item['line']} of {item['file']} is not the text "
                "that was annotated",
                path=standoff,
                line=number,
            )
        yield {
            "id": item["id"],
            "text": text,
            "entities": item["entities"],
            "sections": item["sections"],
            "source": item["file"],
        }


def article_text(item: dict[str, Any]) -> str:
    """The text that offsets count in: title and text of a JSONL object."""
    return "\n".join(filter(None, (item.get("title"), item["text"]))).strip()


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _texts(items: Iterable[dict[str, Any]], data: Path) -> dict[tuple[str, int], str]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for item in items:
        wanted[item["file"]].add(item["line"])
    texts = {}
    for name, lines in wanted.items():
        path = data / name
        if not path.exists():
            raise GoldError("the annotated texts are not on disk", path=path)
        opener = lzma.open if path.suffix == ".xz" else open
        with opener(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if number in lines:
                    texts[name, number] = article_text(json.loads(line))
    return texts
