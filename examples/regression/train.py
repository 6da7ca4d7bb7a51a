# SPDX-License-Identifier: Apache-2.0
"""Trains a model of a flight's delay on arrival and writes model.onnx and metrics.json."""

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd
from onnx.helper import set_model_props
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.metrics import root_mean_squared_error
from sklearn.model_selection import train_test_split

KNOWN_AT_TAKEOFF = ["departure_delay", "distance", "scheduled_hour", "month"]

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--out", type=Path, required=True, help="folder to write to")
parser.add_argument("--also", action="append", default=[], metavar="COLUMN", help="a further column to learn from")
parser.add_argument("--seed", type=int, default=1)
arguments = parser.parse_args()

columns = KNOWN_AT_TAKEOFF + arguments.also
table = pd.read_csv(Path(__file__).parent / "data" / "train.csv")
train, validation = train_test_split(table, test_size=0.2, random_state=arguments.seed)
model = GradientBoostingRegressor(n_estimators=200, max_depth=4, learning_rate=0.05, random_state=arguments.seed)
model.fit(train[columns].to_numpy(np.float32), train["arrival_delay"])
metrics = {
    f"{name}_rmse": root_mean_squared_error(
        part["arrival_delay"], model.predict(part[columns].to_numpy(np.float32))
    )
    for name, part in [("train", train), ("val", validation)]
}

exported = to_onnx(model, initial_types=[("flight", FloatTensorType([None, len(columns)]))], name="arrival-delay")
set_model_props(exported, {"gatewright.features": json.dumps(columns, separators=(",", ":"))})
arguments.out.mkdir(parents=True, exist_ok=True)
(arguments.out / "model.onnx").write_bytes(exported.SerializeToString())
(arguments.out / "metrics.json").write_text(json.dumps(metrics) + "\n")
print(f"trained on {len(train)} flights by {', '.join(columns)}: {metrics}")
