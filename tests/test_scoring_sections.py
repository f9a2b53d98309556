"""Scores of filing, against scikit-learn, and what they say of doubtful cases."""

import numpy as np
import pytest
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    brier_score_loss,
    f1_score,
    precision_recall_fscore_support,
)

from tagger.labels import Section
from tagger.scoring.baselines import by_headline, by_majority
from tagger.scoring.curves import (
    average_precision,
    coverage_at,
    coverage_curve,
    reliability,
)
from tagger.scoring.documents import Document, Facts, Filing
from tagger.scoring.evaluation import evaluate
from tagger.scoring.sections import confusions
from tagger.scoring.statistics import Resampling

KINDS = ("law", "health", "sports", "energy")


def filed(number, filing, text="云川。"):
    return Document(f"a{number}", text, None, filing)


def random_filings(seed, articles=30):
    rng = np.random.default_rng(seed)
    gold, predicted = [], []
    for number in range(articles):
        own = list(rng.permutation(KINDS)[: rng.integers(1, 4)])
        gold.append(filed(number, Filing(own[0], tuple(own[1:]))))
        scores = {k: float(rng.integers(0, 8) / 8) for k in KINDS}
        best = max(KINDS, key=lambda k: scores[k])
        further = tuple(k for k in KINDS if k != best and scores[k] > 0.6)[:2]
        predicted.append(filed(number, Filing(best, further, scores, scores[best])))
    return gold, predicted


def matrix(side):
    return np.array([[kind in d.filing.all for kind in KINDS] for d in side])


def scores_of(gold, predicted):
    result = evaluate(gold, predicted, Resampling(2))
    return {name: figure.value for name, figure in result.figures.items()}


def test_sklearn_agrees():
    for seed in range(40):
        gold, predicted = random_filings(seed, articles=60)
        ours = scores_of(gold, predicted)
        true, found = matrix(gold), matrix(predicted)
        primaries = [[d.filing.primary for d in side] for side in (gold, predicted)]
        wanted = {
            "sections.primary": accuracy_score(*primaries),
            "sections.exact": accuracy_score(true, found),
            "sections.example.f1": f1_score(
                true, found, average="samples", zero_division=0
            ),
            "sections.macro.f1": f1_score(
                true, found, average="macro", zero_division=0
            ),
            "sections.micro.f1": f1_score(true, found, average="micro"),
            "sections.brier": brier_score_loss(
                np.equal(*primaries),
                [d.filing.confidence for d in predicted],
                scale_by_half=True,
                labels=[False, True],
            ),
        }
        each = precision_recall_fscore_support(true, found, zero_division=0)
        for kind, p, r, f, _ in zip(KINDS, *each, strict=True):
            wanted |= {
                f"section.{kind}.{w}": v
                for w, v in zip(("p", "r", "f1"), (p, r, f), strict=True)
            }
        for name, value in wanted.items():
            # scikit-learn says 0 where nothing was predicted; we say undefined
            assert (ours[name] or 0.0) == pytest.approx(value, abs=1e-9), name
        for place, kind in enumerate(KINDS):
            ap = average_precision(gold, predicted, kind)
            scores = [d.filing.scores[kind] for d in predicted]
            assert ap == pytest.approx(
                average_precision_score(true[:, place], scores), abs=1e-9
            )


def test_calibration_error_by_hand():
    gold = [filed(n, Filing("law")) for n in range(4)]
    sure = [0.95, 0.91, 0.35, 1.0]
    found = ["law", "health", "health", "law"]
    predicted = [
        filed(n, Filing(s, (), {s: c}, c))
        for n, (s, c) in enumerate(zip(found, sure, strict=True))
    ]
    scores = scores_of(gold, predicted)
    # top bin: three articles, two right, confidence 2.86; bin of .3: one, wrong
    assert scores["sections.ece"] == pytest.approx((abs(2 - 2.86) + 0.35) / 4)
    bins = reliability(gold, predicted)
    assert [b.articles for b in bins] == [0, 0, 0, 1, 0, 0, 0, 0, 0, 3]
    assert bins[9].accuracy == pytest.approx(2 / 3)
    assert bins[0].accuracy is None
    curve = coverage_curve(gold, predicted)
    assert [(p.coverage, p.precision) for p in curve] == [
        (0.25, 1.0),
        (0.5, 1.0),
        (0.75, pytest.approx(2 / 3)),
        (1.0, 0.5),
    ]
    assert coverage_at(curve, 0.9).coverage == 0.5
    assert coverage_at(curve, 0.9).threshold == 0.95


def test_an_unfiled_article_is_wrong_and_lowers_coverage():
    gold = [filed(0, Filing("law")), filed(1, Filing("health", ("law",)))]
    predicted = [filed(0, Filing(None)), filed(1, Filing("law", (), {"law": 0.9}, 0.9))]
    scores = scores_of(gold, predicted)
    assert scores["sections.primary"] == 0.0
    assert scores["sections.in_set"] == 0.5
    assert scores["sections.micro.r"] == pytest.approx(1 / 3)
    assert coverage_curve(gold, predicted)[0].coverage == 0.5
    assert confusions(gold, predicted) == [("health", "law", 1), ("law", None, 1)]


def test_scores_without_confidence_are_undefined():
    gold = [filed(0, Filing("law"))]
    result = evaluate(gold, [filed(0, Filing("law"))], Resampling(20))
    assert result.figures["sections.ece"].value is None
    assert result.figures["sections.brier"].value is None
    assert result.sections.average_precision == {"law": None}
    assert result.sections.coverage == []
    assert result.figures["sections.primary"].value == 1.0


def test_articles_the_gold_does_not_file_are_not_counted():
    gold = [filed(0, Filing("law")), Document("b", "无")]
    predicted = [filed(0, Filing("law")), filed(1, Filing("health"))]
    result = evaluate(gold, predicted, Resampling(20))
    assert result.counts["sections.n"] == 1
    assert result.figures["sections.micro.p"].value == 1.0


def test_top_three_follow_the_scores():
    scores = {"law": 0.5, "health": 0.2, "sports": 0.3, "energy": 0.1}
    predicted = [filed(0, Filing("law", (), scores))]
    for primary, hit in (("sports", 1.0), ("health", 1.0), ("energy", 0.0)):
        found = scores_of([filed(0, Filing(primary))], predicted)
        assert found["sections.top3.r"] == hit


def test_baselines_stand_beside():
    gold = [
        Document("a", "法院判决一起诈骗案\n云川。", None, Filing("law")),
        Document("b", "云川。", None, Filing("health"), Facts(title="医院引进新疫苗")),
        Document("c", "无\n。", None, Filing("health")),
    ]
    scores = scores_of(gold, [filed(n, Filing("law")) for n in range(3)])
    assert scores["baseline.majority.primary"] == pytest.approx(2 / 3)
    # the third headline says nothing and is filed with the majority
    assert scores["baseline.keywords.primary"] == 1.0
    majority = by_majority(gold)
    assert majority.primary == "health"
    assert by_headline(gold[0], majority).primary == "law"


def test_every_section_has_keywords():
    for section in Section:
        assert by_headline(Document("a", f"{section.zh}"), Filing(None)) is not None
