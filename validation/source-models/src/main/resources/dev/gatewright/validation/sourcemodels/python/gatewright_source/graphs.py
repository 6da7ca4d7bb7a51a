# SPDX-License-Identifier: Apache-2.0
"""Small changes to ONNX models that converters made."""

from .problems import need


def named_outputs(model, names):
    """Gives the outputs these names, in order, so that each can be held against the source's output of that name."""
    return _renamed(model, model.graph.output, names)


def named_inputs(model, names):
    """Gives the inputs these names, in order."""
    return _renamed(model, model.graph.input, names)


def with_open_rows(model):
    """Opens the first axis of outputs that a converter declares to have one row, whatever is fed: a runtime holds them to it."""
    for value in model.graph.output:
        axes = value.type.tensor_type.shape.dim
        if axes and axes[0].dim_value == 1:
            axes[0].dim_param = "rows"
    return model


def _renamed(model, values, names):
    renamed = {value.name: name for value, name in zip(values, names) if value.name != name}
    taken = {name for node in model.graph.node for name in node.output}
    if taken & set(renamed.values()):
        return model  # a value of that name lies inside: all stay as they are
    for node in model.graph.node:
        for list_of in (node.input, node.output):
            for at, value in enumerate(list_of):
                list_of[at] = renamed.get(value, value)
    for value in values:
        value.name = renamed.get(value.name, value.name)
    return model


def save(model, path):
    onnx = need(onnx="onnx")
    onnx.save_model(model, path)


def opset(request, highest):
    """The operator set that was asked for, or the newest that the converter knows and ONNX Runtime has long run."""
    return request.get("opset") or highest
