// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;

import dev.gatewright.validation.testkit.onnx.Onnx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.stream.Stream;

/** A model's file that is missing, damaged, something else, or another one. */
final class ModelCases {
    private static final Group GROUP = Group.MODEL;
    private static final String FILE = "build/model.onnx";
    private static final String REFUSED = "is refused: ";

    private ModelCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(files(), inputs(), named(), external(), stages(), meanwhile());
    }

    private static Group.Table files() {
        return GROUP.on(Sounds.MODEL)
                .add("missing", "The model is missing", box -> box.delete(FILE), notEvaluated("model.onnx"))
                .add(
                        "pointer-beside",
                        "The model is missing, and a DVC pointer stands beside",
                        box -> box.move(FILE, FILE + ".dvc"),
                        notEvaluated("Next: run dvc pull 'model.onnx.dvc' in that folder"))
                .add("empty", "The model has no bytes", box -> box.write(FILE, ""), notEvaluated("has no bytes"))
                .add("truncated", "The model's file breaks off", box -> box.truncate(FILE, 100), notEvaluated(REFUSED))
                .add(
                        "one-byte-short",
                        "The model's file lacks its last byte",
                        box -> box.truncate(FILE, Models.good().length - 1),
                        notEvaluated(REFUSED))
                .add(
                        "a-pickle",
                        "The model is a Python pickle",
                        box -> box.write(FILE, "\u0080\u0004\u0095sklearn".getBytes(StandardCharsets.ISO_8859_1)),
                        notEvaluated("is a Python pickle"))
                .add(
                        "a-pointer",
                        "The model is a Git LFS pointer",
                        box -> box.write(FILE, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"),
                        notEvaluated("is a Git LFS pointer"))
                .add(
                        "a-dvc-pointer",
                        "The model is a DVC pointer",
                        box -> box.write(FILE, "outs:\n- md5: 00\n  path: model.onnx\n"),
                        notEvaluated("is a DVC pointer"))
                .add(
                        "a-web-page",
                        "The model is the login page of a model registry",
                        box -> box.write(FILE, "<!doctype html><title>Sign in</title>"),
                        notEvaluated("is a web page"))
                .add(
                        "an-archive",
                        "The model is a PyTorch archive",
                        box -> box.write(FILE, NpzFile.npz()),
                        notEvaluated("is a zip archive"))
                .add(
                        "text",
                        "The model is a text",
                        box -> box.write(FILE, "to do: export the model\n"),
                        notEvaluated(REFUSED))
                .add(
                        "zeroes",
                        "The model's file is all zeroes, as after a crash of the machine",
                        box -> box.write(FILE, new byte[4096]),
                        notEvaluated(REFUSED))
                .add(
                        "a-folder",
                        "A folder lies where the model should",
                        box -> {
                            box.delete(FILE);
                            box.write(FILE + "/saved_model.pb", "");
                        },
                        notEvaluated(REFUSED))
                .add(
                        "no-graph",
                        "The model holds no graph",
                        box -> box.write(FILE, Onnx.model().toBytes()),
                        refused("the model has no input 'x'"))
                .add(
                        "unknown-operators",
                        "The model needs native code that nobody allowed",
                        box -> box.write(
                                FILE, Models.of("N,3", Onnx.model().node("com.example", "Classify", "x", "scores"))),
                        notEvaluated(REFUSED))
                .add(
                        "unknown-operator",
                        "The model names an operator that does not exist",
                        box -> box.write(FILE, Models.of("N,3", Onnx.model().node("Classify", "x", "scores"))),
                        notEvaluated("Classify"))
                .add(
                        "newer-operators",
                        "The model is of a version of ONNX that is not there yet",
                        box -> box.write(
                                FILE, Models.of("N,3", Onnx.model().opset(9999).node("Softmax", "x", "scores"))),
                        notEvaluated("9999"));
    }

    private static Group.Table inputs() {
        return GROUP.on(Sounds.MODEL)
                .add(
                        "input-of-another-name",
                        "The model's input has another name than the features",
                        box -> box.editSpec("features: {x:", "features: {image:"),
                        refused("the model has no input 'image'"))
                .add(
                        "two-inputs",
                        "The model has an input that nothing feeds",
                        box -> box.write(
                                FILE,
                                Models.of(
                                        "N,3",
                                        Onnx.model()
                                                .input("mask", Onnx.FLOAT, "N,3")
                                                .node("Mul", "x,mask", "y")
                                                .node("Softmax", "y", "scores"))),
                        refused("nothing feeds the model's input 'mask'"))
                .add(
                        "more-columns",
                        "The model takes more features than there are",
                        box -> box.write(
                                FILE,
                                Onnx.softmaxClassifier(new float[4][3], new float[3])
                                        .toBytes()),
                        refused("takes 4 values a row"))
                .add(
                        "fewer-columns",
                        "The model takes fewer features than there are",
                        box -> box.write(
                                FILE,
                                Onnx.softmaxClassifier(new float[2][3], new float[3])
                                        .toBytes()),
                        refused("takes 2 values a row"))
                .add(
                        "whole-numbers",
                        "The model takes whole numbers, and the rows hold fractions",
                        box -> {
                            box.write(
                                    FILE,
                                    Onnx.model()
                                            .input("x", Onnx.INT64, "N,3")
                                            .node("Cast", "x", "y", Onnx.integer("to", Onnx.FLOAT))
                                            .node("Softmax", "y", "scores")
                                            .output("scores", Onnx.FLOAT, "N,3")
                                            .toBytes());
                            box.append("data/holdout.csv", "0.5,0.25,0.25,a,ada\n");
                        },
                        notEvaluated("column 'f0'"));
    }

    private static Group.Table named() {
        String classes = "[\"a\",\"b\",\"c\"]";
        String features = "[\"f0\",\"f1\",\"f2\"]";
        return GROUP.on(Sounds.NAMED_MODEL)
                .add(
                        "classes-in-another-order",
                        "The model names its classes in another order than the spec",
                        box -> box.write(FILE, Models.named(features, "[\"b\",\"a\",\"c\"]")),
                        refused("the model names its classes [\"b\",\"a\",\"c\"], and the spec [\"a\",\"b\",\"c\"]"))
                .add(
                        "spec-in-another-order",
                        "The spec names the classes in another order than the model",
                        box -> box.editSpec("[a, b, c]", "[c, b, a]"),
                        refused("the model names its classes [\"a\",\"b\",\"c\"], and the spec [\"c\",\"b\",\"a\"]"))
                .add(
                        "classes-of-another-model",
                        "The model names classes that the spec does not have",
                        box -> box.write(FILE, Models.named(features, "[\"cat\",\"dog\",\"cow\"]")),
                        refused("the model names its classes [\"cat\",\"dog\",\"cow\"]"))
                .add(
                        "features-in-another-order",
                        "The columns stand in another order than the model was trained with",
                        box -> box.edit("data/holdout.csv", "f0,f1,f2", "f2,f1,f0"),
                        refused(
                                "the model names its features [\"f0\",\"f1\",\"f2\"], and these columns are [\"f2\",\"f1\",\"f0\"]"))
                .add(
                        "features-of-another-name",
                        "The model names features that the data does not have",
                        box -> box.write(FILE, Models.named("[\"f0\",\"f1\",\"age\"]", classes)),
                        refused("the model names its features [\"f0\",\"f1\",\"age\"]"))
                .add(
                        "names-damaged",
                        "The names that the model carries cannot be read",
                        box -> box.write(FILE, Models.named(features, "[\"a\",\"b\"")),
                        refused("the model names its classes [\"a\",\"b\""))
                .add(
                        "names-missing-one",
                        "The model names one class fewer than the spec",
                        box -> box.write(FILE, Models.named(features, "[\"a\",\"b\"]")),
                        refused("the model names its classes [\"a\",\"b\"]"));
    }

    private static Group.Table external() {
        return GROUP.on(Sounds.EXTERNAL_DATA)
                .add(
                        "weights-missing",
                        "The file with the model's weights is missing",
                        box -> box.delete("build/weights.bin"),
                        notEvaluated("weights.bin"))
                .add(
                        "weights-truncated",
                        "The file with the model's weights breaks off",
                        box -> box.truncate("build/weights.bin", 20),
                        notEvaluated("weights.bin"))
                .add(
                        "weights-linked",
                        "The weights are a link to a file outside the model's folder",
                        box -> {
                            box.move("build/weights.bin", "elsewhere/weights.bin");
                            Files.createSymbolicLink(box.path("build/weights.bin"), box.path("elsewhere/weights.bin"));
                        },
                        notEvaluated("is a symbolic link"))
                .add(
                        "weights-outside",
                        "The model reads its weights from outside its folder",
                        box -> box.write(
                                FILE,
                                Onnx.model()
                                        .input("x", Onnx.FLOAT, "N,3")
                                        .external("weights", Onnx.FLOAT, "3,3", "../data/holdout.csv", 0L, 36L)
                                        .node("MatMul", "x,weights", "logits")
                                        .node("Softmax", "logits", "scores")
                                        .output("scores", Onnx.FLOAT, "N,3")
                                        .toBytes()),
                        notEvaluated(REFUSED));
    }

    private static Group.Table stages() {
        return GROUP.between(Sounds.TRAINED_MODEL.byStage())
                .add(
                        "replaced-between-stages",
                        "A better model takes the place of the trained one before it is judged",
                        box -> box.write(FILE, Models.shifted()),
                        notEvaluated("build/model.onnx is not the file of train-gate any more"))
                .add(
                        "touched-between-stages",
                        "One byte is added to the trained model before it is judged",
                        box -> {
                            byte[] model = java.util.Arrays.copyOf(box.bytes(FILE), box.bytes(FILE).length + 2);
                            model[model.length - 2] = 0x28;
                            model[model.length - 1] = 1;
                            box.write(FILE, model);
                        },
                        notEvaluated("build/model.onnx is not the file of train-gate any more"))
                .add(
                        "gone-between-stages",
                        "The trained model is gone before it is judged",
                        box -> box.delete(FILE),
                        notEvaluated("model.onnx"));
    }

    private static Group.Table meanwhile() {
        return GROUP.on(Sounds.MODEL)
                .add(
                        "changed-while-judged",
                        "The model is replaced while it is judged",
                        box -> box.launch(Fork.whenTheWorkerStarts(worker -> box.write(FILE, Models.shifted()))),
                        notEvaluated("changed"));
    }
}
