"""The parts of the network that PyTorch does not bring."""

from itertools import product

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from tag_cases import is_well_formed

from tagger.names.tags import TAGS
from tagger.training import lstm
from tagger.training.network import SteadyDropout
from tagger.training.paths import negative_log_likelihood


def test_the_lstm_is_pytorchs_own(monkeypatch):
    monkeypatch.setattr(lstm, "_SMALL", torch.float32)
    torch.manual_seed(1)
    ours = lstm.BiLSTM(6, 5)
    theirs = torch.nn.LSTM(6, 5, batch_first=True, bidirectional=True)
    theirs.load_state_dict(ours.state_dict())
    sequence = torch.randn(3, 7, 6)
    inputs = [sequence.clone().requires_grad_() for _ in range(2)]
    found = [layer(x)[0] for layer, x in zip((ours, theirs), inputs, strict=True)]
    weights = torch.randn_like(found[0])
    for states in found:
        (states * weights).sum().backward()
    torch.testing.assert_close(found[0], found[1], atol=1e-5, rtol=0)
    torch.testing.assert_close(inputs[0].grad, inputs[1].grad, atol=1e-5, rtol=0)
    for mine, its in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(mine.grad, its.grad, atol=1e-5, rtol=0)


def test_in_sixteen_bits_it_comes_close():
    torch.manual_seed(2)
    layer = lstm.BiLSTM(6, 5)
    sequence = torch.randn(3, 7, 6)
    small = layer(sequence)[0]
    torch.testing.assert_close(small, layer.eval()(sequence)[0], atol=0.02, rtol=0)


def worth(path, scores, steps):
    path = np.array(path)
    own = scores[np.arange(len(path)), path].sum()
    return own + steps[path[:-1], path[1:]].sum()


def test_the_likelihood_is_a_path_s_share_of_all_well_formed_paths():
    rng = np.random.default_rng(3)
    lengths = [1, 2, 3]
    scores = rng.normal(size=(3, 3, len(TAGS)))
    steps = rng.normal(size=(3, len(TAGS), len(TAGS)))
    person = [[TAGS.index(tag) for tag in ("S-PER", "O", "O")]] * 3
    wanted = 0.0
    for row, length in enumerate(lengths):
        paths = filter(is_well_formed, product(range(len(TAGS)), repeat=length))
        total = sum(np.exp(worth(path, scores[row], steps[row])) for path in paths)
        wanted += np.log(total) - worth(person[row][:length], scores[row], steps[row])
    found = negative_log_likelihood(
        *map(torch.tensor, (scores, steps, person, lengths))
    )
    assert float(found) == pytest.approx(wanted, rel=1e-5)


def test_dropout_takes_a_feature_from_a_whole_text():
    torch.manual_seed(4)
    dropped = SteadyDropout(0.5)(torch.ones(4, 6, 50))
    assert {*dropped.unique().tolist()} == {0.0, 2.0}
    assert (dropped == dropped[:, :1]).all()


def test_dropout_rests_when_the_network_is_used():
    features = torch.randn(2, 3, 4)
    assert (SteadyDropout(0.5).eval()(features) == features).all()
