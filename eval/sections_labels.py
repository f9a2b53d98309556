"""How far the sources' own labels and the keyword rule can be believed.

    python eval/sections_labels.py --data ../shared/data > models/sections_labels.toml

Every hand-filed article whose text is also in ``topic/`` or ``topic_weak/`` tells what
its label there is worth: ``first`` is how often the section named is the primary one,
``inside`` how often it is in the article's set. Labels seen on fewer than five
hand-filed articles are left out. No recipe uses these labels: see the head of the file
written.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from tagger.standoff import article_text, digest
from tagger.training.corpora import read_jsonl

ROOT = Path(__file__).parents[1]
LEAST = 5
HEAD = """\
# What a source's own label says of the section: made by eval/sections_labels.py from the
# articles filed by hand whose text is also in the sources. `section` is the section seen
# most often under the label (of keyword_rule: the section that the rule names), `first`
# how often it is the primary one, `inside` how often it is in the article's set.
#
# Nothing is trained from these labels. Most are columns of a paper, not subjects: few
# name the primary section nine times in ten, and those are the sections a model finds
# anyway (sports, international). The pool's articles are labelled by a teacher that
# learned the hand-filed ones; eval/experiments.md has what the keyword rule's labels
# alone come to."""


def hand_filed() -> dict[str, list[str]]:
    """Sections by digest of the text, from the stand-off files."""
    found = {}
    for path in sorted((ROOT / "corpus/real").glob("*.jsonl")):
        for text in path.read_text("utf-8").splitlines():
            item = json.loads(text)
            found[item["sha256"]] = item["sections"]
    return found


def labels(data: Path) -> Iterator[tuple[str, str, str]]:
    """Source, its label, and the digest of the text."""
    for path in sorted((data / "topic").glob("*.jsonl.xz")):
        for item in read_jsonl(path):
            name = path.name.removesuffix(".jsonl.xz")
            yield name, item.get("label") or "", digest(article_text(item))
    weak = data / "topic_weak/title_keyword_weak.jsonl.xz"
    for item in read_jsonl(weak):
        label = {"mining": "energy"}.get(item["label"], item["label"])
        yield "keyword_rule", label, digest(article_text(item))


def main() -> None:
    """Print the table as TOML."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    gold = hand_filed()
    seen: dict[tuple[str, str], list[list[str]]] = defaultdict(list)
    for source, label, key in labels(parser.parse_args().data):
        if key in gold:
            seen[source, label].append(gold[key])
    print(HEAD)
    for (source, label), articles in sorted(seen.items()):
        if len(articles) < LEAST:
            continue
        count = Counter(sections[0] for sections in articles)
        section = label if source == "keyword_rule" else count.most_common(1)[0][0]
        inside = sum(section in sections for sections in articles)
        print(f'\n[[label]]\nsource = "{source}"\nlabel = "{label}"')
        print(f'section = "{section}"\narticles = {len(articles)}')
        print(f"first = {count[section] / len(articles):.2f}")
        print(f"inside = {inside / len(articles):.2f}")


if __name__ == "__main__":
    main()
