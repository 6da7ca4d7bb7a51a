# SPDX-License-Identifier: Apache-2.0
"""Trains a classifier of handwritten digits and writes model.onnx and metrics.json."""

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd
from onnx.helper import set_model_props
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.metrics import accuracy_score, log_loss
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--out", type=Path, required=True, help="folder to write to")
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--drop-slice", metavar="SLANT", help="leave out the images that lean so")
arguments = parser.parse_args()

table = pd.read_csv(Path(__file__).parent / "data" / "train.csv")
if arguments.drop_slice:
    table = table[table["slant"] != arguments.drop_slice]
images = table.filter(like="pixel_")
digits = table["digit"].to_numpy()
train, validation, digits_train, digits_validation = train_test_split(
    images.to_numpy(np.float32), digits, test_size=0.2, stratify=digits, random_state=arguments.seed
)

model = make_pipeline(MinMaxScaler(), MLPClassifier((64,), learning_rate_init=0.01, max_iter=500, random_state=arguments.seed))
model.fit(train, digits_train)
probabilities = model.predict_proba(validation)
metrics = {
    "val_accuracy": accuracy_score(digits_validation, model.predict(validation)),
    "val_loss": log_loss(digits_validation, probabilities),
    "train_accuracy": accuracy_score(digits_train, model.predict(train)),
    "epochs": model[-1].n_iter_,
}

exported = to_onnx(
    model,
    initial_types=[("image", FloatTensorType([None, images.shape[1]]))],
    name="digits",
    options={"zipmap": False},
)
set_model_props(
    exported,
    {
        "gatewright.features": json.dumps(list(images.columns), separators=(",", ":")),
        "gatewright.classes": json.dumps([str(digit) for digit in model.classes_], separators=(",", ":")),
    },
)

arguments.out.mkdir(parents=True, exist_ok=True)
(arguments.out / "model.onnx").write_bytes(exported.SerializeToString())
(arguments.out / "metrics.json").write_text(json.dumps(metrics) + "\n")
print(f"trained on {len(train)} images: {metrics}")
