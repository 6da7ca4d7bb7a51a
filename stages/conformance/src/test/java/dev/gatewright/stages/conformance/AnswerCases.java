// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.notEvaluated;

import dev.gatewright.validation.testkit.onnx.Onnx;
import java.util.stream.Stream;

/** Models that run, and whose answers say nothing. */
final class AnswerCases {
    private static final Group GROUP = Group.ANSWERS;
    private static final String FILE = "build/model.onnx";

    private AnswerCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(scores(), probabilities());
    }

    private static Group.Table scores() {
        return GROUP.on(Sounds.MODEL)
                .add(
                        "nan",
                        "The model answers NaN",
                        model(Onnx.softmaxClassifier(new float[3][3], new float[] {Float.NaN, 0, 0})
                                .toBytes()),
                        notEvaluated("output 'scores' of the model is NaN in row"))
                .add(
                        "nan-in-one-row",
                        "The model answers NaN in one row of many",
                        box -> {
                            box.write(FILE, Models.of("N,3", Onnx.model().node("Log", "x", "scores")));
                            box.write(
                                    "data/holdout.csv",
                                    "f0,f1,f2,truth,writer\n" + "3,2,1,a,ada\n".repeat(119) + "3,-1,1,a,ada\n");
                        },
                        notEvaluated("output 'scores' of the model is NaN in row"))
                .add(
                        "infinity",
                        "The model answers infinity",
                        model(Models.of("N,3", Onnx.model().node("Reciprocal", "x", "scores"))),
                        notEvaluated("output 'scores' of the model is Infinity in row"))
                .add(
                        "one-class-fewer",
                        "The model answers one class fewer than the spec names",
                        model(Onnx.softmaxClassifier(new float[3][2], new float[2])
                                .toBytes()),
                        notEvaluated("no output of the model answers a multiclass-classification"))
                .add(
                        "one-class-more",
                        "The model answers one class more than the spec names",
                        model(Onnx.softmaxClassifier(new float[3][4], new float[4])
                                .toBytes()),
                        notEvaluated("no output of the model answers a multiclass-classification"))
                .add(
                        "one-number",
                        "The model answers a single number a row",
                        model(Models.of(
                                "N,1",
                                Onnx.model()
                                        .node(
                                                "ReduceMean",
                                                "x",
                                                "scores",
                                                Onnx.integers("axes", 1),
                                                Onnx.integer("keepdims", 1)))),
                        notEvaluated("no output of the model answers a multiclass-classification"))
                .add(
                        "one-answer-for-all-rows",
                        "The model answers once for all rows together",
                        model(Models.of(
                                "M,3",
                                Onnx.model()
                                        .node(
                                                "ReduceMean",
                                                "x",
                                                "scores",
                                                Onnx.integers("axes", 0),
                                                Onnx.integer("keepdims", 1)))),
                        notEvaluated("scores"))
                .add(
                        "two-answers",
                        "The model has two outputs that could be its answer",
                        model(Models.of(
                                "N,3",
                                Onnx.model()
                                        .output("again", Onnx.FLOAT, "N,3")
                                        .node("Softmax", "x", "scores")
                                        .node("Identity", "x", "again"))),
                        notEvaluated("several outputs of the model could be its answer"))
                .add(
                        "no-such-output",
                        "The spec names an output that the model does not have",
                        box -> box.editSpec("classes: [a, b, c]", "classes: [a, b, c], scores: probabilities"),
                        notEvaluated("model.scores names 'probabilities', but the model's outputs are "))
                .add(
                        "classes-by-number-beyond",
                        "The model answers the number of a class that does not exist",
                        model(Onnx.model()
                                .input("x", Onnx.FLOAT, "N,3")
                                .longs("seven", "1", 7)
                                .node("ArgMax", "x", "best", Onnx.integer("axis", 1), Onnx.integer("keepdims", 0))
                                .node("Add", "best,seven", "label")
                                .output("label", Onnx.INT64, "N")
                                .toBytes()),
                        notEvaluated("which is none of the classes [a, b, c]"))
                .add(
                        "fails-while-it-runs",
                        "The model fails in the middle of its rows",
                        box -> {
                            box.write(
                                    FILE,
                                    Onnx.model()
                                            .input("x", Onnx.FLOAT, "N,3")
                                            .floats("table", "2,3", 3, 2, 1, 1, 2, 3)
                                            .longs("zero", "1", 0)
                                            .node("Cast", "x", "whole", Onnx.integer("to", Onnx.INT64))
                                            .node(
                                                    "ReduceMax",
                                                    "whole",
                                                    "row",
                                                    Onnx.integers("axes", 1),
                                                    Onnx.integer("keepdims", 0))
                                            .node("Gather", "table,row", "scores", Onnx.integer("axis", 0))
                                            .output("scores", Onnx.FLOAT, "N,3")
                                            .toBytes());
                            box.append("data/holdout.csv", "9,0,0,a,ada\n");
                        },
                        notEvaluated("Gather"));
    }

    private static Group.Table probabilities() {
        return GROUP.on(Sounds.MODEL_IN_FULL)
                .add(
                        "no-probabilities",
                        "The model answers numbers that are no probabilities, and log loss is judged",
                        model(Models.of(
                                "N,3", Onnx.model().floats("two", "1", 2).node("Mul", "x,two", "scores"))),
                        notEvaluated("does not hold probabilities"))
                .add(
                        "negative",
                        "The model answers negative probabilities that sum to one",
                        box -> {
                            box.write(FILE, Models.of("N,3", Onnx.model().node("Identity", "x", "scores")));
                            box.append("data/holdout.csv", "1.2,-0.1,-0.1,a,ada\n");
                        },
                        notEvaluated("does not hold probabilities"))
                .add(
                        "too-large",
                        "The model is larger than its gate allows, and answers as well",
                        box -> box.editSpec("size_bytes, max: 100000", "size_bytes, max: 50"),
                        Expected.failed("size_bytes"))
                .add(
                        "sure-and-wrong",
                        "The model's classes are right often enough, and it is sure where it is wrong",
                        model(Onnx.softmaxClassifier(new float[][] {{90, 0, 0}, {0, 90, 0}, {0, 0, 90}}, new float[3])
                                .toBytes()),
                        Expected.failed("log_loss"));
    }

    private static Case.Breakage model(byte[] model) {
        return box -> box.write(FILE, model);
    }
}
