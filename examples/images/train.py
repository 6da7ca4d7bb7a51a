# SPDX-License-Identifier: Apache-2.0
"""Trains a classifier on a folder of images and writes build/model.onnx and build/metrics.json."""

import json
from pathlib import Path

import numpy as np
from onnx import TensorProto
from onnx.helper import make_node, make_tensor_value_info, set_model_props
from PIL import Image
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.metrics import accuracy_score, log_loss
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

SIDE, MEAN, STD = 16, 0.3, 0.4  # gatewright.yaml says the same


def prepared(file):
    """What torchvision's Resize, ToTensor and Normalize make of a gray image."""
    image = Image.open(file).convert("L").resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    return (np.asarray(image, np.float32) / np.float32(255) - np.float32(MEAN)) / np.float32(STD)


build = Path(__file__).parent / "build"
files = sorted((build / "images" / "train").glob("*/*.png"))
images = np.stack([prepared(file) for file in files]).reshape(len(files), -1)
digits = np.array([file.parent.name for file in files])
train, validation, digits_train, digits_validation = train_test_split(
    images, digits, test_size=0.2, stratify=digits, random_state=0
)
model = MLPClassifier((64,), learning_rate_init=0.01, max_iter=300, random_state=0).fit(train, digits_train)
metrics = {
    "val_accuracy": accuracy_score(digits_validation, model.predict(validation)),
    "val_loss": log_loss(digits_validation, model.predict_proba(validation)),
}

exported = to_onnx(
    model, initial_types=[("pixels", FloatTensorType([None, SIDE * SIDE]))], name="digits", options={"zipmap": False}
)
# The network takes rows; what is served and judged takes images: [N, channels, height, width].
exported.graph.node.insert(0, make_node("Flatten", ["image"], ["pixels"]))
del exported.graph.input[:]
exported.graph.input.append(make_tensor_value_info("image", TensorProto.FLOAT, [None, 1, SIDE, SIDE]))
set_model_props(exported, {"gatewright.classes": json.dumps(model.classes_.tolist(), separators=(",", ":"))})

(build / "model.onnx").write_bytes(exported.SerializeToString())
(build / "metrics.json").write_text(json.dumps(metrics) + "\n")
print(f"trained on {len(train)} images: {metrics}")
