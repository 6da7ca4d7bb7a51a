# SPDX-License-Identifier: Apache-2.0
"""Trains small models and saves them as their users do; runs what was exported, as a second opinion."""

import contextlib
import json
import os
import sys

import numpy
import onnxruntime


def answer(question):
    with contextlib.redirect_stdout(sys.stderr):  # frameworks talk, and the answers go out there
        return globals()[question["ask"]](question)


def rows(count, seed, columns=4):
    random = numpy.random.default_rng(seed)
    labels = random.integers(0, 3, count)
    values = random.normal(size=(count, columns)) + labels[:, None] * numpy.array([2.0, -1.5, 0.5, 0.0])[:columns]
    return values.astype("float32"), labels


NAMES = numpy.array(["ant", "bee", "cat"])


def train(question):
    folder, model = question["folder"], question["model"]
    values, labels = rows(300, 7)
    path = os.path.join(folder, model)
    if model == "pipeline.csv.joblib":
        return texts_and_numbers(folder, path)
    if model == "texts.pkl":
        return texts(folder, path)
    fresh, _ = rows(150, 8)
    write_csv(os.path.join(folder, "rows.csv"), ["a", "b", "c", "d"], fresh)
    MODELS[model](values, labels, path)
    return {}


def write_csv(path, names, table):
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(names) + "\n")
        for row in table:
            file.write(",".join(repr(v.item()) if hasattr(v, "item") and not isinstance(v, str) else str(v) for v in row) + "\n")


def logistic(values, labels, path):
    import joblib
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    joblib.dump(make_pipeline(StandardScaler(), LogisticRegression(max_iter=500)).fit(values, NAMES[labels]), path)


def line(values, labels, path):
    import pickle

    from sklearn.linear_model import LinearRegression

    with open(path, "wb") as file:
        pickle.dump(LinearRegression().fit(values, labels), file)


def trusted(values, labels, path):
    import skops.io
    from sklearn.linear_model import LogisticRegression

    skops.io.dump(LogisticRegression(max_iter=500).fit(values, labels), path)


def vectors(values, labels, path):
    import joblib
    from sklearn.svm import LinearSVC

    joblib.dump(LinearSVC().fit(values, NAMES[labels]), path)


def xgboost_json(values, labels, path):
    import xgboost

    xgboost.XGBClassifier(n_estimators=5, max_depth=3).fit(values, labels).save_model(path)


def xgboost_binary(values, labels, path):
    import xgboost

    xgboost.XGBClassifier(n_estimators=5, max_depth=3).fit(values, labels > 0).save_model(path)


def xgboost_numbers(values, labels, path):
    import xgboost

    xgboost.XGBRegressor(n_estimators=5, max_depth=3).fit(values, labels).save_model(path)


def xgboost_pickle(values, labels, path):
    import joblib
    import xgboost

    joblib.dump(xgboost.XGBClassifier(n_estimators=5, max_depth=3).fit(values, labels), path)


def lightgbm_text(values, labels, path):
    import lightgbm

    lightgbm.LGBMClassifier(n_estimators=5, verbose=-1).fit(values, labels).booster_.save_model(path)


def lightgbm_binary(values, labels, path):
    import lightgbm

    lightgbm.LGBMClassifier(n_estimators=5, verbose=-1).fit(values, labels > 0).booster_.save_model(path)


def lightgbm_numbers(values, labels, path):
    import lightgbm

    lightgbm.LGBMRegressor(n_estimators=5, verbose=-1).fit(values, labels).booster_.save_model(path)


def lightgbm_pickle(values, labels, path):
    import joblib
    import lightgbm

    joblib.dump(lightgbm.LGBMClassifier(n_estimators=5, verbose=-1).fit(values, NAMES[labels]), path)


MODELS = {
    "logistic.joblib": logistic,
    "line.pkl": line,
    "trusted.skops": trusted,
    "vectors.joblib": vectors,
    "classes.json": xgboost_json,
    "binary.ubj": xgboost_binary,
    "numbers.json": xgboost_numbers,
    "xgboost.joblib": xgboost_pickle,
    "classes.txt": lightgbm_text,
    "binary.txt": lightgbm_binary,
    "numbers.txt": lightgbm_numbers,
    "lightgbm.joblib": lightgbm_pickle,
}


def texts_and_numbers(folder, path):
    import joblib
    import pandas
    from sklearn.compose import ColumnTransformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    random = numpy.random.default_rng(3)
    towns = random.choice(["Köln", "Bern", "Wien"], 200)
    ages = random.normal(40, 10, 200).astype("float32")
    frame = pandas.DataFrame({"town": towns, "age": ages})
    labels = NAMES[(ages > 40).astype(int) + (towns == "Bern")]
    encode = ColumnTransformer([("town", OneHotEncoder(), ["town"]), ("age", StandardScaler(), ["age"])])
    joblib.dump(make_pipeline(encode, LogisticRegression(max_iter=500)).fit(frame, labels), path)
    write_csv(os.path.join(folder, "rows.csv"), ["town", "age"], list(zip(towns, ages)))
    return {}


def texts(folder, path):
    import pickle

    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    words = ["good", "bad", "plain", "very", "film", "actor"]
    random = numpy.random.default_rng(4)
    said = [" ".join(random.choice(words, 5)) for _ in range(120)]
    labels = NAMES[[("good" in text) + ("bad" in text) for text in said]]
    with open(path, "wb") as file:
        pickle.dump(make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(said, labels), file)
    write_csv(os.path.join(folder, "rows.csv"), ["said"], [[text] for text in said])
    return {}


def networks(question):
    """All networks of a framework, with the rows that they are fed. Their weights are random: what is compared is the export."""
    folder = question["folder"]
    random = numpy.random.default_rng(5)
    write_csv(os.path.join(folder, "rows.csv"), [f"p{at}" for at in range(64)], random.random((70, 64), dtype="float32"))
    return globals()["networks_of_" + question["framework"]](folder)


NETWORK = """
import torch

def build():
    torch.manual_seed(1)
    layers = torch.nn
    net = layers.Sequential(
        layers.Conv2d(1, 4, 3), layers.BatchNorm2d(4), layers.ReLU(), layers.Flatten(), layers.Dropout(0.5), layers.Linear(144, 3)
    )
    return net, torch.rand(2, 1, 8, 8)

def wrong():
    return torch.nn.Linear(64, 3), torch.rand(2, 64)

def nothing():
    return build()[0]
"""


def networks_of_torch(folder):
    import runpy

    import torch
    from safetensors.torch import save_file

    with open(os.path.join(folder, "net.py"), "w", encoding="utf-8") as file:
        file.write(NETWORK)
    net, example = runpy.run_path(os.path.join(folder, "net.py"))["build"]()
    net(torch.rand(16, 1, 8, 8))  # so that batch normalisation has seen something
    net.eval()
    torch.save(net.state_dict(), os.path.join(folder, "weights.pt"))
    torch.save({"epoch": 3, "state_dict": net.state_dict()}, os.path.join(folder, "checkpoint.pth"))
    save_file(net.state_dict(), os.path.join(folder, "weights.safetensors"))
    batch = ({0: torch.export.Dim.DYNAMIC},)
    torch.export.save(torch.export.export(net, (example,), dynamic_shapes=batch), os.path.join(folder, "net.pt2"))
    torch.jit.trace(torch.nn.Sequential(torch.nn.Unflatten(1, (1, 8, 8)), net), torch.rand(2, 64)).save(os.path.join(folder, "script.pt"))
    return {}


def networks_of_transformers(folder):
    import transformers

    random = numpy.random.default_rng(6)
    names = [f"t{at}" for at in range(12)] + [f"m{at}" for at in range(12)]
    table = numpy.concatenate([random.integers(0, 50, (70, 12)), numpy.ones((70, 12), "int64")], axis=1)
    table[::3, 20:] = 0
    write_csv(os.path.join(folder, "rows.csv"), names, table)
    config = transformers.BertConfig(
        vocab_size=50, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32, num_labels=3
    )
    transformers.BertForSequenceClassification(config).save_pretrained(os.path.join(folder, "bert"))
    return {}


def networks_of_keras(folder):
    import keras
    import tensorflow

    layers = keras.layers
    net = keras.Sequential(
        [
            layers.Input((8, 8, 1), name="image"),
            layers.Conv2D(4, 3, activation="relu"),
            layers.BatchNormalization(),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(3, activation="softmax", name="probabilities"),
        ]
    )
    net.save(os.path.join(folder, "net.keras"))
    net.save(os.path.join(folder, "net.h5"))
    net.export(os.path.join(folder, "saved"), verbose=False)
    with open(os.path.join(folder, "net.tflite"), "wb") as file:
        file.write(tensorflow.lite.TFLiteConverter.from_keras_model(net).convert())
    return {}


def differences(question):
    """How far each output of the exported model, run here, is from what the child recorded of the source."""
    session = onnxruntime.InferenceSession(question["model"])
    feeds = {}
    for name, file in question["inputs"].items():
        feeds[name] = texts_of(file) if file.endswith(".jsonl") else numpy.load(file)
        shape = next(each.shape for each in session.get_inputs() if each.name == name)
        if len(shape) != feeds[name].ndim:
            feeds[name] = feeds[name].reshape([len(feeds[name])] + shape[1:])
    given = dict(zip([each.name for each in session.get_outputs()], session.run(None, feeds)))
    found = {}
    for name, file in question["outputs"].items():
        recorded = numpy.load(file)
        if recorded.dtype.kind in "fc":
            found[name] = float(numpy.abs(given[name].reshape(recorded.shape) - recorded).max())
        else:
            found[name] = float((given[name].reshape(recorded.shape).astype(recorded.dtype) != recorded).mean())
    return found


def outputs_of_fixed_rows(question):
    """The outputs that are declared to have so many rows and no others."""
    session = onnxruntime.InferenceSession(question["model"])
    return [each.name for each in session.get_outputs() if isinstance(each.shape[0], int)]


def texts_of(file):
    with open(file, encoding="utf-8") as lines:
        return numpy.array([json.loads(line) for line in lines], dtype=object)
