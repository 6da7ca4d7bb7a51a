# Random graphs, quantised by ONNX Runtime's own quantiser, and the comparison with ours.
import contextlib
import io
import logging
import os
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnxruntime.capi import _pybind_state
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantType, quantize_dynamic, quantize_static
import onnxruntime.quantization.calibrate as calibration
from onnxruntime.quantization.calibrate import create_calibrator, load_tensors_data
from onnxruntime.quantization.registry import QDQRegistry, QLinearOpsRegistry

logging.disable(logging.WARNING)
onnxruntime.set_default_logger_severity(4)


def entropy_in_doubles(pk, qk, base=None, axis=0):
    """In single precision, rounding decides between thresholds that are equally good."""
    pk, qk = np.asarray(pk, np.float64), np.asarray(qk, np.float64)
    pk, qk = pk / pk.sum(), qk / qk.sum()
    return np.sum(pk * np.log(pk / qk))


calibration.entropy = entropy_in_doubles


class Maker:
    """A graph of a few layers, each of them drawn at random."""

    def __init__(self, seed, tame=False, wide=False):
        self.tame, self.wide = tame, wide
        self.random = np.random.default_rng(seed)
        self.nodes, self.initializers, self.inputs, self.feeds = [], [], [], {}
        self.values, self.domains = [], {}
        self.count = 0

    def name(self, kind):
        self.count += 1
        return f"{kind}{self.count}"

    def weight(self, *shape):
        kind = self.random.integers(5 if self.tame else 8)
        values = self.random.normal(0, 10.0 ** self.random.uniform(*((-2, 0) if self.tame else (-4, 3))), shape)
        if kind == 0:
            values = np.abs(values)
        elif kind == 1:
            values = -np.abs(values)
        elif kind == 2:
            values = np.zeros(shape)
        elif kind == 3:
            values[..., 0] = 0
        elif kind == 4:
            values = np.round(values, 1)
        elif kind == 5:
            values = np.where(self.random.random(shape) < 0.05, 100 * values, values)
        name = self.name("w")
        values = values.astype(np.float32)
        if self.random.random() < 0.5:
            tensor = numpy_helper.from_array(values, name)
        else:
            tensor = helper.make_tensor(name, TensorProto.FLOAT, shape, values.ravel().tolist())
        self.initializers.append(tensor)
        return name

    def bias(self, count):
        """A bias, now and then one that takes more than 32 bits beside weights of 8."""
        name = self.weight(count)
        if self.wide and self.random.random() < 0.2:
            large = numpy_helper.to_array(self.initializers[-1]) * np.float32(1e7)
            self.initializers[-1] = numpy_helper.from_array(large, name)
        return name

    def node(self, operator, inputs, **attributes):
        output = self.name("v")
        label = self.name(operator.lower() + "_") if self.random.random() < 0.8 else ""
        self.nodes.append(helper.make_node(operator, inputs, [output], name=label, **attributes))
        return output

    def matmul(self, value, width, rank):
        to = int(self.random.integers(1, 9))
        return self.node("MatMul", [value, self.weight(width, to)]), to

    def gemm(self, value, width):
        to = int(self.random.integers(1, 9))
        inputs = [value]
        turned = bool(self.random.integers(2))
        inputs.append(self.weight(to, width) if turned else self.weight(width, to))
        if self.random.random() < 0.7:
            inputs.append(self.weight(to))
        attributes = {"transB": 1} if turned else {}
        if self.random.random() < 0.2:
            attributes["alpha"] = 0.5
        return self.node("Gemm", inputs, **attributes), to

    def vectors(self):
        rows, width = int(self.random.integers(1, 6)), int(self.random.choice([1, 3, 8, 16, 33, 70]))
        value = self.input("x", [rows, width])
        for _ in range(int(self.random.integers(1, 5))):
            kind = self.random.integers(6)
            if kind == 0:
                value, width = self.matmul(value, width, 2)
            elif kind == 5:
                value = self.branches(value, width)
            elif kind in (1, 2):
                value, width = self.gemm(value, width)
            elif kind == 3:
                value = self.node("Relu", [value])
            else:
                both = self.node("MatMul", [value, self.weight(width, width)])
                value = self.node("Add", [value, both])
        return value

    def branches(self, value, width):
        """What is quantised of the graphs inside a node: nothing, though they read weights and values of the graph around it."""
        weight, total, zero = self.weight(width, width), self.node("ReduceSum", [value], keepdims=0), self.constant(np.float32(0))
        graphs = {}
        for name, node in (("then_branch", ("MatMul", [value, weight])), ("else_branch", ("Relu", [value]))):
            inside = self.name("inside")
            output = helper.make_tensor_value_info(inside, TensorProto.FLOAT, None)
            graphs[name] = helper.make_graph([helper.make_node(*node, [inside])], name, [], [output])
        if self.random.random() < 0.5:
            value = self.node("MatMul", [value, weight])
        made = self.node("If", [self.node("Greater", [total, zero])], **graphs)
        self.values.append(helper.make_tensor_value_info(made, TensorProto.FLOAT, None))
        return self.node("Add", [value, made])

    def embeddings(self):
        """The first layer of BERT, as ONNX Runtime's optimiser writes it."""
        self.domains["com.microsoft"] = 1
        length, width, words = 4, int(self.random.integers(1, 9)), int(self.random.integers(2, 9))
        segments, mask = self.random.random() < 0.5, self.random.random() < 0.5
        names = ["ids"] + ["segments"] * segments + ["mask"] * mask
        for name, most in zip(names, [words] + [2] * segments + [2] * mask):
            self.inputs.append(helper.make_tensor_value_info(name, TensorProto.INT32, ["N", length]))
            self.feeds[name] = self.random.integers(0, most, [2, length]).astype(np.int32)
        inputs = ["ids", "segments" if segments else "", self.weight(words, width), self.weight(length + 1, width)]
        inputs += [self.weight(2, width) if segments else "", self.weight(width), self.weight(width)] + ["mask"] * mask
        outputs = [self.name("v") for _ in range(2)]
        label = self.name("embed") if self.random.random() < 0.8 else ""
        self.nodes.append(helper.make_node("EmbedLayerNormalization", inputs, outputs, name=label, domain="com.microsoft", epsilon=1e-5))
        return self.matmul(outputs[0], width, 3)[0]

    def images(self):
        channels, size, dims = int(self.random.integers(1, 5)), int(self.random.integers(5, 9)), int(self.random.integers(1, 3))
        value = self.input("x", [2, channels] + [size] * dims)
        for _ in range(int(self.random.integers(1, 3))):
            group = channels if self.random.random() < 0.3 else 1
            to = channels * int(self.random.integers(1, 3))
            inputs = [value, self.weight(to, channels // group, *[3] * dims)]
            if self.random.random() < 0.6:
                inputs.append(self.weight(to))
            value = self.node("Conv", inputs, group=group, pads=[1] * 2 * dims)
            value = self.node("Relu", [value])
            channels = to
        return self.node("Flatten", [value])

    def layers(self):
        """Images through the operators that meet products in real models."""
        channels, size = int(self.random.choice([2, 4])), 8
        value = self.input("x", [1, channels, size, size])
        for _ in range(int(self.random.integers(1, 4))):
            if size < 4:
                break
            kind = self.random.integers(12)
            if kind <= 2:
                to = 2 * int(self.random.integers(1, 3))
                inputs = [value, self.weight(to, channels, 3, 3)]
                if self.random.random() < 0.7:
                    inputs.append(self.bias(to))
                value, channels = self.node("Conv", inputs, pads=[1, 1, 1, 1]), to
                if self.random.random() < 0.7:
                    value = self.node("Relu", [value])
            elif kind == 3:
                value, size = self.node("MaxPool", [value], kernel_shape=[2, 2], strides=[2, 2]), size // 2
            elif kind == 4:
                value, size = self.node("AveragePool", [value], kernel_shape=[2, 2], strides=[2, 2]), size // 2
            elif kind == 5:
                value = self.node(str(self.random.choice(["Add", "Mul"])), [value, self.weight(1, channels, 1, 1)])
            elif kind == 6:
                value = self.node("Add", [value, self.node("Sigmoid", [value])])
            elif kind == 7:
                value, channels = self.node("Concat", [value, self.node("LeakyRelu", [value])], axis=1), 2 * channels
            elif kind == 8:
                ends = [self.constant(np.float32(0)), self.constant(np.float32(6))]
                value = self.node("Clip", [value] + ends)
            elif kind == 9:
                value = self.node("Pad", [value, self.constant(np.array([0, 0, 1, 1, 0, 0, 1, 1]))])
                size += 2
            elif kind == 10:
                to = 2
                inputs = [value, self.weight(channels, to, 2, 2), self.weight(to)]
                value, channels = self.node("ConvTranspose", inputs, strides=[2, 2]), to
                size *= 2
            else:
                value = self.node("Transpose", [self.node("Transpose", [value], perm=[0, 1, 3, 2])], perm=[0, 1, 3, 2])
        value = self.node("Flatten", [self.node("GlobalAveragePool", [value])])
        value = self.node("Gemm", [value, self.weight(channels, 3), self.bias(3)])
        return self.node("Softmax", [value], axis=1) if self.random.random() < 0.5 else value

    def constant(self, value):
        name = self.name("c")
        self.initializers.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def words(self):
        rows, length, tokens, width = 2, 4, int(self.random.integers(3, 9)), int(self.random.integers(2, 9))
        value = self.input("ids", [rows, length], tokens)
        value = self.node("Gather", [self.weight(tokens, width), value], axis=0)
        if self.random.random() < 0.5:
            turned = self.node("Transpose", [value], perm=[0, 2, 1])
            value = self.node("Transpose", [turned], perm=[0, 2, 1])
        if self.random.random() < 0.5:
            value = self.node("Mul", [value, value])
        value, width = self.matmul(value, width, 3)
        return value

    def states(self):
        steps, rows, width, hidden = 3, 2, int(self.random.integers(1, 6)), int(self.random.integers(1, 5))
        both = bool(self.random.integers(2))
        directions = 2 if both else 1
        value = self.input("x", [steps, rows, width])
        inputs = [value, self.weight(directions, 4 * hidden, width), self.weight(directions, 4 * hidden, hidden)]
        if self.random.random() < 0.7:
            inputs.append(self.weight(directions, 8 * hidden))
        direction = "bidirectional" if both else "forward"
        return self.node("LSTM", inputs, hidden_size=hidden, direction=direction)

    def input(self, name, shape, tokens=0):
        open_shape = ["N"] + shape[1:]
        if tokens:
            self.inputs.append(helper.make_tensor_value_info(name, TensorProto.INT64, open_shape))
            self.feeds[name] = self.random.integers(0, tokens, shape)
        else:
            kept = shape if len(shape) == 3 and shape[0] == 3 else open_shape
            self.inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, kept))
            self.feeds[name] = self.random.normal(0, 1, shape).astype(np.float32)
        return name

    def model(self):
        kinds = [self.vectors, self.vectors, self.images, self.words, self.states, self.layers, self.layers]
        output = (kinds if self.tame else kinds + [self.embeddings])[self.random.integers(7 if self.tame else 8)]()
        outputs = [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)]
        graph = helper.make_graph(self.nodes, "random", self.inputs, outputs, self.initializers, value_info=self.values)
        opset = int(self.random.choice([13, 17, 20] if self.tame else [11, 13, 17, 20]))
        opsets = {"": opset, **self.domains}
        return helper.make_model(graph, opset_imports=[helper.make_opsetid(*each) for each in opsets.items()], ir_version=8)


def hidden(model, random):
    """The same, in every second graph with some weights in nodes, which ONNX Runtime's optimiser takes out again."""
    made = onnx.ModelProto()
    made.CopyFrom(model)
    if random.random() < 0.5:
        return made
    for tensor in model.graph.initializer:
        if tensor.data_type == TensorProto.FLOAT and random.random() < 0.5:
            made.graph.initializer.remove(next(t for t in made.graph.initializer if t.name == tensor.name))
            made.graph.node.insert(0, helper.make_node("Constant", [], [tensor.name], value=tensor))
    return made


def original(folder):
    """The model as ONNX Runtime's quantiser wants it, with all weights among the graph's tensors."""
    plain = os.path.join(folder, "plain.onnx")
    return plain if os.path.exists(plain) else os.path.join(folder, "model.onnx")


def make(question):
    """Writes the graph of a seed, and, if asked, how ONNX Runtime quantises it dynamically."""
    maker = Maker(question["seed"], question.get("tame", False), question.get("wide", False))
    model = maker.model()
    folder = question["folder"]
    onnx.save(model, os.path.join(folder, "plain.onnx"))
    onnx.save(hidden(model, maker.random), os.path.join(folder, "model.onnx"))
    np.savez(os.path.join(folder, "feeds.npz"), **maker.feeds)
    return dynamic(question) if "perChannel" in question else {}


def dynamic(question):
    """How ONNX Runtime quantises the model in the folder dynamically."""
    folder = question["folder"]
    quantize_dynamic(
        original(folder),
        os.path.join(folder, "theirs.onnx"),
        per_channel=question["perChannel"],
        reduce_range=question["reducedRange"],
        weight_type=QuantType.QInt8,
    )
    return {}


class Rows(CalibrationDataReader):
    """Random rows of a graph's inputs, one at a time."""

    def __init__(self, maker, seed, count, single=False):
        random = np.random.default_rng(seed)
        self.rows = []
        for _ in range(count):
            feeds = {}
            for name, value in maker.feeds.items():
                is_open = not (value.ndim == 3 and value.shape[0] == 3)
                value = value[:1] if single and is_open else value
                if value.dtype == np.int64:
                    feeds[name] = random.integers(0, value.max() + 1, value.shape)
                else:
                    feeds[name] = (random.normal(0, 1, value.shape) * 10 ** random.uniform(-1, 1)).astype(np.float32)
            self.rows.append(feeds)
        self.left = iter(self.rows)

    @staticmethod
    def of(rows):
        made = Rows.__new__(Rows)
        made.rows, made.left = rows, iter(rows)
        return made

    def get_next(self):
        return next(self.left, None)


def static(question):
    """How ONNX Runtime quantises the graph of a seed statically; the answer is what it calibrated."""
    folder = question["folder"]
    make({"seed": question["seed"], "folder": folder, "tame": True, "wide": True})
    maker = Maker(question["seed"], True, True)
    maker.model()
    rows = Rows(maker, question["seed"], 3)
    cache = os.path.join(folder, "ranges.json")
    if os.path.exists(cache):
        os.remove(cache)
    symmetric = question["symmetric"]
    quantize_static(
        original(folder),
        os.path.join(folder, "theirs.onnx"),
        rows,
        per_channel=question["perChannel"],
        reduce_range=question["reducedRange"],
        activation_type=QuantType.QInt8,
        weight_type=QuantType.QInt8,
        extra_options={"ActivationSymmetric": symmetric},
        calibration_cache_path=cache,
    )
    return {"ranges": ranges_of(cache)}


def calibrate(question):
    """The ranges that ONNX Runtime's calibrators find on random rows, and those rows."""
    folder = question["folder"]
    make({"seed": question["seed"], "folder": folder, "tame": True})
    maker = Maker(question["seed"], True)
    model = maker.model()
    rows = Rows(maker, question["seed"], 4, single=True)
    method = CalibrationMethod[question["method"]]
    operators = sorted(set(QLinearOpsRegistry) | set(QDQRegistry))
    calibrator = create_calibrator(
        original(folder),
        operators,
        os.path.join(folder, "augmented.onnx"),
        calibrate_method=method,
        extra_options={"symmetric": question["symmetric"], "percentile": question["percentile"]},
    )
    if all(node.op_type not in operators for node in model.graph.node):
        return {"ranges": {}, "rows": []}
    with contextlib.redirect_stdout(io.StringIO()):
        if question["atOnce"]:
            calibrator.collect_data(rows)
        else:
            for feeds in rows.rows:
                calibrator.collect_data(Rows.of([feeds]))
        data = calibrator.compute_data()
    ranges = {name: [float(np.ravel(end)[0]) for end in data[name].range_value] for name in data.keys()}
    order = [value.name for value in model.graph.input]
    return {"ranges": ranges, "rows": [[feeds[name].ravel().tolist() for name in order] for feeds in rows.rows]}


def ranges_of(cache):
    loaded = load_tensors_data(Path(cache))
    return {name: [float(np.ravel(end)[0]) for end in loaded[name].range_value] for name in loaded.keys()}


def unpacked(packed, bits, rows):
    """The integers of the rows that a matrix has; kernels leave what they find in those that only fill up the last block."""
    columns = packed.shape[0]
    flat = packed.reshape(columns, -1)
    if bits == 4:
        flat = np.stack([flat & 15, flat >> 4], axis=-1).reshape(columns, -1)
    return flat[:, :rows]


def blocks(question):
    """Whether ours has the packed integers, scales and zero points of ONNX Runtime's kernels, and comes close to the original."""
    folder, bits, size, symmetric = question["folder"], question["bits"], question["blockSize"], question["symmetric"]
    theirs, ours = onnx.load(original(folder)), onnx.load(os.path.join(folder, "ours.onnx"))
    weights = {t.name: numpy_helper.to_array(t) for t in theirs.graph.initializer}
    mine = {t.name: numpy_helper.to_array(t) for t in ours.graph.initializer}
    differing, compared = [], 0
    quantize = _pybind_state.quantize_matmul_4bits if bits == 4 else _pybind_state.quantize_matmul_8bits
    for node in theirs.graph.node:
        wanted = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        plain = wanted.get("alpha", 1.0) == 1.0
        if node.op_type not in ("MatMul", "Gemm") or node.input[1] not in weights or not plain:
            continue
        name = node.input[1]
        matrix = weights[name]
        if wanted.get("transB", 0):
            matrix = matrix.T
        if matrix.ndim != 2:
            continue
        rows, columns = matrix.shape
        count = (rows + size - 1) // size
        padded = np.pad(matrix, ((0, count * size - rows), (0, 0))).astype(np.float32)
        packed = np.zeros((columns, count, size * bits // 8), np.uint8)
        zeros = np.zeros((columns, (count * bits + 7) // 8), np.uint8)
        scales = np.zeros((columns, count), np.float32)
        quantize(packed, np.ascontiguousarray(padded), scales, zeros, size, columns, rows, symmetric)
        pairs = [(f"{name}_scales", scales)]
        compared += 1
        if not np.array_equal(unpacked(mine[f"{name}_Q{bits}"], bits, rows), unpacked(packed, bits, rows)):
            differing.append(f"{name}_Q{bits}: {mine[f'{name}_Q{bits}']} is not {packed} for {matrix}")
        if not symmetric:
            pairs.append((f"{name}_zero_points", zeros))
        for key, value in pairs:
            compared += 1
            if key not in mine or mine[key].shape != value.shape or mine[key].tobytes() != value.tobytes():
                differing.append(f"{key}: {mine.get(key)} is not {value} for {matrix.shape} {matrix}")
    session = onnxruntime.InferenceSession(os.path.join(folder, "ours.onnx"), providers=["CPUExecutionProvider"])
    session.run(None, dict(np.load(os.path.join(folder, "feeds.npz"))))
    return {"differing": differing, "compared": compared}


def halves(question):
    """Whether ours is a well-typed model whose weights are NumPy's halves, and what comes out is near the original's."""
    folder = question["folder"]
    theirs, ours = onnx.load(original(folder)), onnx.load(os.path.join(folder, "ours.onnx"))
    onnx.shape_inference.infer_shapes(ours, check_type=True, strict_mode=True)
    mine = {t.name: numpy_helper.to_array(t) for t in ours.graph.initializer}
    differing, compared = [], 0
    for tensor in theirs.graph.initializer:
        half = mine.get(tensor.name + "_fp16")
        if half is not None:
            compared += 1
            wanted = numpy_helper.to_array(tensor).astype(np.float16)
            if half.dtype != np.float16 or half.tobytes() != wanted.tobytes():
                differing.append(f"{tensor.name}: {half} is not {wanted}")
    results = outputs(folder, "model.onnx", "ours.onnx")
    largest = np.abs(results[0]).max()
    if results[0].dtype != results[1].dtype:
        differing.append("the type of the output changed")
    elif np.isfinite(results[1]).all() and largest < 6e4 and np.abs(results[0] - results[1]).max() > 0.05 * max(largest, 1):
        differing.append(f"outputs {results[1]} are far from {results[0]}")
    singles = [node for node in ours.graph.node if node.op_type in question["kept"]]
    casts = sum(node.op_type == "Cast" for node in ours.graph.node)
    return {"differing": differing, "compared": compared, "kept": len(singles), "casts": casts}


def outputs(folder, *names):
    """The first output of each of these models on the feeds in the folder."""
    feeds = dict(np.load(os.path.join(folder, "feeds.npz")))
    results = []
    for name in names:
        session = onnxruntime.InferenceSession(os.path.join(folder, name), providers=["CPUExecutionProvider"])
        results.append(session.run(None, feeds)[0])
    return results


def cosines(question):
    """Between what the model in the folder answers to each row and what both quantised ones answer."""
    wanted, *found = (rows.astype(np.float64) for rows in outputs(question["folder"], "model.onnx", "ours.onnx", "theirs.onnx"))
    lengths = [np.linalg.norm(rows, axis=1) for rows in (wanted, *found)]
    ours, theirs = ((wanted * rows).sum(1) / (lengths[0] * length) for rows, length in zip(found, lengths[1:]))
    return {"ours": ours.tolist(), "theirs": theirs.tolist()}


def compare(question):
    """Whether ours has their integers, scales and zero points, and gives their outputs."""
    folder = question["folder"]
    ours, theirs = (onnx.load(os.path.join(folder, name)) for name in ("ours.onnx", "theirs.onnx"))
    mine, wanted = ({t.name: t for t in m.graph.initializer} for m in (ours, theirs))
    differing, compared = [], 0
    for name, tensor in wanted.items():
        if not name.endswith(("_quantized", "_scale", "_zero_point")):
            continue
        name_of_ours = name.replace("_Transposed", "")
        compared += 1
        if name_of_ours not in mine:
            differing.append(f"{name} is missing")
            continue
        a, b = numpy_helper.to_array(mine[name_of_ours]), numpy_helper.to_array(tensor)
        # The scale of a bias is one number there, in a list of one.
        if a.dtype != b.dtype or (b.size > 1 and a.shape != b.shape) or a.tobytes() != b.tobytes():
            differing.append(f"{name}: {a.dtype}{a.shape} {a.ravel()[:6]} is not {b.dtype}{b.shape} {b.ravel()[:6]}")
    if question.get("declared", False):
        # Theirs declares the shapes that inference finds, by which the runtime joins more operators: it then adds in another order.
        onnx.shape_inference.infer_shapes_path(os.path.join(folder, "ours.onnx"), os.path.join(folder, "declared.onnx"))
    results = outputs(folder, "declared.onnx" if question.get("declared", False) else "ours.onnx", "theirs.onnx")
    if not np.array_equal(results[0], results[1], equal_nan=True):
        differing.append(f"outputs differ by {np.abs(results[0] - results[1]).max()}")
    return {"differing": differing, "compared": compared}


def answer(question):
    return globals()[question["ask"]](question)
