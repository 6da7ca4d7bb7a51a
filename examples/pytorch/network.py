# SPDX-License-Identifier: Apache-2.0
"""The network, and how images become what it is fed: both for the training and for the export."""

from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn

SIDE, MEAN, STD = 16, 0.3, 0.4  # gatewright.yaml says the same


def build():
    """The network without its weights, and example inputs: what the export starts with."""
    network = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Dropout(0.3),
        nn.Linear(32 * 4 * 4, 64),
        nn.ReLU(),
        nn.Linear(64, 10),
    )
    return network, torch.rand(2, 1, SIDE, SIDE)


def prepared(file):
    """What torchvision's Resize, ToTensor and Normalize make of a gray image."""
    image = Image.open(file).convert("L").resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    return (np.asarray(image, np.float32)[None] / np.float32(255) - np.float32(MEAN)) / np.float32(STD)


def files(folder):
    """The images of a folder with a folder for each class, in the order in which they are judged."""
    return sorted(Path(folder).glob("*/*.png"), key=lambda file: file.relative_to(folder).as_posix())


def tensors(folder):
    """What the training would feed for a folder of images; export-onnx holds what it feeds against it."""
    return {"image": np.stack([prepared(file) for file in files(folder)])}
