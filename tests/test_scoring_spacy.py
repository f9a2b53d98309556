"""Our scorer in spaCy's registry, in training configs, and on characters."""

import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

import tagger.scoring_spacy  # noqa: F401 registers the scorer
from tagger.scoring_spacy import make_names_scorer, score_names


def doc(words, *ents):
    made = Doc(NLP.vocab, words=words, spaces=[False] * len(words))
    made.set_ents([made.char_span(a, b, label=label) for a, b, label in ents])
    return made


NLP = spacy.blank("zh")


def test_gold_that_tokens_cannot_hold_is_missed_not_dropped():
    # predicted tokens: 云川市委|常委会; the gold name 云川市 is half a token
    predicted = doc(["云川市委", "常委会"])
    reference = doc(list("云川市委常委会"), (0, 3, "LOC"))
    scores = score_names([Example(predicted, reference)])
    assert scores["ents_r"] == 0.0
    assert scores["ents_f"] == 0.0
    assert scores["ents_p"] is None
    assert scores["ents_per_type"] == {"LOC": {"p": None, "r": 0.0, "f": 0.0}}


def test_scores_are_named_as_spacy_names_them():
    one = doc(list("云川市丁洁"), (0, 3, "LOC"), (3, 5, "PER"))
    two = doc(["云川市", "丁洁"], (0, 3, "LOC"), (3, 5, "ORG"))
    scores = score_names([Example(two, one)])
    assert scores["ents_f"] == pytest.approx(0.5)
    assert scores["names_exact_f1"] == 1.0
    assert scores["names_tags_f1"] == pytest.approx(0.5)
    assert scores["ents_per_type"]["LOC"]["f"] == 1.0


def test_references_without_annotation_are_left_out():
    plain = NLP.make_doc("云川市")
    found = doc(list("云川市"), (0, 3, "LOC"))
    scores = score_names([Example(found, plain)])
    assert scores["ents_f"] is None
    assert scores["ents_per_type"] is None


def test_a_pipeline_uses_it_by_name():
    nlp = spacy.blank("zh")
    scorer = {"@scorers": "news_names_scorer"}
    ruler = nlp.add_pipe("entity_ruler", config={"scorer": scorer})
    ruler.add_patterns([{"label": "LOC", "pattern": "云川"}])
    reference = doc(list("去云川了"), (1, 3, "LOC"))
    scores = nlp.evaluate([Example(nlp.make_doc("去云川了"), reference)])
    assert scores["ents_r"] in {0.0, 1.0}
    assert "names_tags_f1" in scores
    assert registry.scorers.get("news_names_scorer") is make_names_scorer


def test_the_names_component_is_scored_by_it_unless_told():
    """So that ``spacy evaluate models/names GOLD.spacy`` says what ``tagger eval`` says."""
    reference = doc(list("去云川了"), (1, 3, "LOC"))
    examples = [Example(doc(list("去云川了"), (1, 3, "LOC")), reference)]
    nlp = spacy.blank("zh")
    scores = nlp.add_pipe("news_names").score(examples)
    assert (scores["ents_f"], scores["names_tags_f1"]) == (1.0, 1.0)
    unscored = nlp.add_pipe("news_names", name="unscored", config={"scorer": None})
    assert unscored.score(examples) == {}
