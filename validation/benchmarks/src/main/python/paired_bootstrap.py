# SPDX-License-Identifier: Apache-2.0
"""Times the bootstrap of the difference of two models' accuracies on the same rows."""

import json
import sys
import time

import numpy as np
from scipy.stats import bootstrap

first = np.fromfile(sys.argv[1] + "/first-right.u8", np.uint8)
second = np.fromfile(sys.argv[1] + "/second-right.u8", np.uint8)


def difference(one, other, axis=-1):
    return one.mean(axis=axis) - other.mean(axis=axis)


start = time.perf_counter()
result = bootstrap(
    (first, second), difference, paired=True, n_resamples=10_000, batch=100, method="percentile", rng=np.random.default_rng(1)
)
milliseconds = 1000 * (time.perf_counter() - start)
interval = result.confidence_interval
found = {"accuracy": [difference(first, second), interval.low, interval.high]}
json.dump({"milliseconds": milliseconds, "rows": len(first), "found": found}, sys.stdout)
