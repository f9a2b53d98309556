"""What ships says what was trained."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from tagger.names import NameModel, NameModelConfig
from tagger.names.model import FORMAT
from tagger.training.export import quantized, to_onnx
from tagger.training.network import NameNetwork, Shape
from tagger.training.restart import read_network

SHAPE = Shape(characters=40, embedding=16, language=24, tagging=12)
ALPHABET = ["<pad>", "<unk>", *(chr(0x4E00 + n) for n in range(38))]


@pytest.fixture
def network():
    torch.manual_seed(1)
    return NameNetwork(SHAPE, conventions=2).eval()


def scores_of(network_bytes, ids, lengths):
    model = NameModel(network_bytes, ALPHABET, NameModelConfig(FORMAT, ("a", "b")))
    feed = {"ids": ids, "lengths": np.array(lengths, dtype=np.int32)}
    return model._session.run(None, feed)[0]


def test_the_onnx_graph_scores_like_the_network(network):
    ids = np.random.default_rng(1).integers(2, 40, (3, 9))
    with torch.no_grad():
        features = network.encode(torch.from_numpy(ids))
        wanted = [head(features).numpy() for head in network.heads]
    found = scores_of(to_onnx(network).SerializeToString(), ids, [9, 9, 9])
    np.testing.assert_allclose(found, wanted, atol=1e-5)


def test_padding_does_not_change_a_text_s_scores(network):
    graph = to_onnx(network).SerializeToString()
    ids = np.random.default_rng(2).integers(2, 40, (1, 5))
    padded = np.pad(ids, [(0, 0), (0, 4)])
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
    ids = torch.from_numpy(np.random.default_rng(4).integers(2, 40, (2, 9)))
    with torch.no_grad():
        before, after = network.encode(ids), again.encode(ids)
        np.testing.assert_allclose(after, before, atol=0.02)
        np.testing.assert_allclose(
            again.heads[1](after), network.heads[1](before), atol=0.05
        )
