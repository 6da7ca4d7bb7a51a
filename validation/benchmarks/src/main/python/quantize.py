# SPDX-License-Identifier: Apache-2.0
"""Quantises a model by ONNX Runtime's own tools, and prints how long that took without starting Python."""

import json
import logging
import pathlib
import sys
import time

logging.disable(logging.WARNING)
model, how, into = sys.argv[1:]

if how == "int4":
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    start = time.perf_counter()
    quantizer = MatMulNBitsQuantizer(model, bits=4, block_size=32, is_symmetric=True)
    quantizer.process()
    quantizer.model.save_model_to_file(into, use_external_data_format=False)
else:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    start = time.perf_counter()
    quantize_dynamic(
        model,
        into,
        per_channel=how.endswith("per-channel"),
        weight_type=QuantType.QInt8,
        use_external_data_format=pathlib.Path(model).with_suffix(".data").exists(),
    )
print(json.dumps({"milliseconds": 1000 * (time.perf_counter() - start), "rows": 0, "found": {}}))
