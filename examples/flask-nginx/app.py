# SPDX-License-Identifier: Apache-2.0
"""Reads a digit: 64 pixels in, a digit and its probabilities out."""
import math
import os

import numpy as np
import onnxruntime
from flask import Flask, request

SIZE = 64  # 8 × 8 pixels, row by row
INK = 16  # from 0 (white) to 16 (black)

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1  # gunicorn's workers share the processor already
model = onnxruntime.InferenceSession(os.environ["MODEL"], options, providers=["CPUExecutionProvider"])
app = Flask(__name__)


@app.get("/health")
def health():
    return {"ready": True}  # the model was read before the first request is


@app.post("/score")
def score():
    try:
        image = pixels(request.get_json())
    except ValueError as problem:
        return {"error": str(problem)}, 400
    except RecursionError:  # lists in lists, thousands deep
        return {"error": "too deep"}, 400
    label, probabilities = model.run(["label", "probabilities"], {"image": image})
    return {"digit": int(label[0]), "probabilities": probabilities[0].tolist()}


def pixels(body):
    values = body.get("pixels") if isinstance(body, dict) else None
    if not isinstance(values, list) or len(values) != SIZE:
        raise ValueError(f'expected {{"pixels": [...]}} with {SIZE} numbers')
    for value in values:
        if type(value) not in (int, float) or not math.isfinite(value) or not 0 <= value <= INK:
            raise ValueError(f"each pixel is a number from 0 to {INK}")
    return np.array([values], np.float32)
