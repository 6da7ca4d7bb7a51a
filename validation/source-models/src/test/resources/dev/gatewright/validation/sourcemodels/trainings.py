# SPDX-License-Identifier: Apache-2.0
"""Trains small models and saves them as their users do; runs what was exported, as a second opinion."""

import json
import os

import numpy
import onnxruntime


def answer(question):
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


def texts_of(file):
    with open(file, encoding="utf-8") as lines:
        return numpy.array([json.loads(line) for line in lines], dtype=object)
