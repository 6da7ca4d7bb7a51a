"""Serves one ONNX model by the Open Inference Protocol (v2, JSON).

model.json says which model it is and what its files have to be; whatever else lies there is not served.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

LARGEST_REQUEST = 64 << 20
DATATYPES = {
    "tensor(float)": ("FP32", np.float32),
    "tensor(double)": ("FP64", np.float64),
    "tensor(float16)": ("FP16", np.float16),
    "tensor(int8)": ("INT8", np.int8),
    "tensor(int16)": ("INT16", np.int16),
    "tensor(int32)": ("INT32", np.int32),
    "tensor(int64)": ("INT64", np.int64),
    "tensor(uint8)": ("UINT8", np.uint8),
    "tensor(uint16)": ("UINT16", np.uint16),
    "tensor(uint32)": ("UINT32", np.uint32),
    "tensor(uint64)": ("UINT64", np.uint64),
    "tensor(bool)": ("BOOL", np.bool_),
    "tensor(string)": ("BYTES", np.object_),
}

here = Path(__file__).parent
told = json.loads((here / "model.json").read_text())
for file in told["files"]:
    with open(here / "model" / file["path"], "rb") as opened:
        if hashlib.file_digest(opened, "sha256").hexdigest() != file["sha256"]:
            raise SystemExit(f"{file['path']} is not the file that was judged")

session = onnxruntime.InferenceSession(here / "model" / told["file"], providers=["CPUExecutionProvider"])
for tensor in session.get_inputs() + session.get_outputs():
    if tensor.type not in DATATYPES:
        raise SystemExit(f"{tensor.name} is a {tensor.type}, which this application does not serve")
inputs = {tensor.name: tensor for tensor in session.get_inputs()}
outputs = {tensor.name: tensor for tensor in session.get_outputs()}

app = FastAPI(title=told["name"])


class WrongRequest(Exception):
    """What is wrong with a request, for whoever sent it."""


@app.exception_handler(WrongRequest)
def refuse(_: Request, wrong: WrongRequest):
    return JSONResponse({"error": str(wrong)}, 400)


@app.middleware("http")
async def name_the_model(request: Request, answer):
    response = await answer(request)
    response.headers["Gatewright-Model-Digest"] = "sha256:" + told["sha256"]
    return response


@app.get("/v2/health/live")
@app.get("/v2/health/ready")
@app.get("/v2/models/{model}/ready")
def ready(model: str = told["name"]):
    return JSONResponse({}, 200 if model == told["name"] else 404)


@app.get("/v2/models/{model}")
def metadata(model: str):
    if model != told["name"]:
        return JSONResponse({"error": f"there is no model {model!r}"}, 404)
    return {
        "name": told["name"],
        "versions": ["1"],
        "platform": "onnxruntime_onnx",
        "inputs": [described(tensor) for tensor in inputs.values()],
        "outputs": [described(tensor) for tensor in outputs.values()],
        "parameters": {"digest": "sha256:" + told["sha256"]},
    }


def described(tensor):
    shape = [axis if isinstance(axis, int) else -1 for axis in tensor.shape]
    return {"name": tensor.name, "datatype": DATATYPES[tensor.type][0], "shape": shape}


@app.post("/v2/models/{model}/infer")
async def infer(model: str, request: Request):
    if model != told["name"]:
        return JSONResponse({"error": f"there is no model {model!r}"}, 404)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_REQUEST:
            return JSONResponse({"error": f"a request has at most {LARGEST_REQUEST} bytes"}, 413)
    return await run_in_threadpool(answer, bytes(body))


def answer(body: bytes):
    try:
        asked = json.loads(body)
        feed = {tensor["name"]: array(tensor) for tensor in asked["inputs"]}
        wanted = [output["name"] for output in asked.get("outputs", [])] or list(outputs)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise WrongRequest(f"the request cannot be read: {wrong!r}") from wrong
    if set(feed) != set(inputs) or not set(wanted) <= set(outputs):
        raise WrongRequest(f"the model has the inputs {list(inputs)} and the outputs {list(outputs)}")
    try:
        results = session.run(wanted, feed)
    except Exception as wrong:
        raise WrongRequest(f"the model does not take that: {wrong}") from wrong
    return JSONResponse({
        "model_name": told["name"],
        "model_version": "1",
        "outputs": [
            {
                "name": name,
                "datatype": DATATYPES[outputs[name].type][0],
                "shape": list(result.shape),
                "data": result.ravel().tolist(),
            }
            for name, result in zip(wanted, results)
        ],
    })


def array(tensor):
    if tensor["name"] not in inputs:
        raise ValueError(f"there is no input {tensor['name']!r}")
    datatype, element = DATATYPES[inputs[tensor["name"]].type]
    if tensor["datatype"] != datatype:
        raise ValueError(f"{tensor['name']} is {datatype}")
    return np.array(tensor["data"], dtype=element).reshape(tensor["shape"])
