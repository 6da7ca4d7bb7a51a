# SPDX-License-Identifier: Apache-2.0
"""Modules of PyTorch: a function with a checkpoint, an exported program (.pt2), TorchScript."""

import os
import zipfile

import numpy

from . import child, graphs, tensors
from .problems import SourceError, need


def open_source(request, inputs):
    torch = need(torch="torch")
    path = request.get("path")
    if request.get("load"):
        model, example = from_function(torch, request["load"])
        unpickled = load_weights(torch, model, path) if path else []
        return Module(torch, request, model, example, unpickled)
    if path.endswith(".pt2"):
        program = torch.export.load(path)
        args, kwargs = program.example_inputs
        return Program(torch, request, program.module(), kwargs or tuple(args), [path], program)
    if not is_torchscript(path):
        raise SourceError(
            f"'{os.path.basename(path)}' is no TorchScript, and weights alone are no model",
            "write model.source.load: module:function with a function that returns the model and example inputs",
        )
    return Script(torch, request, torch.jit.load(path, map_location="cpu"), None, [path])


def is_torchscript(path):
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return any(name.endswith("/constants.pkl") for name in archive.namelist())


def from_function(torch, named):
    made = child.function(named)()
    if not (isinstance(made, tuple) and len(made) == 2 and isinstance(made[0], torch.nn.Module)):
        raise SourceError(
            f"'{named}' returned {type(made).__name__}, expected a module and example inputs",
            "return (model, example), where example is a tensor, a tuple of tensors, or a dictionary of them by the input's name",
        )
    model, example = made
    return model, (example,) if isinstance(example, torch.Tensor) else example


def load_weights(torch, model, path):
    """Puts the checkpoint's weights into the model, all of them and no other; which files are pickles."""
    if path.endswith(".safetensors"):
        state, unpickled = need(safetensors__torch="safetensors").load_file(path), []
    else:
        state, unpickled = torch.load(path, map_location="cpu", weights_only=True), [path]
        inner = [key for key in ("state_dict", "model_state_dict", "model") if isinstance(state.get(key), dict)]
        state = state[inner[0]] if len(inner) == 1 else state
    try:
        model.load_state_dict(state)
    except RuntimeError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        raise SourceError(
            f"the weights in '{os.path.basename(path)}' are not those of the model: {' '.join(lines[1:4])[:400]}",
            "name the checkpoint that the model's training wrote",
        ) from None
    return unpickled


class Module:
    """A module in evaluation mode, whatever mode it was left in."""

    def __init__(self, torch, request, model, example, unpickled):
        self.torch = torch
        self.request = request
        self.model = model.eval() if hasattr(model, "eval") and not self.is_fixed else model
        self.example = example
        self.unpickled = unpickled
        self.packages = ["torch", "onnx", "onnxscript"]

    is_fixed = False

    def weights(self):
        """The significant bits of the most precise matrix: fewer than a float's where it was rounded before."""
        together = 0
        for each in self.model.parameters():
            if each.dim() >= 2 and each.dtype == self.torch.float32:
                mantissas = each.detach().cpu().contiguous().numpy().view(numpy.int32) & 0x7FFFFF
                together |= int(numpy.bitwise_or.reduce(mantissas, axis=None))
        return {"bits": 24 - (together & -together).bit_length() + 1} if together else None

    def _fed(self, inputs):
        """The inputs as the module takes them: a tuple, or a dictionary where the example is one."""
        fed = {}
        for at, (name, tensor) in enumerate(inputs.items()):
            if tensor.dtype == object:
                raise SourceError(f"input '{name}' holds texts, which PyTorch does not take", "feed what the tokeniser makes of them")
            like = self._like(at, name)
            if like is not None:
                tensor = tensors.row_shaped(name, tensor, like.shape[1:], "the model's example")
            value = self.torch.from_numpy(numpy.array(tensor, order="C"))
            if like is not None and value.dtype != like.dtype:
                wanted = str(like.dtype).replace("torch.", "")
                raise SourceError(
                    f"input '{name}' is {wanted} in the model's example, and {tensor.dtype} here",
                    f"write model.source.types: {{{name}: {wanted}}}",
                )
            fed[name] = value
        return fed if isinstance(self.example, dict) else tuple(fed.values())

    def _like(self, at, name):
        if self.example is None:
            return None
        if isinstance(self.example, dict):
            if name not in self.example:
                raise SourceError(
                    f"the model's example has no input '{name}', but {sorted(self.example)}", "write features with those names"
                )
            return self.example[name]
        if at >= len(self.example):
            raise SourceError(f"the model takes {len(self.example)} inputs, and here is '{name}' beside them", "feed as many as it takes")
        return self.example[at]

    def _call(self, fed):
        return self.model(**fed) if isinstance(fed, dict) else self.model(*fed)

    def predict(self, inputs):
        with self.torch.no_grad():
            answered = outputs(self._call(self._fed(inputs)))
        return {name: value.detach().cpu().numpy() for name, value in answered.items()}

    def export(self, path, inputs):
        need(onnx="onnx", onnxscript="onnxscript")
        fed = self._fed(two_rows(inputs))
        names = list(self.predict(two_rows(inputs)))
        batch = {0: self.torch.export.Dim.DYNAMIC}
        flat = Flat(self.torch, self.model, list(fed) if isinstance(fed, dict) else None)
        self.torch.onnx.export(
            flat.module,
            tuple(fed.values()) if isinstance(fed, dict) else fed,
            path,
            input_names=list(inputs),
            output_names=names,
            opset_version=graphs.opset(self.request, 18),
            dynamic_shapes=(tuple(batch for _ in inputs),),
            dynamo=True,
            external_data=parameters(self.model) > MOST_INSIDE,
            verbose=False,
        )


MOST_INSIDE = 400_000_000  # parameters that a file of ONNX holds well under its 2 GB


def parameters(model):
    return sum(each.numel() for each in model.parameters())


def two_rows(inputs):
    """Two of the rows: one alone is a size that exporters take for a constant."""
    return {name: numpy.concatenate([tensor[:1], tensor[-1:]]) for name, tensor in inputs.items()}


def outputs(answered):
    """What a module answered, by name: its own where it has some."""
    if hasattr(answered, "items"):
        named = {key: value for key, value in answered.items() if hasattr(value, "detach")}
    elif isinstance(answered, (tuple, list)):
        named = {f"output_{at}": value for at, value in enumerate(answered)}
    else:
        named = {"output": answered}
    if not named or not all(hasattr(value, "detach") for value in named.values()):
        raise SourceError("the model answers with something that is no tensor", "let it return a tensor, or several")
    return named


class Flat:
    """A module that takes inputs one after the other and answers with plain tensors, as ONNX has them."""

    def __init__(self, torch, model, keywords):
        class Flattened(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.model = model

            def forward(self, *inputs):
                answered = self.model(**dict(zip(keywords, inputs))) if keywords else self.model(*inputs)
                values = tuple(outputs(answered).values())
                return values[0] if len(values) == 1 else values

        self.module = Flattened().eval()


class Program(Module):
    """An exported program: which axes are open was said when it was exported."""

    is_fixed = True

    def __init__(self, torch, request, model, example, unpickled, program):
        super().__init__(torch, request, model, example, unpickled)
        self.program = program

    def export(self, path, inputs):
        need(onnx="onnx", onnxscript="onnxscript")
        self.torch.onnx.export(
            self.program,
            (),
            path,
            input_names=list(inputs),
            output_names=list(self.predict(two_rows(inputs))),
            opset_version=graphs.opset(self.request, 18),
            dynamo=True,
            external_data=parameters(self.model) > MOST_INSIDE,
            verbose=False,
        )


class Script(Module):
    """TorchScript: a recording, with the mode in which it was made."""

    is_fixed = True

    def export(self, path, inputs):
        need(onnx="onnx")
        names = list(self.predict(two_rows(inputs)))
        self.torch.onnx.export(
            self.model,
            self._fed(two_rows(inputs)),
            path,
            input_names=list(inputs),
            output_names=names,
            opset_version=graphs.opset(self.request, 17),
            dynamic_axes={name: {0: "batch"} for name in [*inputs, *names]},
            dynamo=False,
        )
