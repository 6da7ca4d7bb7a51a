# SPDX-License-Identifier: Apache-2.0
"""Serves digits.onnx of this folder by FastAPI, as the model server does: protocol v1, one operator thread a session.

uvicorn serve:app --workers 2 --no-access-log
"""

import numpy
import onnxruntime
from fastapi import FastAPI
from pydantic import BaseModel

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession("digits.onnx", options, providers=["CPUExecutionProvider"])
name = session.get_inputs()[0].name
outputs = [output.name for output in session.get_outputs()]
app = FastAPI()


class Request(BaseModel):
    instances: list[list[float]]


@app.get("/v2/health/ready")
async def ready():
    return {"ready": True}


# Not in a thread of a pool: the model takes less time than the way there.
@app.post("/v1/models/model:predict")
async def predict(request: Request):
    rows = numpy.array(request.instances, dtype=numpy.float32)
    answers = [answer.tolist() for answer in session.run(outputs, {name: rows})]
    return {"predictions": [dict(zip(outputs, row)) for row in zip(*answers)]}
