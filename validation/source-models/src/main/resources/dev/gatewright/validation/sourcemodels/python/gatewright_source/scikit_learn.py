# SPDX-License-Identifier: Apache-2.0
"""Estimators and pipelines of scikit-learn: pickle, joblib, skops."""

import os

from . import graphs
from .problems import SourceError, need


def open_source(request, inputs):
    return Estimator(request, *load(request["path"]))


def load(path):
    """The estimator of a file, and which pickles were opened for it."""
    name = os.path.basename(path)
    if name.endswith(".skops"):
        skops = need(skops__io="skops")
        unknown = skops.get_untrusted_types(file=path)
        if unknown:
            raise SourceError(
                f"'{name}' holds types that skops does not trust: {', '.join(unknown)}",
                "save an estimator of scikit-learn's own types, or save it with joblib if you trust what made it",
            )
        return skops.load(path), []
    joblib = need(joblib="joblib", sklearn="scikit-learn")[0]
    return joblib.load(path), [path]


class Estimator:
    """What predict and predict_proba answer, under the names label, probabilities, scores and value."""

    packages = ["sklearn", "skl2onnx", "onnx"]

    def __init__(self, request, model, unpickled):
        need(sklearn="scikit-learn")
        self.request = request
        self.model = model
        self.unpickled = unpickled
        self.is_classifier = request["task"] != "regression"
        if not hasattr(model, "predict"):
            raise SourceError(
                f"'{os.path.basename(request['path'])}' holds a {type(model).__name__}, which does not predict",
                "save the fitted estimator or pipeline itself",
            )
        classes = getattr(model, "classes_", None)
        if self.is_classifier and classes is not None and not isinstance(classes, list):
            self.classes = [str(name) for name in classes.tolist()]

    def predict(self, inputs):
        rows = self._rows(inputs)
        if not self.is_classifier:
            return {"value": self.model.predict(rows).reshape(len(rows), -1)}
        outputs = {"label": self.model.predict(rows)}
        if hasattr(self.model, "predict_proba"):
            outputs["probabilities"] = self.model.predict_proba(rows)
        elif hasattr(self.model, "decision_function"):
            outputs["scores"] = self.model.decision_function(rows)
        return outputs

    def _rows(self, inputs):
        if len(inputs) > 1:
            pandas = need(pandas="pandas")
            frame = {}
            for name, tensor in inputs.items():
                if tensor.shape[1] != 1:
                    raise SourceError(f"input '{name}' has {tensor.shape[1]} columns beside other inputs", "feed one column an input")
                frame[name] = tensor[:, 0]
            return pandas.DataFrame(frame)
        ((_, tensor),) = inputs.items()
        names = getattr(self.model, "feature_names_in_", None)
        if names is not None and len(names) == tensor.shape[1]:
            columns = self.request["inputs"][0]["columns"]
            if list(names) != columns:
                raise SourceError(
                    f"the model was fitted with the columns {list(names)}, and is fed {columns}",
                    "select the columns in the order of the fit",
                )
            return need(pandas="pandas").DataFrame(tensor, columns=columns)
        # What works on texts takes a list of them, and not a table.
        return tensor[:, 0] if tensor.dtype == object and tensor.shape[1] == 1 and self._first_reads_texts() else tensor

    def _first_reads_texts(self):
        first = self.model.steps[0][1] if hasattr(self.model, "steps") else self.model
        return hasattr(first, "build_analyzer")

    def export(self, path, inputs):
        skl2onnx, types = need(skl2onnx="skl2onnx", skl2onnx__common__data_types="skl2onnx", onnx="onnx")[:2]
        boosters()
        arguments = {
            "initial_types": [(name, tensor_type(types, name, tensor)) for name, tensor in inputs.items()],
            "target_opset": {"": graphs.opset(self.request, 18), "ai.onnx.ml": 3},
        }
        options = texts_in_any_language()
        if self.is_classifier and hasattr(self.model, "predict_proba"):
            converted = skl2onnx.convert_sklearn(self.model, options={**options, id(self.model): {"zipmap": False}}, **arguments)
        elif self.is_classifier:
            converted = self._with_scores(skl2onnx, options, arguments)
        else:
            converted = skl2onnx.convert_sklearn(self.model, options=options, **arguments)
        names = list(self.predict({name: tensor[:1] for name, tensor in inputs.items()}))
        graphs.save(graphs.named_outputs(converted, names), path)

    def _with_scores(self, skl2onnx, options, arguments):
        """Some classifiers without probabilities know the option zipmap, and refuse to be asked without; others with."""
        try:
            own = {"zipmap": False, "raw_scores": True}
            return skl2onnx.convert_sklearn(self.model, options={**options, id(self.model): own}, **arguments)
        except NameError:
            own = {"raw_scores": True}
            return skl2onnx.convert_sklearn(self.model, options={**options, id(self.model): own}, **arguments)


def texts_in_any_language():
    """Lower case by a locale that each Linux has: the converter's own, en_US, is missing on many, and the model does not load."""
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

    return {vectorizer: {"locale": "C.UTF-8"} for vectorizer in (CountVectorizer, TfidfVectorizer)}


def boosters():
    """Teaches the converter what gradient boosting is, where those libraries are there."""
    import importlib.util

    if not importlib.util.find_spec("onnxmltools"):
        return
    from skl2onnx import update_registered_converter
    from skl2onnx.common.shape_calculator import (
        calculate_linear_classifier_output_shapes as of_classes,
        calculate_linear_regressor_output_shapes as of_numbers,
    )

    options = {"nocl": [True, False], "zipmap": [True, False, "columns"], "raw_scores": [True, False]}
    if importlib.util.find_spec("xgboost"):
        from onnxmltools.convert.xgboost.operator_converters.XGBoost import convert_xgboost
        from xgboost import XGBClassifier, XGBRegressor

        update_registered_converter(XGBClassifier, "XGBoostXGBClassifier", of_classes, convert_xgboost, options=options)
        update_registered_converter(XGBRegressor, "XGBoostXGBRegressor", of_numbers, convert_xgboost)
    if importlib.util.find_spec("lightgbm"):
        from lightgbm import LGBMClassifier, LGBMRegressor
        from onnxmltools.convert.lightgbm.operator_converters.LightGbm import convert_lightgbm

        update_registered_converter(LGBMClassifier, "LightGbmLGBMClassifier", of_classes, convert_lightgbm, options=options)
        update_registered_converter(
            LGBMRegressor, "LightGbmLGBMRegressor", of_numbers, convert_lightgbm, options={"split": None}
        )


def tensor_type(types, name, tensor):
    """The converter's type of an input."""
    by_type = {
        "float32": types.FloatTensorType,
        "float64": types.DoubleTensorType,
        "int64": types.Int64TensorType,
        "int32": types.Int32TensorType,
        "bool": types.BooleanTensorType,
        "object": types.StringTensorType,
    }
    if str(tensor.dtype) not in by_type:
        raise SourceError(f"input '{name}' is {tensor.dtype}, which the converter does not take", "feed float32, float64, int64 or text")
    return by_type[str(tensor.dtype)]([None, *tensor.shape[1:]])
