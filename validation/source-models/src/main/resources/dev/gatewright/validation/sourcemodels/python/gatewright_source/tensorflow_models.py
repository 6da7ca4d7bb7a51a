# SPDX-License-Identifier: Apache-2.0
"""Models of Keras (.keras, .h5), TensorFlow (a SavedModel) and TensorFlow Lite."""

import numpy

from . import graphs, tensors
from .problems import SourceError, need


def open_source(request, inputs):
    tensorflow = need(tensorflow="tensorflow")
    return {"keras": Keras, "tensorflow": SavedModel, "tflite": Lite}[request["kind"]](tensorflow, request, list(inputs))


class Model:
    """What the three have in common: inputs by name or by position, outputs by name, conversion by tf2onnx."""

    unpickled = []

    def __init__(self, tensorflow, request):
        self.tensorflow = tensorflow
        self.request = request
        self.packages = ["tensorflow", "tf2onnx", "onnx"]
        if request["kind"] == "keras":
            self.packages.insert(1, "keras")

    def _matched(self, own, named):
        """The model's own inputs in the order of the spec's: by name, or by position where no name is the same."""
        if sorted(own) == sorted(named):
            return {name: name for name in named}
        if len(own) != len(named) or set(own) & set(named):
            raise SourceError(f"the model's inputs are {own}, and here are fed {named}", "write features with those names")
        return dict(zip(named, own))

    def _shaped(self, inputs):
        shaped = {}
        for name, tensor in inputs.items():
            shape, dtype = self.specs[name]
            tensor = tensors.row_shaped(name, tensor, shape, "the model")
            if tensor.dtype != dtype:
                raise SourceError(
                    f"input '{name}' is {dtype} in the model, and {tensor.dtype} here",
                    f"write model.source.types: {{{name}: {dtype}}}",
                )
            shaped[name] = numpy.ascontiguousarray(tensor)
        return shaped

    def export(self, path, inputs):
        tf2onnx = need(tf2onnx="tf2onnx", onnx="onnx")[0]
        made = self._convert(tf2onnx, graphs.opset(self.request, 17))
        graphs.named_inputs(made, list(inputs))
        graphs.save(graphs.named_outputs(made, self.outputs), path)

    def _signature(self):
        specs = self.tensorflow.TensorSpec
        return [specs((None, *shape), dtype, name=name) for name, (shape, dtype) in self.specs.items()]

    def _of_function(self, tf2onnx, function, opset):
        return tf2onnx.convert.from_function(
            self.tensorflow.function(function, input_signature=self._signature()),
            input_signature=self._signature(),
            opset=opset,
        )[0]


class Keras(Model):
    """A model that Keras saved. Layers of code (Lambda) are not loaded."""

    def __init__(self, tensorflow, request, named):
        super().__init__(tensorflow, request)
        keras = need(keras="keras")
        self.model = keras.saving.load_model(request["path"], compile=False)
        own = [each.name for each in self.model.inputs]
        matched = self._matched(own, named)
        by_name = {each.name: each for each in self.model.inputs}
        self.order = [name for each in own for name in named if matched[name] == each]
        self.specs = {name: (tuple(by_name[matched[name]].shape[1:]), str(by_name[matched[name]].dtype)) for name in self.order}
        self.outputs = list(getattr(self.model, "output_names", [self.model.layers[-1].name]))

    def _answer(self, values):
        answered = self.model(values if len(values) > 1 else values[0], training=False)
        if isinstance(answered, dict):
            return [answered[name] for name in self.outputs]
        return answered if isinstance(answered, (list, tuple)) else [answered]

    def predict(self, inputs):
        shaped = self._shaped(inputs)
        return {name: value.numpy() for name, value in zip(self.outputs, self._answer([shaped[name] for name in self.order]))}

    def _convert(self, tf2onnx, opset):
        return self._of_function(tf2onnx, lambda *values: self._answer(list(values)), opset)


class SavedModel(Model):
    """The signature serving_default of a SavedModel."""

    def __init__(self, tensorflow, request, named):
        super().__init__(tensorflow, request)
        self.loaded = tensorflow.saved_model.load(request["path"])
        if "serving_default" not in self.loaded.signatures:
            raise SourceError(
                f"the SavedModel has the signatures {sorted(self.loaded.signatures)}", "save it with the signature serving_default"
            )
        self.serve = self.loaded.signatures["serving_default"]
        own = self.serve.structured_input_signature[1]
        self.matched = self._matched(sorted(own), named)
        self.specs = {name: (tuple(own[self.matched[name]].shape[1:]), own[self.matched[name]].dtype.name) for name in named}
        self.outputs = sorted(self.serve.structured_outputs)

    def _answer(self, values):
        answered = self.serve(**{self.matched[name]: value for name, value in zip(self.specs, values)})
        return [answered[name] for name in self.outputs]

    def predict(self, inputs):
        shaped = self._shaped(inputs)
        values = [self.tensorflow.constant(shaped[name]) for name in self.specs]
        return {name: value.numpy() for name, value in zip(self.outputs, self._answer(values))}

    def _convert(self, tf2onnx, opset):
        return self._of_function(tf2onnx, lambda *values: self._answer(values), opset)


class Lite(Model):
    """A flat buffer, run by TensorFlow's own interpreter."""

    def __init__(self, tensorflow, request, named):
        super().__init__(tensorflow, request)
        self.interpreter = tensorflow.lite.Interpreter(model_path=request["path"])
        details = self.interpreter.get_input_details()
        if len(details) != len(named):
            raise SourceError(f"the model has {len(details)} inputs, and here are fed {named}", "feed as many as it takes, in its order")
        self.specs = {
            name: (tuple(int(axis) for axis in each["shape_signature"][1:]), numpy.dtype(each["dtype"]).name)
            for name, each in zip(named, details)
        }
        count = len(self.interpreter.get_output_details())
        self.outputs = ["output"] if count == 1 else [f"output_{at}" for at in range(count)]

    def predict(self, inputs):
        shaped = self._shaped(inputs)
        details = self.interpreter.get_input_details()
        for name, each in zip(self.specs, details):
            self.interpreter.resize_tensor_input(each["index"], shaped[name].shape)
        self.interpreter.allocate_tensors()
        for name, each in zip(self.specs, details):
            self.interpreter.set_tensor(each["index"], shaped[name])
        self.interpreter.invoke()
        found = [self.interpreter.get_tensor(each["index"]) for each in self.interpreter.get_output_details()]
        return {name: numpy.array(value) for name, value in zip(self.outputs, found)}

    def _convert(self, tf2onnx, opset):
        return tf2onnx.convert.from_tflite(self.request["path"], opset=opset)[0]
