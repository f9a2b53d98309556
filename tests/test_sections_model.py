import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from section_cases import articles

from tagger.errors import ModelNotFoundError, ModelVersionError
from tagger.labels import Section
from tagger.sections.features import GramConfig, Titled
from tagger.sections.model import (
    FORMAT,
    Layers,
    SectionModel,
    SectionModelConfig,
    quantize,
)
from tagger.training.section_learning import build_vocabulary

KEYS = ("energy", "sports", "own")


def make_model(seed: int = 0, **changes) -> SectionModel:
    """A model of random weights over the test articles' grams."""
    grams = GramConfig(sizes=(2,))
    texts = [Titled(text) for _, text in articles()]
    vocabulary = build_vocabulary(texts, grams, 1)
    rng = np.random.default_rng(seed)
    settings = {
        "format": FORMAT,
        "name": "test",
        "version": "1",
        "sections": KEYS,
        "names": ("能源", "体育", "自设"),
        "grams": grams,
        "further": (0.5, 0.5, 0.5),
        **changes,
    }
    shape = (len(vocabulary.keys), 2 * len(KEYS))
    layers = Layers(
        rng.normal(0, 2, shape).astype(np.float32),
        rng.normal(size=shape[1]).astype(np.float32),
        rng.normal(size=(len(KEYS), len(KEYS))).astype(np.float32),
    )
    return SectionModel(SectionModelConfig(**settings), vocabulary, layers)


MODEL = make_model()
TEXTS = [Titled(text) for _, text in articles()[:40]]


@settings(deadline=None)
@given(st.text(max_size=80), st.none() | st.text(max_size=10))
def test_every_text_is_filed(text, title):
    (guesses,) = MODEL.classify([Titled(text, title)])
    assert [guess.primary for guess in guesses] == [True] + [False] * (len(guesses) - 1)
    assert 1 <= len(guesses) <= 3
    assert len({guess.section for guess in guesses}) == len(guesses)
    assert all(0 <= guess.score <= 1 for guess in guesses)
    assert list(guesses[1:]) == sorted(guesses[1:], key=lambda guess: -guess.score)


def test_alone_or_together_is_the_same():
    together = MODEL.scores(TEXTS)
    alone = [MODEL.scores([text]) for text in TEXTS]
    assert np.allclose(together.primary, [one.primary[0] for one in alone], atol=1e-6)
    assert np.allclose(together.member, [one.member[0] for one in alone], atol=1e-6)


def test_primary_scores_are_a_distribution():
    assert np.allclose(MODEL.scores(TEXTS).primary.sum(axis=1), 1)


def test_under_the_floor_nothing_is_primary_but_the_guesses_stay():
    strict = MODEL.with_config(floor=1.1)
    for free, held in zip(MODEL.classify(TEXTS), strict.classify(TEXTS), strict=True):
        assert [g.section for g in held] == [g.section for g in free]
        assert not any(guess.primary for guess in held)


def test_no_texts_no_guesses():
    assert MODEL.classify([]) == []


def test_our_sections_are_sections_and_others_are_strings():
    found = {g.section for guesses in MODEL.classify(TEXTS) for g in guesses}
    assert {type(section) for section in found if section != "own"} == {Section}
    assert "own" in found


def test_saved_and_loaded_says_the_same(tmp_path):
    MODEL.save(tmp_path / "model")
    loaded = SectionModel.load(tmp_path / "model")
    assert loaded.config == MODEL.config
    assert (loaded.vocabulary.keys == MODEL.vocabulary.keys).all()
    assert np.allclose(
        loaded.scores(TEXTS).primary, MODEL.scores(TEXTS).primary, atol=0.03
    )


def test_loaded_and_saved_again_is_the_same_bytes(tmp_path):
    MODEL.save(tmp_path / "one")
    SectionModel.load(tmp_path / "one").save(tmp_path / "two")
    for name in ("config.json", "weights.npz"):
        one, two = (tmp_path / folder / name for folder in ("one", "two"))
        if name.endswith("json"):
            assert one.read_bytes() == two.read_bytes()
        else:
            with np.load(one) as a, np.load(two) as b:
                assert all((a[key] == b[key]).all() for key in a)


@given(st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=30))
def test_eight_bits_are_off_by_half_a_step(values):
    weights = np.array(values, np.float32)[:, None]
    small, step = quantize(weights)
    assert (np.abs(small * step - weights) <= step * 0.501 + 1e-6).all()


def test_no_model_is_said(tmp_path):
    with pytest.raises(ModelNotFoundError, match=r"no config\.json"):
        SectionModel.load(tmp_path)
    MODEL.save(tmp_path)
    (tmp_path / "weights.npz").unlink()
    with pytest.raises(ModelNotFoundError, match=r"no weights\.npz"):
        SectionModel.load(tmp_path)


def test_another_format_is_refused(tmp_path):
    MODEL.save(tmp_path)
    path = tmp_path / "config.json"
    config = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(config | {"format": FORMAT + 1}), encoding="utf-8")
    with pytest.raises(ModelVersionError, match=f"expected {FORMAT}"):
        SectionModel.load(tmp_path)


@pytest.mark.parametrize("name", ["config.json", "weights.npz"])
@pytest.mark.parametrize("damage", [b"", b"{}", b"[1]", b"PK\x03\x04 cut off"])
def test_damage_is_refused(tmp_path, name, damage):
    MODEL.save(tmp_path)
    (tmp_path / name).write_bytes(damage)
    with pytest.raises(ModelVersionError):
        SectionModel.load(tmp_path)


def test_pickles_are_never_opened(tmp_path):
    MODEL.save(tmp_path)
    with np.load(tmp_path / "weights.npz") as arrays:
        content = dict(arrays)
    content["bias"] = np.array([{"a": 1}], dtype=object)
    np.savez(tmp_path / "weights.npz", **content)
    with pytest.raises(ModelVersionError, match="damaged"):
        SectionModel.load(tmp_path)


def test_a_model_that_does_not_fit_itself_is_refused():
    with pytest.raises(ValueError, match="threshold"):
        make_model(further=(0.5,))
    layers = MODEL.layers
    short = Layers(layers.weights[:, :2], layers.bias, layers.precedence)
    with pytest.raises(ValueError, match="do not fit"):
        SectionModel(MODEL.config, MODEL.vocabulary, short)
    short = Layers(layers.weights, layers.bias[:2], layers.precedence)
    with pytest.raises(ValueError, match="does not fit"):
        SectionModel(MODEL.config, MODEL.vocabulary, short)
