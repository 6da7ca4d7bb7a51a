# SPDX-License-Identifier: Apache-2.0
"""Gradient boosting: what XGBoost and LightGBM save themselves, and pickles of their estimators."""

import os

import numpy

from . import graphs, scikit_learn
from .problems import SourceError, need

PICKLES = (".pkl", ".pickle", ".joblib", ".skops")


def open_source(request, inputs):
    library = request["kind"]
    need(**{library: library, "sklearn": "scikit-learn"})
    if len(inputs) != 1:
        raise SourceError(f"{library} takes one input, and here are {sorted(inputs)}", "feed all columns to one input")
    if request["path"].endswith(PICKLES):
        model, unpickled = scikit_learn.load(request["path"])
        source = scikit_learn.Estimator(request, model, unpickled)
        source.packages = source.packages + [library, "onnxmltools"]
        source.weights = lambda: trees(model)
        return source
    return XGBoost(request) if library == "xgboost" else LightGBM(request)


def trees(model):
    """How many trees answer, which are not those after the best iteration; nothing where the model is none of theirs."""
    if hasattr(model, "get_booster"):
        try:
            rounds = model.best_iteration + 1
        except AttributeError:  # it was trained to its end
            rounds = model.get_booster().num_boosted_rounds()
        return {"trees": len(model.get_booster()[:rounds].get_dump())}
    booster = getattr(model, "booster_", model)
    if not hasattr(booster, "num_model_per_iteration"):
        return None
    rounds = booster.best_iteration if booster.best_iteration > 0 else booster.current_iteration()
    return {"trees": rounds * booster.num_model_per_iteration()}


class XGBoost(scikit_learn.Estimator):
    """A model that save_model wrote. It names no classes: their numbers stand for their order."""

    packages = ["xgboost", "onnxmltools", "skl2onnx", "onnx"]

    def __init__(self, request):
        xgboost = need(xgboost="xgboost")
        is_classifier = request["task"] != "regression"
        model = xgboost.XGBClassifier() if is_classifier else xgboost.XGBRegressor()
        model.load_model(request["path"])
        super().__init__(request, model, [])
        self.classes = None  # they are numbers

    def weights(self):
        return trees(self.model)


class LightGBM:
    """A booster that save_model wrote as text."""

    packages = ["lightgbm", "onnxmltools", "skl2onnx", "onnx"]
    unpickled = []

    def __init__(self, request):
        lightgbm = need(lightgbm="lightgbm")
        self.request = request
        self.booster = lightgbm.Booster(model_file=request["path"])
        self.is_classifier = request["task"] != "regression"
        self.columns = request["inputs"][0]["columns"]
        taken = self.booster.num_feature()
        if taken != len(self.columns):
            raise SourceError(
                f"'{os.path.basename(request['path'])}' was trained with {taken} columns, and is fed {len(self.columns)}",
                "select the columns of the training, in its order",
            )

    def predict(self, inputs):
        ((_, rows),) = inputs.items()
        answered = self.booster.predict(numpy.asarray(rows))
        if not self.is_classifier:
            return {"value": answered.reshape(len(rows), -1)}
        if answered.ndim == 1:
            answered = numpy.stack([1 - answered, answered], axis=1)
        return {"label": answered.argmax(axis=1), "probabilities": answered}

    def weights(self):
        return trees(self.booster)

    def export(self, path, inputs):
        onnxmltools, types = need(
            onnxmltools="onnxmltools", onnxmltools__convert__common__data_types="onnxmltools", onnx="onnx"
        )[:2]
        ((name, tensor),) = inputs.items()
        converted = onnxmltools.convert_lightgbm(
            self.booster,
            initial_types=[(name, types.FloatTensorType([None, tensor.shape[1]]))],
            target_opset=graphs.opset(self.request, 15),
            zipmap=False,
        )
        names = list(self.predict({name: tensor[:1]}))
        graphs.save(graphs.named_outputs(graphs.with_open_rows(converted), names), path)
