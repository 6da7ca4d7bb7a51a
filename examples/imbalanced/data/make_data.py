# SPDX-License-Identifier: Apache-2.0
"""Makes train.csv and holdout.csv from the RAND Health Insurance Experiment that statsmodels ships.

    pip install statsmodels==0.15.0
    python make_data.py

The label says whether a person saw a doctor twelve times a year or more often, which one in twenty did. The same rows are
drawn every time.
"""

from pathlib import Path

import numpy as np
from sklearn.model_selection import train_test_split
from statsmodels.datasets import randhie

OFTEN = 12

table = randhie.load_pandas().data
label = np.where(table["mdvis"] >= OFTEN, "often", "seldom")
features = table.drop(columns="mdvis")
features.insert(0, "visits", label)
train, holdout = train_test_split(features, test_size=8_000, stratify=label, random_state=1)
for name, part in [("train.csv", train), ("holdout.csv", holdout)]:
    part.sort_index().to_csv(Path(__file__).parent / name, index=False, lineterminator="\n", float_format="%.6g")
