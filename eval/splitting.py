"""Measure the page splitter, or fit its weights.

    python eval/splitting.py --shared DIR            development pages, five folds
    python eval/splitting.py --shared DIR --final    pages held out, weights shipped
    python eval/splitting.py --shared DIR --fit      fit and write weights.json

DIR holds ``pages/hainan_daily_pages.jsonl`` (the first 60 are development),
``pages/xwlb_rundowns.jsonl.xz`` and ``data/topic``. In development figures no page is
judged by weights that were fitted on it or on its damaged twins.
"""

import argparse
import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from splitting_cases import Case, development, dump, final

from tagger.records import Article
from tagger.split import split
from tagger.split.cuts import WEIGHTS, Weights, reading, shipped
from tagger.split.features import features
from tagger.split.lines import paragraphs
from tagger.split.runs import Run, runs
from tagger.split.splitting import of_articles

FOLDS = 5
#: How much a cut of a kind of page counts in fitting.
_HEAVY = {"pages": 3.0, "composed": 1.5, "rundowns": 0.5, "single": 1.0}
_HALF = str.maketrans("，；：（）！？．", ",;:()!?.")


class Lines:
    """Line numbers of a text's offsets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ends = [n for n, char in enumerate(text) if char == "\n"]

    def of(self, offset: int) -> int:
        """The number of the first line from ``offset`` on that is not blank."""
        while offset < len(self.text) and self.text[offset].isspace():
            offset += 1
        return bisect_left(self.ends, offset)


@dataclass
class Example:
    """A case as the fit sees it: its runs, and whether an article begins with each."""

    case: Case
    runs: list[Run]
    begins: np.ndarray


def example(case: Case) -> Example:
    """Runs of a page with the truth about them; a label above may lead the headline."""
    lines = Lines(case.page.text)
    wanted = {lines.of(start) for start in case.starts}
    kept = of_articles(paragraphs(case.page.text), case.page.text)
    found = runs(kept) if kept else []
    begins = [
        any(
            lines.of(p.start) in wanted
            for p in kept[run.first : max(run.body, run.first + 1)]
        )
        for run in found[1:]
    ]
    return Example(case, found, np.array(begins, dtype=bool))


def fit(examples: Sequence[Example]) -> Weights:
    """Weights of both readings; the second sees the first's answers as beliefs."""
    usable = [e for e in examples if len(e.begins)]
    first = _regression(usable, [[1.0] * len(e.runs) for e in usable])
    beliefs = [reading(e.runs, [1.0] * len(e.runs), first) for e in usable]
    return Weights(first, _regression(usable, beliefs))


def _regression(
    examples: Sequence[Example], beliefs: Sequence[Sequence[float]]
) -> dict[str, float]:
    rows = [
        row
        for e, b in zip(examples, beliefs, strict=True)
        for row in features(e.runs, b)
    ]
    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    counts = np.concatenate([np.full(len(e.begins), _heavy(e.case)) for e in examples])
    wanted = np.concatenate([e.begins for e in examples])
    model = LogisticRegression(C=0.5, max_iter=5000).fit(table, wanted, counts)
    weights = dict(zip(names, map(float, model.coef_[0]), strict=True))
    return {"bias": float(model.intercept_[0]), **weights}


def _heavy(case: Case) -> float:
    return _HEAVY[case.kind.split(",")[0]]


def fold(case: Case) -> int:
    """Which fold a case and its twins fall into."""
    return int(hashlib.sha256(case.origin.encode()).hexdigest(), 16) % FOLDS


@dataclass
class Tally:
    """Counts of one kind of page; F1 by page for the spread."""

    right: list[int] = field(default_factory=list)
    found: list[int] = field(default_factory=list)
    gold: list[int] = field(default_factory=list)
    exact: int = 0
    titles: list[bool] = field(default_factory=list)
    #: Confidence of each article, and whether both its cuts are right.
    sure: list[float] = field(default_factory=list)
    held: list[bool] = field(default_factory=list)

    def add(self, case: Case, articles: Sequence[Article]) -> list[str]:
        """Judge a page; what is wrong with it, in words."""
        lines = Lines(case.page.text)
        got = {lines.of(a.start): a for a in articles}
        wanted = {lines.of(start) for start in case.starts}
        self.right.append(len(got.keys() & wanted))
        self.found.append(len(got))
        self.gold.append(len(wanted))
        self.exact += got.keys() == wanted
        text = case.page.text.split("\n")
        wrong = [f"extra  {text[n][:40]}" for n in sorted(got.keys() - wanted)]
        wrong += [f"missed {text[n][:40]}" for n in sorted(wanted - got.keys())]
        places = sorted(got)
        after = dict(zip(places, [*places[1:], -1], strict=True))
        true = sorted(wanted)
        truth = dict(zip(true, [*true[1:], -1], strict=True))
        for place, article in got.items():
            self.sure.append(article.confidence)
            self.held.append(truth.get(place) == after[place])
        for start, title in zip(case.starts, case.titles, strict=True):
            if title is not None:
                article = got.get(lines.of(start))
                self.titles.append(article is not None and _headed(article, title))
                if article is not None and not self.titles[-1]:
                    wrong.append(
                        f"title  {title!r} is not {(article.column, article.kicker, article.title)}"
                    )
        return wrong

    def row(self) -> str:
        """Precision, recall, F1 with its spread, and the rest."""
        right, found, gold = map(np.array, (self.right, self.found, self.gold))
        p, r = right.sum() / found.sum(), right.sum() / gold.sum()
        low, high = _spread(right, found + gold)
        title = f"{np.mean(self.titles):7.3f}" if self.titles else " " * 7
        both = len(set(self.held)) == 2
        auc = f"{roc_auc_score(self.held, self.sure):7.3f}" if both else " " * 7
        return (
            f"{len(right):6}{p:7.3f}{r:7.3f}{2 * p * r / (p + r):7.3f}"
            f"  {low:.3f}-{high:.3f}{self.exact / len(right):7.3f}{title}{auc}"
        )


def _spread(right: np.ndarray, both: np.ndarray) -> tuple[float, float]:
    """Middle 95 % of F1 over 1000 samples of the pages, drawn with replacement."""
    rng = np.random.default_rng(1)
    draws = rng.integers(0, len(right), (1000, len(right)))
    values = 2 * right[draws].sum(1) / both[draws].sum(1)
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)


def _headed(article: Article, title: str) -> bool:
    """Whether the headings above the text are the headline, blanks apart."""
    own = [article.column or "", *article.kicker, article.title or ""]
    return _bare("".join(own)) == _bare(title)


def _bare(text: str) -> str:
    return "".join(text.translate(_HALF).split())


def figures(judged: Iterable[tuple[Case, Sequence[Article]]], show: str) -> None:
    """Print boundary precision, recall, F1, pages all right, titles, confidence."""
    tallies: dict[str, Tally] = {}
    for case, articles in judged:
        wrong = tallies.setdefault(case.kind, Tally()).add(case, articles)
        if show and case.kind.startswith(show) and wrong:
            print(case.kind, case.origin, *wrong, sep="\n    ")
    head = "".join(f"{h:>7}" for h in ("P", "R", "F1"))
    print(
        f"{'kind':32}{'pages':>6}{head}  {'95 %':11}{'exact':>7}{'title':>7}{'sure':>7}"
    )
    for kind, tally in tallies.items():
        print(f"{kind:32}{tally.row()}")


def across(shared: Path) -> Iterable[tuple[Case, Sequence[Article]]]:
    """Development pages, each split by weights fitted on the other folds."""
    examples = [example(case) for case in development(shared)]
    weights = [
        fit([e for e in examples if fold(e.case) != left]) for left in range(FOLDS)
    ]
    for e in examples:
        yield e.case, split(e.case.page, weights[fold(e.case)]).articles
    real = dump(shared)
    yield real, split(real.page, weights[0]).articles


def main() -> None:
    """Parse the options and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--final", action="store_true")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument(
        "--show", default="", help="kind of which to print what is wrong"
    )
    options = parser.parse_args()
    if options.fit:
        weights = fit([example(case) for case in development(options.shared)])
        data = {
            name: {k: round(v, 3) for k, v in getattr(weights, name).items()}
            for name in ("first", "second")
        }
        WEIGHTS.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    elif options.final:
        cases = [*final(options.shared), dump(options.shared)]
        figures(((c, split(c.page, shipped()).articles) for c in cases), options.show)
    else:
        figures(across(options.shared), options.show)


if __name__ == "__main__":
    main()
