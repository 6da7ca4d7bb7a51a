# SPDX-License-Identifier: Apache-2.0
"""Trains a model of who will see a doctor often and writes model.onnx and metrics.json."""

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd
from onnx.helper import set_model_props
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--out", type=Path, required=True, help="folder to write to")
parser.add_argument("--balance", action="store_true", help="weigh both classes as if they were equally frequent")
parser.add_argument("--seed", type=int, default=1)
arguments = parser.parse_args()

table = pd.read_csv(Path(__file__).parent / "data" / "train.csv")
features = table.drop(columns="visits")
train, validation, visits, visits_validation = train_test_split(
    features.to_numpy(np.float32), table["visits"], test_size=0.2, stratify=table["visits"], random_state=arguments.seed
)
model = make_pipeline(
    StandardScaler(), LogisticRegression(class_weight="balanced" if arguments.balance else None, max_iter=1000)
)
model.fit(train, visits)
often = list(model.classes_).index("often")
probabilities = model.predict_proba(validation)
metrics = {
    "val_roc_auc": roc_auc_score(visits_validation == "often", probabilities[:, often]),
    "val_loss": log_loss(visits_validation, probabilities),
}

exported = to_onnx(
    model,
    initial_types=[("person", FloatTensorType([None, features.shape[1]]))],
    name="doctor-visits",
    options={"zipmap": False},
)
set_model_props(
    exported,
    {
        "gatewright.features": json.dumps(list(features.columns), separators=(",", ":")),
        "gatewright.classes": json.dumps(list(model.classes_), separators=(",", ":")),
    },
)
arguments.out.mkdir(parents=True, exist_ok=True)
(arguments.out / "model.onnx").write_bytes(exported.SerializeToString())
(arguments.out / "metrics.json").write_text(json.dumps(metrics) + "\n")
print(f"trained on {len(train)} people: {metrics}")
