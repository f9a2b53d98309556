"""Whether the composed pages are still those of the articles."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tagger.corpus.compiling import by_split
from tagger.corpus.compose import PAGES, compose
from tagger.corpus.dumping import dump, gold_of
from tagger.corpus.gold_pages import ComposedPage
from tagger.corpus.reading import read_whole
from tagger.corpus.splits import read_splits
from tagger.errors import TaggerError
from tagger.readers.files import read_bytes


def stale_pages(folder: Path) -> Iterator[str]:
    """Yield every page whose file or gold is not what composing it now would give.

    Raises:
        GoldError: An article does not parse, or a page cannot be composed.
    """
    parts = by_split(read_whole(folder), read_splits(folder))
    for name, articles in parts.items():
        path = folder / "pages" / f"{name}.jsonl"
        lines = path.read_text("utf-8").splitlines() if path.is_file() else []
        found = {item["id"]: item for item in map(json.loads, lines)}
        for page in compose(name, articles, PAGES[name]):
            if not _is_fresh(page, found.pop(page.id, None), folder / "pages"):
                yield f"page {page.id} is stale: compose anew with tagger corpus pages"
        for left in found:
            yield f"page {left} is no page of this corpus"


def _is_fresh(page: ComposedPage, found: dict[str, Any] | None, folder: Path) -> bool:
    """Whether gold and file are as composed. Word files are compared by their text."""
    path = folder / page.file
    if found is None or not path.is_file():
        return False
    try:
        text = read_bytes(path.read_bytes(), page.file, path.suffix).text
    except TaggerError:
        return False
    return text == found["text"] and found == gold_of(page, dump(page))
