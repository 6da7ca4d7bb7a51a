# SPDX-License-Identifier: Apache-2.0
"""Teaches a small network what a larger one answers, and writes model.onnx and metrics.json."""

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime
import pandas as pd
from onnx import TensorProto, helper, numpy_helper
from onnx.helper import set_model_props
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--out", type=Path, required=True, help="folder to write to")
parser.add_argument("--units", type=int, default=12, help="hidden units of the student; the teacher has 64")
arguments = parser.parse_args()

here = Path(__file__).parent
teacher = onnxruntime.InferenceSession(here / "../scikit-learn/champion/model.onnx", providers=["CPUExecutionProvider"])
table = pd.read_csv(here / "../scikit-learn/data/train.csv").filter(like="pixel_")
images = table.to_numpy(np.float32)


def taught(rows):
    """The logarithms of the teacher's probabilities, none of them further from the largest than a student can learn."""
    scores = next(value for value in teacher.run(None, {"image": rows}) if value.ndim == 2)
    return np.log(np.maximum(scores, 1e-3))


# The teacher answers anything: images that nobody has labelled, such as these with a little noise.
random = np.random.default_rng(1)
kept = images[::5]
shown = np.concatenate([images[i::5] for i in range(1, 5)])
shown = np.concatenate([shown] + [shown + random.normal(0, 1, shown.shape).astype(np.float32) for _ in range(3)])
student = make_pipeline(MinMaxScaler(), MLPRegressor(hidden_layer_sizes=(arguments.units,), learning_rate_init=0.01, max_iter=500, random_state=1))
student.fit(shown, taught(shown))
agreement = float(np.mean(student.predict(kept).argmax(1) == taught(kept).argmax(1)))

scaler, network = student[0], student[-1]
first, second = network.coefs_
weights = {
    "first": scaler.scale_[:, None] * first,
    "first_bias": network.intercepts_[0] + scaler.min_ @ first,
    "second": second,
    "second_bias": network.intercepts_[1],
}
graph = helper.make_graph(
    [
        helper.make_node("Gemm", ["image", "first", "first_bias"], ["hidden"], name="hidden"),
        helper.make_node("Relu", ["hidden"], ["active"], name="active"),
        helper.make_node("Gemm", ["active", "second", "second_bias"], ["logits"], name="logits"),
    ],
    "student",
    [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", images.shape[1]])],
    [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", 10])],
    [numpy_helper.from_array(value.astype(np.float32), name) for name, value in weights.items()],
)
exported = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
set_model_props(
    exported,
    {
        "gatewright.features": json.dumps(list(table.columns), separators=(",", ":")),
        "gatewright.classes": json.dumps([str(digit) for digit in range(10)], separators=(",", ":")),
    },
)
arguments.out.mkdir(parents=True, exist_ok=True)
(arguments.out / "model.onnx").write_bytes(exported.SerializeToString())
(arguments.out / "metrics.json").write_text(json.dumps({"val_agreement": agreement}) + "\n")
print(f"taught {arguments.units} units by {len(shown)} images: agrees with the teacher on {agreement:.1%} of the others")
