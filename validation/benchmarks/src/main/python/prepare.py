# SPDX-License-Identifier: Apache-2.0
"""Writes what the benchmarks judge: two classifiers of handwritten digits, and rows that they have not seen."""

import sys
import warnings
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from skl2onnx import to_onnx
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

out = Path(sys.argv[1])
warnings.simplefilter("ignore", ConvergenceWarning)
pixels, digits = load_digits(return_X_y=True)
train, rest, digits_train, digits_rest = train_test_split(
    pixels.astype(np.float32), digits, test_size=0.5, stratify=digits, random_state=1
)

for name, layers, rounds in [("digits", (100,), 100), ("wide", (1024, 1024), 5)]:
    model = MLPClassifier(layers, max_iter=rounds, random_state=1).fit(train, digits_train)
    exported = to_onnx(model, train[:1], name=name, options={"zipmap": False})
    (out / f"{name}.onnx").write_bytes(exported.SerializeToString())

# Each row is an unseen image with noise of its own, so that no two are alike.
random = np.random.default_rng(1)
for count in (1_000, 100_000):
    chosen = random.integers(0, len(rest), count)
    noisy = np.clip(rest[chosen] + random.normal(0, 2, (count, 64)), 0, 16)
    with open(out / f"{count}.csv", "w") as file:
        file.write("digit," + ",".join(f"pixel_{i}" for i in range(64)) + "\n")
        for digit, row in zip(digits_rest[chosen], noisy):
            file.write(f"{digit}," + ",".join(f"{value:.3f}" for value in row) + "\n")
    columns = {f"pixel_{i}": noisy[:, i].round(3).astype(np.float32) for i in range(64)}
    pq.write_table(pa.table({"digit": digits_rest[chosen], **columns}), out / f"{count}.parquet")
