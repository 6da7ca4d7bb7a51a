# SPDX-License-Identifier: Apache-2.0
"""Makes train.csv and holdout.csv from the handwritten digits that scikit-learn ships.

    python make_data.py

The same rows are drawn every time. `ink` says how much of the image is dark: light, medium and heavy
hold a third of the rows each.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

HOLDOUT_ROWS = 717

pixels, digits = load_digits(return_X_y=True)
ink = pixels.mean(axis=1)
names = np.array(["light", "medium", "heavy"])[np.searchsorted(np.quantile(ink, [1 / 3, 2 / 3]), ink)]

train, holdout = train_test_split(np.arange(len(digits)), test_size=HOLDOUT_ROWS, stratify=digits, random_state=0)

header = ["digit", *(f"pixel_{i:02d}" for i in range(pixels.shape[1])), "ink"]
for name, rows in [("train.csv", train), ("holdout.csv", holdout)]:
    with open(Path(__file__).parent / name, "w", newline="\n", encoding="ascii") as file:
        print(*header, sep=",", file=file)
        for row in rows:
            print(digits[row], *pixels[row].astype(int), names[row], sep=",", file=file)
