"""The corpus as programs read it: JSONL and spaCy's DocBin, one of each a split."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tagger.corpus.articles import CorpusArticle
from tagger.corpus.splits import SplitName, Splits
from tagger.errors import MisalignedSpanError
from tagger.files import write_jsonl


def by_split(
    articles: Iterable[CorpusArticle], splits: Splits
) -> dict[SplitName, list[CorpusArticle]]:
    """The articles of each split, in the order given.

    Raises:
        GoldError: An article is in none.
    """
    parts: dict[SplitName, list[CorpusArticle]] = {name: [] for name in SplitName}
    for article in articles:
        parts[splits[article.id]].append(article)
    return parts


def write_compiled(
    parts: Mapping[SplitName, Sequence[CorpusArticle]], folder: Path
) -> list[Path]:
    """Write ``train.jsonl``, ``train.spacy`` and so on; the paths written.

    Raises:
        OSError: A file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, articles in parts.items():
        jsonl, docs = folder / f"{name}.jsonl", folder / f"{name}.spacy"
        write_jsonl(jsonl, (article.to_dict() for article in articles))
        docs.write_bytes(doc_bin(articles))
        written += [jsonl, docs]
    return written


def doc_bin(articles: Iterable[CorpusArticle]) -> bytes:
    """A DocBin of the tokens of spaCy's blank Chinese: one a character.

    ``doc.ents`` are the names, ``doc.cats`` the sections: 1 for all that hold, and
    ``doc.user_data`` the id and the primary section.

    Raises:
        MisalignedSpanError: A name does not fit its text.
    """
    import spacy  # noqa: PLC0415 half a second, and only this function needs it
    from spacy.tokens import DocBin  # noqa: PLC0415

    from tagger.labels import Section  # noqa: PLC0415

    nlp = spacy.blank("zh")
    bin_ = DocBin(store_user_data=True)
    for article in articles:
        doc = nlp.make_doc(article.text)
        spans = [doc.char_span(e.start, e.end, str(e.label)) for e in article.entities]
        if None in spans:
            raise MisalignedSpanError(f"a name of {article.id} does not fit its text")
        doc.ents = tuple(span for span in spans if span is not None)
        held = article.front.sections
        doc.cats = {str(section): float(section in held) for section in Section}
        doc.user_data = {"id": article.id, "primary": str(held[0])}
        bin_.add(doc)
    return bytes(bin_.to_bytes())
