"""Write a `NameNetwork` as an ONNX graph, its weights in eight bits."""

from pathlib import Path
from typing import cast

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quant_pre_process, quantize_dynamic

from tagger.training.network import NameNetwork

_OPSET = 17
_FLOAT = TensorProto.FLOAT


def to_onnx(network: NameNetwork) -> onnx.ModelProto:
    """The network in 32 bits.

    Inputs ``ids`` int64 ``(batch, time)``, ``lengths`` int32 ``(batch,)`` and, if the
    network has a lexicon, ``lexicon`` float32 ``(batch, time, width)``; outputs
    ``scores`` float32 ``(conventions, batch, time, tags)`` and ``steps`` float32
    ``(conventions, tags, tags)``.
    """
    weights: dict[str, np.ndarray] = {"emb": _array(network.emb.weight)}
    width = network.shape.lexicon
    joined, looked_up = ["context", "embedded"], []
    if width:
        joined.append("words")
        looked_up = [
            helper.make_node("Transpose", ["lexicon"], ["words"], perm=[1, 0, 2])
        ]
    nodes = [
        helper.make_node("Transpose", ["ids"], ["turned"], perm=[1, 0]),
        helper.make_node("Gather", ["emb", "turned"], ["embedded"]),
        *_lstm("language", "embedded", "context", network.language, weights),
        *looked_up,
        helper.make_node("Concat", joined, ["joined"], axis=2),
        *_lstm("tagging", "joined", "features", network.tagging, weights),
    ]
    outputs = []
    for number, module in enumerate(network.heads):
        head = cast(torch.nn.Linear, module)
        weights[f"head{number}.w"] = _array(head.weight).T.copy()
        weights[f"head{number}.b"] = _array(head.bias)
        nodes += [
            helper.make_node(
                "MatMul", ["features", f"head{number}.w"], [f"raw{number}"]
            ),
            helper.make_node(
                "Add", [f"raw{number}", f"head{number}.b"], [f"s{number}"]
            ),
            helper.make_node(
                "Transpose", [f"s{number}"], [f"t{number}"], perm=[1, 0, 2]
            ),
            helper.make_node("Unsqueeze", [f"t{number}", "zero"], [f"u{number}"]),
        ]
        outputs.append(f"u{number}")
    weights["zero"] = np.array([0], dtype=np.int64)
    weights["moves"] = _array(network.steps)
    nodes += [
        helper.make_node("Concat", outputs, ["scores"], axis=0),
        helper.make_node("Identity", ["moves"], ["steps"]),
    ]
    graph = helper.make_graph(
        nodes,
        "names",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, ["b", "t"]),
            helper.make_tensor_value_info("lengths", TensorProto.INT32, ["b"]),
            *(
                [helper.make_tensor_value_info("lexicon", _FLOAT, ["b", "t", width])]
                if width
                else []
            ),
        ],
        [
            helper.make_tensor_value_info("scores", _FLOAT, ["c", "b", "t", "k"]),
            helper.make_tensor_value_info("steps", _FLOAT, ["c", "k", "k"]),
        ],
        [numpy_helper.from_array(array, name) for name, array in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)])
    model.ir_version = 9
    onnx.checker.check_model(model)
    return model


def quantized(model: onnx.ModelProto, folder: str) -> bytes:
    """The same graph with eight-bit weights, as bytes; ``folder`` is for scratch."""
    onnx.save(model, f"{folder}/full.onnx")
    quant_pre_process(f"{folder}/full.onnx", f"{folder}/ready.onnx")
    quantize_dynamic(
        f"{folder}/ready.onnx",
        f"{folder}/small.onnx",
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["LSTM", "Gather"],
    )
    return Path(folder, "small.onnx").read_bytes()


def _lstm(
    name: str,
    source: str,
    target: str,
    layer: torch.nn.LSTM,
    weights: dict[str, np.ndarray],
) -> list[onnx.NodeProto]:
    """A bidirectional LSTM; ONNX orders the gates i o f c, PyTorch i f c o."""
    sides = ("", "_reverse")
    for key, kind in (("W", "weight_ih_l0"), ("R", "weight_hh_l0")):
        weights[f"{name}.{key}"] = np.stack(
            [_gates(_array(getattr(layer, kind + side))) for side in sides]
        )
    weights[f"{name}.B"] = np.stack(
        [
            np.concatenate(
                [
                    _gates(_array(getattr(layer, kind + side)))
                    for kind in ("bias_ih_l0", "bias_hh_l0")
                ]
            )
            for side in sides
        ]
    )
    shape = f"{name}.shape"
    weights[shape] = np.array([0, 0, -1], dtype=np.int64)
    return [
        helper.make_node(
            "LSTM",
            [source, f"{name}.W", f"{name}.R", f"{name}.B", "lengths"],
            [f"{name}.y"],
            hidden_size=layer.hidden_size,
            direction="bidirectional",
        ),
        helper.make_node(
            "Transpose", [f"{name}.y"], [f"{name}.turned"], perm=[0, 2, 1, 3]
        ),
        helper.make_node("Reshape", [f"{name}.turned", shape], [target]),
    ]


def _gates(array: np.ndarray) -> np.ndarray:
    i, f, c, o = np.split(array, 4)
    return np.concatenate([i, o, f, c])


def _array(tensor: torch.Tensor) -> np.ndarray:
    array: np.ndarray = tensor.detach().float().numpy()
    return array
