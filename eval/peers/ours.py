"""Our own names pipeline, measured as the peers are.

    python eval/peers/ours.py [--model FOLDER] [--conventions NAME] < texts.jsonl

FOLDER is a spaCy pipeline, by default the one that ships.
"""

import argparse
from pathlib import Path

from adapter import Span, TagAll, serve

from tagger import pipeline
from tagger.components.names import NewsNames
from tagger.shipped import NAMES, model_folder


def main() -> None:
    """Tag stdin."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", type=Path)
    parser.add_argument("--conventions")
    options = parser.parse_args()

    def load() -> TagAll:
        nlp = pipeline.load(options.model or model_folder(NAMES), words=False)
        finder = nlp.get_pipe("news_names")
        if isinstance(finder, NewsNames) and options.conventions:
            finder.conventions = options.conventions
        return lambda texts: list(nlp.pipe(texts))

    serve(load, {"names": names})


def names(_: str, doc) -> list[Span]:
    """The names of a tagged text."""
    return [(span.start_char, span.end_char, span.label_) for span in doc.ents]


if __name__ == "__main__":
    main()
