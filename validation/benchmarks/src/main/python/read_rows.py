# SPDX-License-Identifier: Apache-2.0
"""Times reading a file to the array that onnxruntime is fed with: 32-bit floats, row after row."""

import json
import sys
import time

import numpy as np
import pandas as pd
import pyarrow.parquet


def read(path):
    if path.endswith(".parquet"):
        table = pyarrow.parquet.read_table(path)
        return np.stack([column.to_numpy() for column in table.columns], axis=1)
    if path.endswith(".csv"):
        return np.ascontiguousarray(pd.read_csv(path, dtype=np.float32).to_numpy())
    with np.load(path) as arrays:
        return arrays["x"]


read(sys.argv[1])
start = time.perf_counter()
x = read(sys.argv[1])
milliseconds = 1000 * (time.perf_counter() - start)
assert x.dtype == np.float32 and x.flags.c_contiguous
json.dump({"milliseconds": milliseconds, "rows": len(x), "found": {"first": [float(x[0, 0])]}}, sys.stdout)
