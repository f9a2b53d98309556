"""What ships says what was trained."""

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from tagger.errors import SettingsError
from tagger.names import NameModel, NameModelConfig
from tagger.names.model import FORMAT
from tagger.training.export import quantized, to_onnx
from tagger.training.network import NameNetwork, Shape
from tagger.training.restart import read_network, wider, with_lexicon

SHAPE = Shape(characters=40, embedding=16, language=24, tagging=12, lexicon=6)
ALPHABET = ["<pad>", "<unk>", *(chr(0x4E00 + n) for n in range(38))]


@pytest.fixture
def network():
    torch.manual_seed(1)
    return NameNetwork(SHAPE, conventions=2).eval()


def words_at(ids):
    """Numbers as a lexicon might give them."""
    rng = np.random.default_rng(5)
    return rng.normal(size=(*ids.shape, SHAPE.lexicon)).astype(np.float32)


def outputs_of(network_bytes, ids, lengths):
    model = NameModel(network_bytes, ALPHABET, NameModelConfig(FORMAT, ("a", "b")))
    lengths = np.array(lengths, dtype=np.int32)
    feed = {"ids": ids, "lengths": lengths, "lexicon": words_at(ids)}
    return model._session.run(None, feed)


def scores_of(network_bytes, ids, lengths):
    return outputs_of(network_bytes, ids, lengths)[0]


def test_the_onnx_graph_scores_like_the_network(network):
    ids = np.random.default_rng(1).integers(2, 40, (3, 9))
    with torch.no_grad():
        network.steps.normal_()
        wanted = network(torch.from_numpy(ids), torch.from_numpy(words_at(ids)))
    scores, steps = outputs_of(to_onnx(network).SerializeToString(), ids, [9, 9, 9])
    np.testing.assert_allclose(scores.swapaxes(0, 1), wanted.numpy(), atol=1e-5)
    np.testing.assert_allclose(steps, network.steps.detach().numpy())


def test_padding_does_not_change_a_text_s_scores(network):
    graph = to_onnx(network).SerializeToString()
    ids = np.random.default_rng(2).integers(2, 40, (1, 5))
    padded = np.pad(ids, [(0, 0), (0, 4)])
    # The lexicon's numbers at the text itself must be the same in both.
    alone = scores_of(graph, ids, [5])
    np.testing.assert_allclose(
        scores_of(graph, padded, [5])[:, :, :5], alone, atol=1e-5
    )


def test_eight_bits_come_close(network, tmp_path):
    ids = np.random.default_rng(3).integers(2, 40, (2, 9))
    graph = to_onnx(network)
    full = scores_of(graph.SerializeToString(), ids, [9, 9])
    small = scores_of(quantized(graph, str(tmp_path)), ids, [9, 9])
    assert np.abs(full - small).max() < 0.1


def test_a_shipped_network_can_be_trained_further(network, tmp_path):
    small = quantized(to_onnx(network), str(tmp_path))
    config = NameModelConfig(FORMAT, ("a", "b"))
    again = read_network(NameModel(small, ALPHABET, config)).eval()
    ids = np.random.default_rng(4).integers(2, 40, (2, 9))
    feed = torch.from_numpy(ids), torch.from_numpy(words_at(ids))
    with torch.no_grad():
        before, after = network(*feed), again(*feed)
    np.testing.assert_allclose(after, before, atol=0.05)


def test_a_network_given_a_lexicon_says_what_it_said_before():
    torch.manual_seed(2)
    plain = NameNetwork(replace(SHAPE, lexicon=0), conventions=2).eval()
    ids = np.random.default_rng(6).integers(2, 40, (2, 9))
    feed, words = torch.from_numpy(ids), torch.from_numpy(words_at(ids))
    with torch.no_grad():
        before = plain(feed, words[:, :, :0])
        after = with_lexicon(plain, SHAPE.lexicon).eval()(feed, words)
    np.testing.assert_allclose(after, before, atol=1e-6)


def test_a_lexicon_of_another_width_is_refused(network):
    with pytest.raises(SettingsError, match="6 numbers a character"):
        with_lexicon(network, 9)


def test_a_network_made_wider_says_what_it_said_before(network):
    ids = np.random.default_rng(7).integers(2, 40, (2, 9))
    feed = torch.from_numpy(ids), torch.from_numpy(words_at(ids))
    grown = wider(network, tagging=20).eval()
    with torch.no_grad():
        np.testing.assert_allclose(grown(*feed), network(*feed), atol=1e-5)
    assert grown.shape.tagging == 20
