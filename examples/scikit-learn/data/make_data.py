# SPDX-License-Identifier: Apache-2.0
"""Makes train.csv and holdout.csv from the handwritten digits that scikit-learn ships.

    python make_data.py

The same rows are drawn every time. `slant` says how the writing leans: a quarter of the images of each
digit lean furthest to the left, a quarter furthest to the right, the rest stand upright between them.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

HOLDOUT_ROWS = 897

pixels, digits = load_digits(return_X_y=True)
rows, columns = np.mgrid[0:8, 0:8]


def lean(image):
    """How far the strokes move to the right for each row that they go up."""
    ink = image.sum()
    across = columns - (image * columns).sum() / ink
    up = (image * rows).sum() / ink - rows
    return (image * across * up).sum() / (image * up * up).sum()


leans = np.array([lean(image) for image in pixels.reshape(-1, 8, 8)])
slant = np.full(len(digits), "upright")
for digit in range(10):
    left, right = np.quantile(leans[digits == digit], [0.25, 0.75])
    slant[(digits == digit) & (leans <= left)] = "left"
    slant[(digits == digit) & (leans >= right)] = "right"

train, holdout = train_test_split(np.arange(len(digits)), test_size=HOLDOUT_ROWS, stratify=digits, random_state=1)

header = ["digit", *(f"pixel_{i:02d}" for i in range(pixels.shape[1])), "slant"]
for name, chosen in [("train.csv", train), ("holdout.csv", holdout)]:
    with open(Path(__file__).parent / name, "w", newline="\n", encoding="ascii") as file:
        print(*header, sep=",", file=file)
        for row in chosen:
            print(digits[row], *pixels[row].astype(int), slant[row], sep=",", file=file)
