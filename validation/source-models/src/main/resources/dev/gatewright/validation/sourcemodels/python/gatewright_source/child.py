# SPDX-License-Identifier: Apache-2.0
"""From a request document to an answer document."""

import importlib
import json
import os
import platform
import sys
import traceback

from .problems import MissingPackages, SourceError

KINDS = {
    "scikit-learn": "scikit_learn",
    "xgboost": "boosting",
    "lightgbm": "boosting",
    "pytorch": "pytorch",
    "tensorflow": "tensorflow_models",
    "keras": "tensorflow_models",
    "tflite": "tensorflow_models",
    "hugging-face": "hugging_face",
}


def main(request_file):
    with open(request_file, encoding="utf-8") as document:
        request = json.load(document)
    try:
        answer = answer_to(request)
    except MissingPackages as missing:
        answer = {"status": "missing", "packages": missing.packages}
    except SourceError as error:
        answer = {"status": "failed", "what": error.what, "next": error.next_step}
    except ModuleNotFoundError as error:
        traceback.print_exc()
        answer = {"status": "missing", "packages": [(error.name or "?").split(".")[0]]}
    except Exception as error:  # whatever the framework or the user's code throws is the answer
        traceback.print_exc()
        said = str(error).strip().splitlines()
        answer = {
            "status": "failed",
            "what": type(error).__name__ + (": " + said[0][:500] if said else ""),
            "next": "the end of its output says where; mend that and run it again",
        }
    write(answer, os.path.join(request["answer"], "answer.json"))
    return 0


def answer_to(request):
    # The user's own modules, and what these import beside themselves, after ours.
    sys.path.append(request["folder"])
    os.chdir(request["folder"])
    try:
        import numpy
    except ModuleNotFoundError:
        raise MissingPackages(["numpy"]) from None
    from . import tensors

    inputs = {each["name"]: tensors.read(each) for each in request["inputs"]}
    rows = {len(tensor) for tensor in inputs.values()}
    if len(rows) != 1:
        raise SourceError(f"the inputs have different numbers of rows: {sorted(rows)}", "this is an error of the program")
    module = importlib.import_module("." + KINDS[request["kind"]], __package__)
    source = module.open_source(request, inputs)
    answer = {"status": "done", "classes": getattr(source, "classes", None)}
    if request["action"] == "export":
        source.export(os.path.join(request["answer"], "model.onnx"), inputs)
        answer["model"] = "model.onnx"
    folder = os.path.join(request["answer"], "outputs")
    os.makedirs(folder)
    outputs = tensors.Outputs(folder, rows.pop())
    for start in range(0, outputs.rows, request["batch"]):
        outputs.add(source.predict({name: tensor[start : start + request["batch"]] for name, tensor in inputs.items()}))
    answer["outputs"] = outputs.close()
    if request.get("preprocess"):
        answer["fed"] = fed(request, numpy, tensors)
    answer["unpickled"] = source.unpickled
    answer["weights"] = source.weights() if hasattr(source, "weights") else None
    answer["versions"] = {"python": platform.python_version(), "numpy": numpy.__version__}
    for name in source.packages:
        if name in sys.modules:
            answer["versions"][name] = getattr(sys.modules[name], "__version__", "unknown")
    return answer


def fed(request, numpy, tensors):
    """The tensors that the user's own preprocessing makes of the data file."""
    made = function(request["preprocess"])(request["data"])
    if not isinstance(made, dict):
        made = {request["inputs"][0]["name"]: made}
    folder = os.path.join(request["answer"], "fed")
    os.makedirs(folder)
    made = {name: numpy.asarray(value) for name, value in made.items()}
    outputs = tensors.Outputs(folder, len(next(iter(made.values()))))
    outputs.add(made)
    return outputs.close()


def function(named):
    """The function that MODULE:NAME means."""
    module, _, name = named.partition(":")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise SourceError(f"'{named}' is not there: {error}", "write module:function, the module in the spec's folder") from None


def write(answer, path):
    """Whole or not at all."""
    with open(path + ".part", "w", encoding="utf-8") as document:
        json.dump({"gatewright": 1, **{key: value for key, value in answer.items() if value is not None}}, document)
        document.flush()
        os.fsync(document.fileno())
    os.replace(path + ".part", path)
