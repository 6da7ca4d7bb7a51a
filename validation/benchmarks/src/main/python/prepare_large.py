# SPDX-License-Identifier: Apache-2.0
"""Writes what the large benchmarks read: ten million predictions, two models' answers, and a million rows of ten numbers."""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

out = Path(sys.argv[1])
random = np.random.default_rng(1)
rows = 10_000_000
label = (random.random(rows) < 0.2).astype(np.int8)
logit = random.normal(1.5 * label - 1.2, 1).astype(np.float32)
p_1 = (1 / (1 + np.exp(-logit))).astype(np.float32)

pq.write_table(pa.table({"label": label, "p_0": 1 - p_1, "p_1": p_1}), out / "predictions.parquet")
millionths = np.rint(p_1.astype(np.float64) * 1e6).astype(np.int64)
text = {"p_0": (1_000_000 - millionths) / 1e6, "p_1": millionths / 1e6}
pyarrow.csv.write_csv(pa.table({"label": label, **text}), out / "predictions.csv")
label.astype(np.uint8).tofile(out / "labels.u8")
p_1.tofile(out / "scores.f32")

(random.random(100_000) < 0.9).astype(np.uint8).tofile(out / "first-right.u8")
(random.random(100_000) < 0.89).astype(np.uint8).tofile(out / "second-right.u8")

x = random.normal(0, 1, (1_000_000, 10)).round(4).astype(np.float32)
columns = pa.table({f"x_{i}": x[:, i] for i in range(10)})
pq.write_table(columns, out / "rows.parquet")
pyarrow.csv.write_csv(columns, out / "rows.csv")
np.savez(out / "rows.npz", x=x)
