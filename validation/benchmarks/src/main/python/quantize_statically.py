# SPDX-License-Identifier: Apache-2.0
"""Calibrates a model by percentiles on random rows, and quantises it, by ONNX Runtime's own tools."""

import logging
import sys

import numpy as np
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantType, quantize_static

logging.disable(logging.WARNING)
model, rows, into = sys.argv[1:]


class Rows(CalibrationDataReader):
    def __init__(self):
        self.random = np.random.default_rng(7)
        self.left = int(rows)

    def get_next(self):
        self.left -= 1
        return {"x": self.random.standard_normal((1, 3, 64, 64), dtype=np.float32)} if self.left >= 0 else None


quantize_static(
    model,
    into,
    Rows(),
    activation_type=QuantType.QInt8,
    weight_type=QuantType.QInt8,
    calibrate_method=CalibrationMethod.Percentile,
    extra_options={"CalibTensorRangeSymmetric": False},
)
