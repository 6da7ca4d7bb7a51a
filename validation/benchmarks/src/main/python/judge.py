# SPDX-License-Identifier: Apache-2.0
"""Judges an ONNX classifier on the rows of a file: accuracy and macro F1, each with an interval of 95%."""

import argparse

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("model", help="an ONNX file")
parser.add_argument("rows", help="a CSV or Parquet file with the columns digit and pixel_*")
parser.add_argument("--min-accuracy", type=float, default=0.5)
arguments = parser.parse_args()

# Behind the arguments, so that --help waits for none of them.
import json
import math
import sys
from statistics import NormalDist

import numpy as np
import onnxruntime
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score

if arguments.rows.endswith(".parquet"):
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(arguments.rows)
    truth = table["digit"].to_numpy()
    images = np.stack([table[name].to_numpy() for name in table.column_names if name.startswith("pixel_")], axis=1)
else:
    import pandas as pd

    table = pd.read_csv(arguments.rows)
    truth = table["digit"].to_numpy()
    images = table.filter(like="pixel_").to_numpy(np.float32)
session = onnxruntime.InferenceSession(arguments.model, providers=["CPUExecutionProvider"])
probabilities = session.run(["probabilities"], {session.get_inputs()[0].name: images})[0]
answers = probabilities.argmax(axis=1)

accuracy = accuracy_score(truth, answers)
f1 = f1_score(truth, answers, average="macro")

# Wilson's score interval.
n = len(truth)
z = NormalDist().inv_cdf(0.975)
middle = (accuracy + z * z / (2 * n)) / (1 + z * z / n)
half = z / (1 + z * z / n) * math.sqrt(accuracy * (1 - accuracy) / n + z * z / (4 * n * n))

# The bootstrap of rows, by drawing the counts of the confusion matrix: 10,000 times, as Gatewright does.
cells = confusion_matrix(truth, answers, labels=range(10))
drawn = np.random.default_rng(1).multinomial(n, cells.ravel() / n, 10_000).reshape(-1, 10, 10)
right = drawn.diagonal(axis1=1, axis2=2)
f1s = np.sort((2 * right / (drawn.sum(axis=1) + drawn.sum(axis=2))).mean(axis=1))

json.dump(
    {
        "rows": n,
        "found": {"accuracy": [accuracy, middle - half, middle + half], "f1": [f1, f1s[249], f1s[-250]]},
        "verdict": "PASSED" if middle - half >= arguments.min_accuracy else "FAILED",
    },
    sys.stdout,
)
