"""How many articles a second the sections classifier files, on one core.

    python eval/sections_speed.py out/corpus/dev.jsonl [--model FOLDER]

From text to sections and scores: the classifier cuts characters itself and needs no
segmenter. The model is loaded beforehand; the best of several runs over the file.
"""

import argparse
import os
import time
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

from tagger.sections.features import Titled
from tagger.sections.model import SectionModel
from tagger.shipped import SECTIONS, model_folder
from tagger.training.corpora import read_jsonl

RUNS = 5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, help="JSONL with a text a line.")
    parser.add_argument("--model", type=Path)
    args = parser.parse_args()
    model = SectionModel.load(args.model or model_folder(SECTIONS))
    articles = [Titled(item["text"]) for item in read_jsonl(args.articles)]
    # a pass of less than a thousand articles is too short to time
    articles *= -(-1000 // len(articles))
    took = []
    for _ in range(RUNS):
        begin = time.process_time()
        model.classify(articles)
        took.append(time.process_time() - begin)
    characters = sum(len(article.text) for article in articles)
    print(
        f"{len(articles) / min(took):,.0f} articles a second of processor time "
        f"({len(articles) / max(took):,.0f} in the slowest of {RUNS} runs), "
        f"{characters / len(articles):.0f} characters an article"
    )


if __name__ == "__main__":
    main()
