from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from section_cases import articles
from test_sections_model import MODEL

from tagger.sections.features import Titled, cut, lay_out
from tagger.sections.reasons import _pull, _stretches, explain

TEXTS = [text for _, text in articles()[::7]]


@pytest.mark.parametrize("text", TEXTS)
def test_all_terms_and_the_bias_are_the_logit(text):
    laid = lay_out(Titled(text), MODEL.config.grams)
    grams = cut([laid], MODEL.config.grams)
    pull = _pull(MODEL, grams, MODEL.layers.weights[:, 0])
    logit = MODEL.logits([Titled(text)])[0, 0]
    found = sum(pull.heat.values()) + MODEL.layers.bias[0]
    assert found == pytest.approx(logit, abs=1e-4)


@pytest.mark.parametrize("text", TEXTS)
def test_terms_bias_and_what_stands_beside_are_the_margin(text):
    primary = explain(MODEL, Titled(text), most=1000)[0].reason
    pair = [
        MODEL.config.sections.index(k) for k in (primary.section, primary.runner_up)
    ]
    bias = MODEL.layers.bias[pair[0]] - MODEL.layers.bias[pair[1]]
    terms = sum(term.weight for term in (*primary.terms, *primary.against))
    beside = sum(weight for _, weight in primary.beside)
    # what sways by less than a tenth is not said
    assert terms + bias + beside == pytest.approx(primary.margin, abs=0.3)


@pytest.mark.parametrize("text", TEXTS)
def test_stretches_cover_every_character_once(text):
    laid = lay_out(Titled(text), MODEL.config.grams)
    grams = cut([laid], MODEL.config.grams)
    pull = _pull(MODEL, grams, MODEL.layers.weights[:, 0])
    covered = [n for start, end in _stretches(pull) for n in range(start, end)]
    assert sorted(covered) == sorted(pull.heat)


@settings(deadline=None)
@given(st.sampled_from(TEXTS), st.sampled_from(["", "\u3000\u3000", "\u200b", "Ａ"]))
def test_spans_are_in_the_source(text, padding):
    source = padding + text.replace("，", f"，{padding}")
    for guess in explain(MODEL, Titled(source)):
        for term in (*guess.reason.terms, *guess.reason.against):
            assert term.spans
            for start, end in term.spans:
                assert source[start:end].replace("\u200b", "") == term.text


@pytest.mark.parametrize("text", TEXTS)
def test_with_words_every_term_is_one_and_the_margin_stays(text):
    marks = [n for n, char in enumerate(text) if char in "，。\n"]
    cuts = {*range(2, len(text), 3), *marks, *(n + 1 for n in marks), len(text)}
    ends = sorted(cuts)
    words = {text[a:b] for a, b in pairwise([0, *ends])}
    loose = explain(MODEL, Titled(text), most=1000)[0].reason
    primary = explain(MODEL, Titled(text), ends, most=1000)[0].reason
    terms = [*primary.terms, *primary.against]
    assert {term.text for term in terms} <= words
    assert sum(term.weight for term in terms) == pytest.approx(
        sum(term.weight for term in (*loose.terms, *loose.against)), abs=1e-4
    )
    for term in terms:
        assert all(text[a:b] == term.text for a, b in term.spans)


def test_a_title_apart_has_terms_without_spans():
    reason = explain(MODEL, Titled("昨天湖畔", "夺得冠军"), most=50)[0].reason
    terms = [*reason.terms, *reason.against]
    apart = [term for term in terms if term.text in "夺得冠军"]
    assert apart
    assert all(not term.spans for term in apart)
    in_words = explain(MODEL, Titled("昨天湖畔", "夺得冠军"), [2, 4], most=50)[0].reason
    assert "昨天" in {term.text for term in (*in_words.terms, *in_words.against)}


def test_one_reason_for_each_section_given_the_primary_against_its_rival():
    article = Titled(TEXTS[0])
    (guesses,) = MODEL.classify([article])
    explained = explain(MODEL, article)
    assert explained == guesses
    reasons = [guess.reason for guess in explained]
    assert [r.section for r in reasons] == [g.section for g in guesses]
    ranked = np.argsort(-MODEL.scores([article]).primary[0])
    assert reasons[0].runner_up == MODEL.config.sections[ranked[1]]
    assert reasons[0].margin > 0
    assert all(reason.runner_up is None for reason in reasons[1:])


def test_terms_come_strongest_first_and_the_line_names_them():
    reason = explain(MODEL, Titled(TEXTS[1]), most=3)[0].reason
    weights = [term.weight for term in reason.terms]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) <= 3
    line = str(explain(MODEL, Titled(TEXTS[1]))[0].reason)
    assert line.startswith(f"{reason.section}, not {reason.runner_up} (+")
    assert reason.terms[0].text in line


def test_a_text_without_known_grams_has_no_terms():
    reason = explain(MODEL, Titled("!!"))[0].reason
    assert reason.terms == reason.against == ()
