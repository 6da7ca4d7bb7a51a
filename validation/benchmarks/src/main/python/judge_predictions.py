# SPDX-License-Identifier: Apache-2.0
"""Judges predictions of two classes: accuracy, macro F1 and both areas, with intervals of 95% where there is a cheap formula."""

import json
import math
import sys
from statistics import NormalDist

import numpy as np
from scipy.stats import rankdata
from sklearn.metrics import accuracy_score, average_precision_score, confusion_matrix, f1_score, roc_auc_score

if sys.argv[1].endswith(".parquet"):
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(sys.argv[1])
    label, p_0, p_1 = (table[name].to_numpy() for name in ("label", "p_0", "p_1"))
else:
    import pandas as pd

    table = pd.read_csv(sys.argv[1])
    label, p_0, p_1 = (table[name].to_numpy() for name in ("label", "p_0", "p_1"))
answer = p_1 > p_0
n = len(label)
z = NormalDist().inv_cdf(0.975)

# Wilson's score interval.
accuracy = accuracy_score(label, answer)
middle = (accuracy + z * z / (2 * n)) / (1 + z * z / n)
half = z / (1 + z * z / n) * math.sqrt(accuracy * (1 - accuracy) / n + z * z / (4 * n * n))

# The bootstrap of rows, by drawing the counts of the confusion matrix.
f1 = f1_score(label, answer, average="macro")
cells = confusion_matrix(label, answer)
drawn = np.random.default_rng(1).multinomial(n, cells.ravel() / n, 10_000).reshape(-1, 2, 2)
right = drawn.diagonal(axis1=1, axis2=2)
f1s = np.sort((2 * right / (drawn.sum(axis=1) + drawn.sum(axis=2))).mean(axis=1))

# DeLong's standard error by ranks (Sun and Xu, 2014), on the scale of log odds.
auc = roc_auc_score(label, p_1)
positive = label == 1
ranks = rankdata(p_1)
ups, downs = positive.sum(), n - positive.sum()
won = (ranks[positive] - rankdata(p_1[positive])) / downs
lost = 1 - (ranks[~positive] - rankdata(p_1[~positive])) / ups
error = math.sqrt(won.var(ddof=1) / ups + lost.var(ddof=1) / downs)
logit, reach = math.log(auc / (1 - auc)), z * error / (auc * (1 - auc))
ends = [1 / (1 + math.exp(-end)) for end in (logit - reach, logit + reach)]

precision = average_precision_score(label, p_1)

passed = middle - half >= 0.5 and f1s[249] >= 0.5 and ends[0] >= 0.5 and precision >= 0.1
json.dump(
    {
        "rows": n,
        "found": {
            "accuracy": [accuracy, middle - half, middle + half],
            "f1": [f1, f1s[249], f1s[-250]],
            "roc_auc": [auc, *ends],
            "average_precision": [precision],
        },
        "verdict": "PASSED" if passed else "FAILED",
    },
    sys.stdout,
)
