# SPDX-License-Identifier: Apache-2.0
"""Trains models with scikit-learn, converts them to ONNX, and says what scikit-learn says of their answers on the same rows."""
import pathlib

import numpy as np
import onnx
import onnxruntime
import pandas as pd
from onnx import TensorProto, helper
from skl2onnx import convert_sklearn, to_onnx
from skl2onnx.common.data_types import FloatTensorType, Int64TensorType, StringTensorType
from sklearn import compose, datasets, ensemble, impute, linear_model, metrics, naive_bayes, neural_network, pipeline, preprocessing, tree

WORDS = ["ant", "bee", "cat", "dog", "eel", "fox", "gnu", "hen", "ibex", "jay", "koi", "lynx"]


def answer(question):
    folder = pathlib.Path(question["folder"])
    random = np.random.RandomState(question["seed"])
    return globals()[question["model"]](folder, random, question["rows"])


# What a test asks for, by name.


def zipmap_strings(folder, random, rows):
    """A sequence of maps from class names to probabilities, and the predicted name."""
    x, y = classification(random, rows, 4)
    words = np.array(WORDS)[y]
    model = linear_model.LogisticRegression(max_iter=200).fit(x, words)
    return classifier(folder, model, x, words, list(model.classes_), zipmap=True)


def zipmap_integers(folder, random, rows):
    """Twelve integer classes: 10 comes after 9, not after 1."""
    x, y = classification(random, rows, 12)
    model = linear_model.LogisticRegression(max_iter=200).fit(x, y)
    return classifier(folder, model, x, y, list(model.classes_), zipmap=True)


def integers(folder, random, rows):
    """The predicted integer beside a tensor of probabilities."""
    x, y = classification(random, rows, 3)
    model = naive_bayes.GaussianNB().fit(x, y)
    return classifier(folder, model, x, y, list(model.classes_), zipmap=False)


def strings(folder, random, rows):
    """The predicted name beside a tensor of probabilities."""
    x, y = classification(random, rows, 3)
    words = np.array(WORDS)[y]
    model = ensemble.RandomForestClassifier(n_estimators=20, max_depth=6, random_state=random).fit(x, words)
    return classifier(folder, model, x, words, list(model.classes_), zipmap=False)


def sparse_integers(folder, random, rows):
    """Integer classes that are no positions."""
    x, y = classification(random, rows, 3)
    names = np.array([-5, 7, 400])[y]
    model = tree.DecisionTreeClassifier(max_depth=5, random_state=random).fit(x, names)
    return classifier(folder, model, x, names, list(model.classes_), zipmap=False)


def network(folder, random, rows):
    """Probabilities only: the most probable class is taken."""
    x, y = classification(random, rows, 5)
    model = neural_network.MLPClassifier([16], max_iter=60, random_state=random).fit(x, y)
    onnx_model = to_onnx(model, x[:1], options={"zipmap": False})
    del onnx_model.graph.output[0]
    return classified(folder, onnx_model, {onnx_model.graph.input[0].name: x}, y, list(model.classes_), probabilities=0)


def double_precision(folder, random, rows):
    x, y = classification(random, rows, 3)
    x = x.astype(np.float64)
    model = linear_model.LogisticRegression(max_iter=200).fit(x, y)
    onnx_model = softmax_model(model.coef_.T, model.intercept_, TensorProto.DOUBLE, "N")
    return classified(folder, onnx_model, {"x": x}, y, list(model.classes_), probabilities=0, epsilon=np.finfo(float).eps)


def logits(folder, random, rows):
    x, y = classification(random, rows, 3)
    model = linear_model.LogisticRegression(max_iter=200).fit(x, y)
    onnx_model = softmax_model(model.coef_.T, model.intercept_, TensorProto.FLOAT, "N", softmax=False)
    return classified(folder, onnx_model, {"x": x}, y, list(model.classes_), probabilities=0,
                      epsilon=np.finfo(float).eps, logits=True)


def fixed_batch(folder, random, rows):
    """A batch of 10 rows: the last one is filled up."""
    x, y = classification(random, rows, 3)
    model = linear_model.LogisticRegression(max_iter=200).fit(x, y)
    onnx_model = softmax_model(model.coef_.T, model.intercept_, TensorProto.FLOAT, 10)
    return classified(folder, onnx_model, {"x": x}, y, list(model.classes_), probabilities=0, batch=10)


def sigmoid(folder, random, rows):
    """One probability a row, that of the second class."""
    x, y = classification(random, rows, 2)
    model = linear_model.LogisticRegression().fit(x, y)
    w, b = model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
    graph = helper.make_graph(
        [helper.make_node("Gemm", ["x", "w", "b"], ["z"]), helper.make_node("Sigmoid", ["z"], ["p"])], "sigmoid",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", x.shape[1]])],
        [helper.make_tensor_value_info("p", TensorProto.FLOAT, ["N", 1])],
        [onnx.numpy_helper.from_array(w, "w"), onnx.numpy_helper.from_array(b, "b")])
    return classified(folder, made(graph), {"x": x}, y, list(model.classes_), probabilities=0)


def several_inputs(folder, random, rows):
    """A pipeline with an input of floats, one of integers and one of texts."""
    x, y = classification(random, rows, 3)
    table = pd.DataFrame({
        "numbers_0": x[:, 0], "numbers_1": x[:, 1],
        "visits": random.randint(0, 9, rows),
        "town": np.array(["Bern", "Köln", "Łódź"])[(y + random.randint(0, 2, rows)) % 3],
    })
    steps = compose.ColumnTransformer([
        ("numbers", "passthrough", ["numbers_0", "numbers_1"]),
        ("visits", preprocessing.OneHotEncoder(handle_unknown="ignore"), ["visits"]),
        ("town", preprocessing.OneHotEncoder(handle_unknown="ignore"), ["town"])])
    model = pipeline.Pipeline([("columns", steps), ("model", linear_model.LogisticRegression(max_iter=200))]).fit(table, y)
    inputs = [("numbers_0", FloatTensorType([None, 1])), ("numbers_1", FloatTensorType([None, 1])),
              ("visits", Int64TensorType([None, 1])), ("town", StringTensorType([None, 1]))]
    onnx_model = convert_sklearn(model, initial_types=inputs, options={"zipmap": False})
    feed = {"numbers_0": x[:, :1], "numbers_1": x[:, 1:2],
            "visits": table[["visits"]].to_numpy(np.int64), "town": table[["town"]].to_numpy(object)}
    return classified(folder, onnx_model, feed, y, list(model.classes_), probabilities=1, labels=0)


def missing_values(folder, random, rows):
    """A pipeline that fills in what is missing."""
    x, y = classification(random, rows, 3)
    x[random.random_sample(x.shape) < 0.1] = np.nan
    model = pipeline.make_pipeline(impute.SimpleImputer(), linear_model.LogisticRegression(max_iter=200)).fit(x, y)
    return classifier(folder, model, x, y, list(model.classes_), zipmap=False)


def regression(folder, random, rows):
    x, y = datasets.make_regression(rows, 6, noise=20, random_state=random)
    x = x.astype(np.float32)
    model = linear_model.LinearRegression().fit(x, y)
    return regressor(folder, to_onnx(model, x[:1]), x, y)


def forest_regression(folder, random, rows):
    x, y = datasets.make_regression(rows, 6, noise=20, random_state=random)
    x = x.astype(np.float32)
    model = ensemble.RandomForestRegressor(n_estimators=10, max_depth=5, random_state=random).fit(x, y)
    return regressor(folder, to_onnx(model, x[:1]), x, y)


# How it is made and judged.


def classification(random, rows, classes):
    x, y = datasets.make_classification(
        rows, 8, n_informative=6, n_redundant=0, n_classes=classes, n_clusters_per_class=1, flip_y=0.1,
        class_sep=0.8, random_state=random)
    return x.astype(np.float32), y.astype(np.int64)


def softmax_model(w, b, kind, batch, softmax=True):
    numbers = np.float64 if kind == TensorProto.DOUBLE else np.float32
    nodes = [helper.make_node("MatMul", ["x", "w"], ["product"]),
             helper.make_node("Add", ["product", "b"], ["z" if softmax else "scores"])]
    if softmax:
        nodes.append(helper.make_node("Softmax", ["z"], ["scores"], axis=1))
    graph = helper.make_graph(
        nodes, "softmax",
        [helper.make_tensor_value_info("x", kind, [batch, w.shape[0]])],
        [helper.make_tensor_value_info("scores", kind, [batch, w.shape[1]])],
        [onnx.numpy_helper.from_array(w.astype(numbers), "w"), onnx.numpy_helper.from_array(b.astype(numbers), "b")])
    return made(graph)


def made(graph):
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def classifier(folder, model, x, y, classes, zipmap):
    onnx_model = to_onnx(model, x[:1], options=None if zipmap else {"zipmap": False})
    return classified(folder, onnx_model, {onnx_model.graph.input[0].name: x}, y, classes, probabilities=1, labels=0)


def classified(folder, model, feed, y, classes, probabilities, labels=None, epsilon=np.finfo(np.float32).eps,
               logits=False, batch=64):
    outputs = run(folder, model, feed, batch)
    scores = outputs[probabilities]
    if isinstance(scores, list):
        scores = np.array([[row[name] for name in classes] for row in scores])
    p = np.asarray(scores, dtype=np.float64)
    if logits:
        p = np.exp(p - p.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
    if p.shape[1] == 1:
        p = np.hstack([1 - p, p])
    said = np.array(classes)[p.argmax(axis=1)] if labels is None else np.asarray(outputs[labels]).reshape(-1)
    written(folder, feed, y)
    clipped = np.clip(p, epsilon, 1 - epsilon)
    index = {name: k for k, name in enumerate(classes)}
    truth = np.array([index[name] for name in y])
    quotients = metrics.precision_recall_fscore_support(y, said, labels=classes, average=None, zero_division=np.nan)
    macro = metrics.precision_recall_fscore_support(y, said, labels=classes, average="macro", zero_division=np.nan)
    return {
        "classes": [str(name) for name in classes],
        "inputs": columns(feed),
        "accuracy": metrics.accuracy_score(y, said),
        "confusion": metrics.confusion_matrix(y, said, labels=classes).tolist(),
        "log_loss": metrics.log_loss(truth, clipped, labels=range(len(classes))),
        "f1": quotients[2].tolist(),
        "macro": [float(value) for value in macro[:3]],
    }


def regressor(folder, model, x, y):
    feed = {model.graph.input[0].name: x}
    predicted = np.asarray(run(folder, model, feed, 64)[0], dtype=np.float64).reshape(-1)
    written(folder, feed, y)
    return {
        "inputs": columns(feed),
        "rmse": metrics.root_mean_squared_error(y, predicted),
        "mae": metrics.mean_absolute_error(y, predicted),
        "r2": metrics.r2_score(y, predicted),
    }


def run(folder, model, feed, batch):
    path = folder / "model.onnx"
    onnx.save(model, path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    rows = len(next(iter(feed.values())))
    parts = []
    for start in range(0, rows, batch):
        part = {name: values[start:start + batch] for name, values in feed.items()}
        here = len(next(iter(part.values())))
        if batch != 64 and here < batch:
            part = {name: np.concatenate([v, np.repeat(v[-1:], batch - here, axis=0)]) for name, v in part.items()}
        parts.append([values[:here] for values in session.run(None, part)])
    return [sum(part, []) if isinstance(part[0], list) else np.concatenate(part) for part in zip(*parts)]


def columns(feed):
    return {name: [f"{name}.{i}" for i in range(values.shape[1])] for name, values in feed.items()}


def written(folder, feed, y):
    """The rows as a CSV file, floats to their last digit, and in the other formats."""
    typed = {f"{name}.{i}": values[:, i] for name, values in feed.items() for i in range(values.shape[1])}
    typed["label"] = y
    texts = {
        name: [repr(float(v)) if values.dtype.kind == "f" else v for v in values] for name, values in typed.items()}
    pd.DataFrame(texts).to_csv(folder / "rows.csv", index=False)
    pd.DataFrame(typed).to_parquet(folder / "rows.parquet")
    pd.DataFrame(typed).to_json(folder / "rows.jsonl", orient="records", lines=True, double_precision=15)
    arrays = {name: values.astype(str) if values.dtype.kind == "O" else values for name, values in typed.items()}
    np.savez(folder / "rows.npz", **arrays)
