# SPDX-License-Identifier: Apache-2.0
"""Triton's client asks a server whose model gives back what it gets: argument 1 is the address, 2 the model."""

import sys

import numpy
import tritonclient.http
from tritonclient.utils import InferenceServerException

address, model = sys.argv[1].removeprefix("http://"), sys.argv[2]
client = tritonclient.http.InferenceServerClient(address)
assert client.is_server_live() and client.is_server_ready()
assert client.is_model_ready(model) and client.is_model_ready(model, "7")
assert client.get_server_metadata()["extensions"] == ["binary_tensor_data"]
metadata = client.get_model_metadata(model)
assert metadata["parameters"]["digest"].startswith("sha256:"), metadata
types = {each["name"]: each["datatype"] for each in metadata["inputs"]}
assert types == {"f": "FP32", "l": "INT64", "b": "BOOL", "t": "BYTES"}, types

random = numpy.random.default_rng(7)
values = {
    "f": random.standard_normal((5, 2)).astype(numpy.float32),
    "l": random.integers(-(2**62), 2**62, 5),
    "b": numpy.array([True, False, False, True, True]),
    "t": numpy.array(["", "a", "é", "𝄞", "x" * 1000], dtype=object),
}
for raw_in in (True, False):
    for raw_out in (True, False):
        inputs = []
        for name, value in values.items():
            inputs.append(tritonclient.http.InferInput(name, list(value.shape), types[name]))
            inputs[-1].set_data_from_numpy(value, binary_data=raw_in)
        outputs = [tritonclient.http.InferRequestedOutput(name + "_out", binary_data=raw_out) for name in values]
        result = client.infer(model, inputs, outputs=outputs, request_id="q")
        assert result.get_response()["id"] == "q"
        for name, value in values.items():
            found = result.as_numpy(name + "_out")
            if name == "t":
                found = [text.decode() if isinstance(text, bytes) else text for text in found]
            assert numpy.array_equal(found, value), (name, raw_in, raw_out, found)

inputs[0].set_shape([1, 2])
try:
    client.infer(model, inputs)
    raise AssertionError("a wrong request was answered")
except InferenceServerException as refused:
    assert "f" in refused.message(), refused
