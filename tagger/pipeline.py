"""The spaCy pipeline: characters, names, then words that follow the names."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import spacy
from spacy.language import Language

import tagger.components.names
import tagger.components.words
from tagger.errors import ModelNotFoundError, ModelVersionError
from tagger.names import NameModel

#: Name and version in the pipeline's ``meta.json``.
NAME: Final = "news"


def build(
    names: NameModel, segmenter: Path | None, meta: Mapping[str, object]
) -> Language:
    """A pipeline of a trained name model and, if given, a trained segmenter.

    Args:
        names: Finds the names.
        segmenter: Folder that ``tagger train segmenter`` wrote.
        meta: What ``meta.json`` should say beside spaCy's own entries.
    """
    nlp = spacy.blank("zh", meta={"name": NAME, **meta})
    finder = nlp.add_pipe("news_names")
    assert isinstance(finder, tagger.components.names.NewsNames)  # noqa: S101 for mypy
    finder.model = names
    if segmenter is not None:
        words = nlp.add_pipe("news_words")
        assert isinstance(words, tagger.components.words.NewsWords)  # noqa: S101 for mypy
        words.from_disk(segmenter)
    return nlp


def load(folder: Path, *, words: bool = True) -> Language:
    """Load a pipeline; without ``words`` its tokens stay single characters.

    Raises:
        ModelNotFoundError: There is no pipeline in the folder.
        ModelVersionError: spaCy cannot load it.
    """
    if not (folder / "config.cfg").exists():
        raise ModelNotFoundError("no spaCy pipeline here", path=folder)
    try:
        return spacy.load(folder, exclude=[] if words else ["news_words"])
    except (OSError, ValueError) as error:
        raise ModelVersionError(str(error).splitlines()[0], path=folder) from error
