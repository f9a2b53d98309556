"""Take a shipped network's weights back into PyTorch, to train it further."""

from dataclasses import replace

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from tagger.errors import ModelVersionError, SettingsError
from tagger.names import NameModel
from tagger.training.network import NameNetwork, Shape

_SIDES = ("", "_reverse")


def read_network(model: NameModel) -> NameNetwork:
    """The network of an eight-bit model, its weights in 32 bits again.

    Raises:
        ModelVersionError: The graph is not one that `training.export` writes.
    """
    graph = onnx.load_model_from_string(model.network).graph
    arrays = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    try:
        return _filled(arrays, len(model.config.conventions))
    except KeyError as error:
        raise ModelVersionError(f"the network has no {error}") from error


def _filled(arrays: dict[str, NDArray[np.generic]], conventions: int) -> NameNetwork:
    characters, embedding = arrays["emb_quantized"].shape
    widths = {
        name: arrays[f"{name}.R_quantized"].shape[1] for name in ("language", "tagging")
    }
    state: dict[str, NDArray[np.generic]] = {
        "emb.weight": _restored(arrays, "emb"),
        "steps": arrays["steps"],
    }
    for name in widths:
        state |= _lstm(arrays, name)
    for head in range(conventions):
        state[f"heads.{head}.weight"] = arrays[f"head{head}.w"].T
        state[f"heads.{head}.bias"] = arrays[f"head{head}.b"]
    seen = state["tagging.weight_ih_l0"].shape[1]
    lexicon = seen - 2 * widths["language"] - embedding
    network = NameNetwork(
        Shape(characters, embedding, **widths, lexicon=lexicon), conventions
    )
    network.load_state_dict({k: torch.from_numpy(v.copy()) for k, v in state.items()})
    return network


def _lstm(
    arrays: dict[str, NDArray[np.generic]], name: str
) -> dict[str, NDArray[np.generic]]:
    state = {}
    biases = np.split(arrays[f"{name}.B"], 2, axis=1)
    for key, kind, bias in (("W", "ih", biases[0]), ("R", "hh", biases[1])):
        # The quantizer turns the weights: direction, in, gates.
        weights = _restored(arrays, f"{name}.{key}").transpose(0, 2, 1)
        for side, (weight, own) in enumerate(zip(weights, bias, strict=True)):
            state[f"{name}.weight_{kind}_l0{_SIDES[side]}"] = _gates(weight)
            state[f"{name}.bias_{kind}_l0{_SIDES[side]}"] = _gates(own)
    return state


def _restored(arrays: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    small = arrays[f"{name}_quantized"].astype(np.float32)
    scale, zero = (
        arrays[f"{name}_{kind}"].astype(np.float32) for kind in ("scale", "zero_point")
    )
    if scale.ndim == 1:
        scale, zero = scale[:, None, None], zero[:, None, None]
    restored: NDArray[np.float32] = (small - zero) * scale
    return restored


def _gates(array: NDArray[np.generic]) -> NDArray[np.generic]:
    """ONNX orders the gates i o f c, PyTorch i f c o."""
    i, o, f, c = np.split(array, 4)
    return np.concatenate([i, f, c, o])


def with_lexicon(network: NameNetwork, width: int) -> NameNetwork:
    """The same network with room for ``width`` numbers a character from a lexicon.

    What it says does not change before it is trained: the new weights are 0.

    Raises:
        SettingsError: The network was trained with a lexicon of another width.
    """
    if network.shape.lexicon == width:
        return network
    if network.shape.lexicon:
        raise SettingsError(
            f"the network was trained with {network.shape.lexicon} numbers a character "
            f"from its lexicon, this one gives {width}"
        )
    wider = NameNetwork(replace(network.shape, lexicon=width), len(network.heads))
    state = network.state_dict()
    for name in ("tagging.weight_ih_l0", "tagging.weight_ih_l0_reverse"):
        state[name] = torch.nn.functional.pad(state[name], (0, width))
    wider.load_state_dict(state)
    return wider


def wider(network: NameNetwork, tagging: int) -> NameNetwork:
    """The same network with ``tagging`` states a direction in its upper LSTM.

    What it says does not change before it is trained: nothing listens to the new states
    (Chen et al. 2016, "Net2Net").

    Raises:
        SettingsError: The network is wider already.
    """
    before = network.shape.tagging
    if before > tagging:
        raise SettingsError(f"the network has {before} states, more than {tagging}")
    grown = NameNetwork(replace(network.shape, tagging=tagging), len(network.heads))
    old, new = network.state_dict(), grown.state_dict()
    for name, value in old.items():
        if name.startswith("tagging."):
            gates = new[name].view(4, tagging, -1)
            columns = gates.shape[2]
            if "weight_hh" in name:
                gates[:, :before, before:] = 0
                columns = before
            gates[:, :before, :columns] = value.view(4, before, -1)
        elif name.startswith("heads.") and name.endswith("weight"):
            sides = new[name].zero_().view(len(value), 2, tagging)
            sides[:, :, :before] = value.view(len(value), 2, before)
        else:
            new[name] = value
    grown.load_state_dict(new)
    return grown
