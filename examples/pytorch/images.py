# SPDX-License-Identifier: Apache-2.0
"""Writes the handwritten digits that scikit-learn ships as PNG files: build/images/train and build/images/holdout, a folder a digit."""

from pathlib import Path

from PIL import Image
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

folder = Path(__file__).parent / "build" / "images"
digits = load_digits()
train, holdout = train_test_split(range(len(digits.target)), test_size=0.5, stratify=digits.target, random_state=0)
for part, rows in {"train": train, "holdout": holdout}.items():
    for row in rows:
        file = folder / part / str(digits.target[row]) / f"{row}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray((digits.images[row] * 255 / 16).astype("uint8")).save(file)
    print(f"{len(rows)} images in {folder / part}")
