# SPDX-License-Identifier: Apache-2.0
"""Judges one model on the processor and on the GPU, and holds both against each other and against ONNX Runtime in Python.

    check.py GATEWRIGHT FOLDER

Prints a table. Ends with 1 where the GPU did not run the model, rounded to TF32, or answered otherwise than the processor.
"""
import json
import pathlib
import subprocess
import sys
import time

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

ROWS, BATCH, WIDTH, CLASSES = 16_384, 256, 1024, 10
CALLS = 300

# This model's log loss in float differs from the one in double by 1e-8 of it, and with the 10 bits of TF32 by 5e-6, as NumPy
# says of both: so sums in another order are let pass, and TF32 is not.
TOLERANCE = 1e-6

SPEC = """\
gatewright: 1
model: {name: gpu, task: multiclass-classification, path: model.onnx, classes: CLASSES}
data:
  rows: {path: rows.npz, label: label, features: {x: x}}
device: cpu
stages:
  evaluate-metrics:
    data: rows
    gates:
      - {metric: accuracy, min: 0.5}
      - {metric: log_loss, max: 10}
      - {metric: throughput, min: 1}
"""


def write_model(path, random):
    """Two layers of 1024 and a softmax, with weights that keep its values near one."""
    weights = {
        "w1": random.standard_normal((WIDTH, WIDTH)) / WIDTH**0.5,
        "w2": random.standard_normal((WIDTH, WIDTH)) / WIDTH**0.5,
        "w3": random.standard_normal((WIDTH, CLASSES)) / WIDTH**0.5 * 4,
    }
    nodes = [
        helper.make_node("MatMul", ["x", "w1"], ["a"]),
        helper.make_node("Tanh", ["a"], ["b"]),
        helper.make_node("MatMul", ["b", "w2"], ["c"]),
        helper.make_node("Tanh", ["c"], ["d"]),
        helper.make_node("MatMul", ["d", "w3"], ["e"]),
        helper.make_node("Softmax", ["e"], ["probabilities"], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "gpu",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [BATCH, WIDTH])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [BATCH, CLASSES])],
        [numpy_helper.from_array(value.astype(numpy.float32), name) for name, value in weights.items()],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)


def judge(program, folder, device):
    """The report of the model on a device."""
    run = f"gpu-{device}"
    ended = subprocess.run(
        [program, "evaluate-metrics", folder, "--set", f"device={device}", "--run-id", run], stdout=subprocess.PIPE, text=True
    )
    if ended.returncode != 0:
        sys.exit(f"gpu: judged on {device}, it ends with {ended.returncode}, and has to end with 0:\n{ended.stdout}")
    return json.loads((folder / ".gatewright" / "runs" / run / "evaluate-metrics" / "report.json").read_text())


def value(report, metric):
    return next(gate["findings"][0]["value"] for gate in report["gates"] if gate["metric"] == metric)


def session(path, provider):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    made = onnxruntime.InferenceSession(path, options, providers=[provider])
    name = provider[0] if isinstance(provider, tuple) else provider
    if made.get_providers()[0] != name:
        sys.exit(f"gpu: ONNX Runtime in Python does not run on {name}: {made.get_providers()}")
    return made


def rows_a_second(made, rows):
    batch = rows[:BATCH]
    for _ in range(20):
        made.run(None, {"x": batch})
    start = time.perf_counter()
    for _ in range(CALLS):
        made.run(None, {"x": batch})
    return CALLS * BATCH / (time.perf_counter() - start)


def main(program, folder):
    random = numpy.random.default_rng(1)
    model = str(folder / "model.onnx")
    write_model(model, random)
    rows = random.standard_normal((ROWS, WIDTH)).astype(numpy.float32)
    cpu = session(model, "CPUExecutionProvider")
    answers = numpy.concatenate([cpu.run(None, {"x": rows[i : i + BATCH]})[0] for i in range(0, ROWS, BATCH)])
    # One label in ten is another than the model's, so that its loss is not small.
    labels = numpy.where(random.random(ROWS) < 0.1, random.integers(0, CLASSES, ROWS), answers.argmax(axis=1))
    numpy.savez(folder / "rows.npz", x=rows, label=labels.astype(numpy.int64))
    (folder / "gatewright.yaml").write_text(SPEC.replace("CLASSES", json.dumps([str(c) for c in range(CLASSES)])))

    on_cpu, on_gpu = judge(program, folder, "cpu"), judge(program, folder, "cuda")
    device = on_gpu["environment"]["device"]
    loss = [value(report, "log_loss") for report in (on_cpu, on_gpu)]
    difference = abs(loss[0] - loss[1]) / loss[0]
    gpu = session(model, ("CUDAExecutionProvider", {"use_tf32": "0"}))
    table = {
        "GPU, driver": f"{device['processor']}, {device['driver']}",
        "providers that ran, nodes": json.dumps(device["nodes"]),
        "TF32": device["tf32"],
        "log loss on the processor, on the GPU": f"{loss[0]:.8f}, {loss[1]:.8f}",
        "they differ by (at most)": f"{difference:.1e} ({TOLERANCE:.0e})",
        "accuracy on both": f"{value(on_cpu, 'accuracy'):.6f}, {value(on_gpu, 'accuracy'):.6f}",
        "rows a second, Gatewright, processor": f"{value(on_cpu, 'throughput'):,.0f}",
        "rows a second, Gatewright, GPU": f"{value(on_gpu, 'throughput'):,.0f}",
        "rows a second, ONNX Runtime in Python, GPU": f"{rows_a_second(gpu, rows):,.0f}",
    }
    for name, what in table.items():
        print(f"{name:45} {what}")
    wrong = [
        ("no node ran on the GPU", device["nodes"].get("CUDAExecutionProvider", 0) == 0),
        ("the GPU may round to TF32", device["tf32"] is not False),
        ("processor and GPU differ by more than the tolerance", not difference <= TOLERANCE),
    ]
    sys.exit("; ".join(f"gpu: {what}" for what, is_so in wrong if is_so) or 0)


main(sys.argv[1], pathlib.Path(sys.argv[2]))
