"""Our own names pipeline, measured as the peers are.

    python eval/peers/ours.py [--model FOLDER] [--conventions NAME] < texts.jsonl

FOLDER is a spaCy pipeline, by default the one that ships.
"""

import argparse
from pathlib import Path

from adapter import Span, TagAll, serve


def main() -> None:
    """Tag stdin."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", type=Path)
    parser.add_argument("--conventions")
    options = parser.parse_args()

    def load() -> TagAll:
        from tagger import pipeline  # noqa: PLC0415 part of what loading takes
        from tagger.components.names import NewsNames  # noqa: PLC0415
        from tagger.shipped import NAMES, model_folder  # noqa: PLC0415

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
