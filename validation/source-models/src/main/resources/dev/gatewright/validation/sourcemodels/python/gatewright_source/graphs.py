# SPDX-License-Identifier: Apache-2.0
"""Small changes to ONNX models that converters made."""

from .problems import need


def named_outputs(model, names):
    """Gives the outputs these names, in order, so that each can be held against the source's output of that name."""
    graph = model.graph
    renamed = {output.name: name for output, name in zip(graph.output, names) if output.name != name}
    taken = {name for node in graph.node for name in node.output}
    for old, name in renamed.items():
        while name in taken:
            return model  # a value of that name lies inside: the outputs stay as they are
        for node in graph.node:
            for values in (node.input, node.output):
                for at, value in enumerate(values):
                    if value == old:
                        values[at] = name
    for output in graph.output:
        output.name = renamed.get(output.name, output.name)
    return model


def save(model, path):
    onnx = need(onnx="onnx")
    onnx.save_model(model, path)


def opset(request, highest):
    """The operator set that was asked for, or the newest that the converter knows and ONNX Runtime has long run."""
    return request.get("opset") or highest
