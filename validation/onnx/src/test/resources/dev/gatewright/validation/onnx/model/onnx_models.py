# SPDX-License-Identifier: Apache-2.0
"""Writes valid models, and says what Python's onnx reads in a model."""
import hashlib
import json
import os
import shutil

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.external_data_helper import ExternalDataInfo, uses_external_data


def answer(question):
    return TASKS[question["task"]](**{key: value for key, value in question.items() if key != "task"})


def node_tests(folder):
    """The models of ONNX's own operator tests."""
    from onnx.backend.test.case.node import collect_testcases

    files = []
    for case in collect_testcases(None):
        files.append(os.path.join(folder, case.name + ".onnx"))
        with open(files[-1], "wb") as file:
            file.write(case.model.SerializeToString())
    return files


def installed():
    """The models that are installed with the onnx package."""
    root = os.path.dirname(onnx.__file__)
    return sorted(
        os.path.join(path, name) for path, _, names in os.walk(root) for name in names if name.endswith(".onnx")
    )


def converted(folder):
    """Models that scikit-learn's converter makes, and what the runtime's optimiser makes of them."""
    import onnxruntime
    from skl2onnx import to_onnx
    from sklearn.datasets import load_iris
    from sklearn.ensemble import GradientBoostingClassifier, IsolationForest, RandomForestClassifier, RandomForestRegressor
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import SVC
    from skl2onnx.common.data_types import StringTensorType

    rows, labels = load_iris(return_X_y=True)
    rows = rows.astype(np.float32)
    names = np.array(["setosa", "versicolor", "virginica"])[labels]
    files = []
    for index, (estimator, target) in enumerate([
        (LogisticRegression(), labels),
        (make_pipeline(StandardScaler(), SVC(probability=True)), names),
        (RandomForestClassifier(20), names),
        (RandomForestRegressor(20), labels),
        (GradientBoostingClassifier(n_estimators=20), labels),
        (KNeighborsClassifier(), labels),
        (MLPClassifier(max_iter=20), names),
        (IsolationForest(n_estimators=20), labels),
    ]):
        options = {"target_opset": {"": 17, "ai.onnx.ml": 3}}
        files.append(os.path.join(folder, f"converted{index}.onnx"))
        onnx.save_model(to_onnx(estimator.fit(rows, target), rows[:1], **options), files[-1])
    for file in list(files):
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        options.optimized_model_filepath = file.replace(".onnx", ".optimised.onnx")
        onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        files.append(options.optimized_model_filepath)
    # Not optimised: the runtime wants a locale for it that a small machine lacks.
    text = TfidfVectorizer().fit(["a green tick", "a red cross"])
    files.append(os.path.join(folder, "text.onnx"))
    onnx.save_model(to_onnx(text, initial_types=[("text", StringTensorType([None]))], target_opset=17), files[-1])
    return files


def external(folder):
    """One model, its weights saved by onnx in one file, in many, in a folder below, and only the large ones."""
    def model():
        weights = [numpy_helper.from_array(np.full((4, 4), i, np.float32), f"weights_{i}") for i in range(3)]
        constant = numpy_helper.from_array(np.arange(16, dtype=np.float32).reshape(4, 4), "constant")
        nodes = [helper.make_node("Constant", [], ["c"], value=constant), helper.make_node("Add", ["x", "c"], ["h"])]
        nodes += [helper.make_node("MatMul", ["h" if i == 0 else f"h{i}", f"weights_{i}"], [f"h{i + 1}"]) for i in range(3)]
        graph = helper.make_graph(
            nodes,
            "graph",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 4])],
            [helper.make_tensor_value_info("h3", TensorProto.FLOAT, ["N", 4])],
            weights,
        )
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])

    layouts = {
        "one file": {"location": "weights.bin"},
        "one file with a name to escape": {"location": 'wei"ghts é.bin'},
        "one file without a given name": {},
        "many files": {"all_tensors_to_one_file": False},
        "attributes too": {"location": "weights.bin", "convert_attribute": True},
        "large ones only": {"location": "weights.bin", "size_threshold": 10_000},
    }
    files = []
    for name, options in layouts.items():
        files.append(os.path.join(folder, name, "model.onnx"))
        os.mkdir(os.path.dirname(files[-1]))
        onnx.save_model(model(), files[-1], save_as_external_data=True, **{"size_threshold": 0, **options})
    files.append(below(model(), os.path.join(folder, "folders below")))
    return files


def below(model, folder):
    """External data in folders below the model's own, as other tools lay them out."""
    for index, tensor in enumerate(model.graph.initializer):
        place = os.path.join("weights", str(index))
        os.makedirs(os.path.join(folder, place))
        with open(os.path.join(folder, place, "data"), "wb") as file:
            file.write(b"\0" * 64 * index + tensor.raw_data)
        onnx.external_data_helper.set_external_data(tensor, f"./{place}/data", offset=64 * index)
        tensor.ClearField("raw_data")
    file = os.path.join(folder, "model.onnx")
    with open(file, "wb") as written:
        written.write(model.SerializeToString())
    return file


def read(files):
    """What Python's onnx reads in each file; null where it reads nothing."""
    return [summary(file) for file in files]


def summary(file):
    with open(file, "rb") as opened:
        try:
            model = onnx.load_model_from_string(opened.read())
        except Exception:
            return None
    graph = model.graph
    initializers = [t.name for t in graph.initializer] + [t.values.name for t in graph.sparse_initializer]
    return {
        "ir": model.ir_version,
        "producer": model.producer_name,
        "opsets": [[opset.domain or "ai.onnx", opset.version] for opset in model.opset_import],
        "inputs": [value.name for value in graph.input if value.name not in initializers],
        "outputs": [value.name for value in graph.output],
        "initializers": initializers,
        "shapes": [list(t.dims) for t in graph.initializer],
        "types": [t.data_type for t in graph.initializer],
        "metadata": {entry.key: entry.value for entry in model.metadata_props},
        "nodes": sum(count(node) for node in graph.node)
        + sum(count(node) for function in model.functions for node in function.node),
    }


def count(node):
    graphs = [a.g for a in node.attribute if a.HasField("g")] + [g for a in node.attribute for g in a.graphs]
    return 1 + sum(count(inner) for graph in graphs for inner in graph.node)


def digest(file):
    """The digest of a model by its definition, written without a look at the other implementation."""
    folder = os.path.dirname(file)
    model = onnx.load_model(file, load_external_data=False)
    paths = {os.path.basename(file)}
    for tensor in onnx.external_data_helper._get_all_tensors(model):
        if uses_external_data(tensor):
            paths.add(os.path.normpath(ExternalDataInfo(tensor).location))
    files = []
    for path in sorted(paths, key=lambda text: text.encode("utf-16-be", "surrogatepass")):
        with open(os.path.join(folder, path), "rb") as opened:
            content = opened.read()
        files.append({"bytes": len(content), "path": path, "sha256": hashlib.sha256(content).hexdigest()})
    if len(files) == 1:
        return files[0]["sha256"]
    canonical = json.dumps(files, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def renamed(file, name):
    """Gives the main file of a model another name, its external data untouched."""
    target = os.path.join(os.path.dirname(file), name)
    shutil.move(file, target)
    return target


TASKS = {
    task.__name__: task for task in [node_tests, installed, converted, external, read, digest, renamed]
}
