# SPDX-License-Identifier: Apache-2.0
"""Tensors in files: numbers and short texts as .npy without pickles, texts of any length as lines of JSON."""

import json
import os

import numpy

from .problems import SourceError


def read(spec):
    """The tensor of an input. Numbers are mapped, not read, so that memory does not grow with the rows."""
    if spec["file"].endswith(".npy"):
        return numpy.load(spec["file"], mmap_mode="r", allow_pickle=False)
    with open(spec["file"], encoding="utf-8") as lines:
        return numpy.array([json.loads(line) for line in lines], dtype=object)


def row_shaped(name, tensor, shape, why):
    """The tensor with rows of the wanted shape; values side by side are the row in row-major order."""
    shape = tuple(shape)
    if tensor.shape[1:] == shape:
        return tensor
    if tensor.ndim == 2 and all(n is not None and n >= 0 for n in shape) and tensor.shape[1] == _product(shape):
        return tensor.reshape((tensor.shape[0],) + shape)
    if len(shape) == tensor.ndim - 1 and all(w in (None, -1, h) for w, h in zip(shape, tensor.shape[1:])):
        return tensor
    raise SourceError(
        f"a row of input '{name}' has the shape {list(tensor.shape[1:])} in the data, and {list(shape)} in {why}",
        "save the data with the model's axes, or select as many columns as the model takes",
    )


def _product(numbers):
    product = 1
    for number in numbers:
        product *= number
    return product


class Outputs:
    """Outputs that come batch by batch and are written to .npy files of all rows."""

    def __init__(self, folder, rows):
        self.folder = folder
        self.rows = rows
        self.files = {}
        self.texts = {}
        self.at = 0

    def add(self, outputs):
        """Takes the outputs of the next rows, by name."""
        if self.at and set(outputs) != set(self.files) | set(self.texts):
            raise SourceError(f"the outputs changed between batches to {sorted(outputs)}", "give each batch the same outputs")
        count = None
        for name, value in outputs.items():
            value = numpy.asarray(value)
            if value.ndim == 0 or (count is not None and value.shape[0] != count):
                raise SourceError(
                    f"output '{name}' has the shape {list(value.shape)}, whose first axis is not the rows",
                    "let the model answer with one row of each output for each row of the inputs",
                )
            count = value.shape[0]
            if value.dtype.kind in "OSU":
                self.texts.setdefault(name, []).append(value.astype(str))
            else:
                self._write(name, value)
        self.at += count or 0

    def _write(self, name, value):
        if value.dtype.kind not in "fiub" or value.dtype.itemsize > 8:
            raise SourceError(f"output '{name}' holds {value.dtype}, which is no tensor of ONNX", "leave it out of the answer")
        if name not in self.files:
            path = os.path.join(self.folder, f"o{len(self.files) + len(self.texts)}.npy")
            little = value.dtype.newbyteorder("<")
            self.files[name] = numpy.lib.format.open_memmap(
                path, mode="w+", dtype=little, shape=(self.rows,) + value.shape[1:]
            )
        target = self.files[name]
        if target.shape[1:] != value.shape[1:] or self.at + value.shape[0] > self.rows:
            raise SourceError(
                f"output '{name}' has rows of the shape {list(value.shape[1:])} after rows of {list(target.shape[1:])},"
                f" or more than the {self.rows} that were asked",
                "let the model answer each row alike",
            )
        target[self.at : self.at + value.shape[0]] = value

    def close(self):
        """Writes what is left; the list of {name, file}."""
        if self.at != self.rows:
            raise SourceError(f"{self.at} rows were answered of {self.rows}", "let the model answer each row")
        listed = []
        for name, target in self.files.items():
            target.flush()
            listed.append({"name": name, "file": os.path.basename(target.filename)})
        for name, parts in self.texts.items():
            file = f"o{len(listed)}t.npy"
            numpy.save(os.path.join(self.folder, file), numpy.concatenate(parts), allow_pickle=False)
            listed.append({"name": name, "file": file})
        return listed
