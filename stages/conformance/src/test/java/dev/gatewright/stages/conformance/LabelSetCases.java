// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;

import dev.gatewright.validation.testkit.onnx.Onnx;
import java.util.stream.Stream;

/** Rows of any number of classes, whose labels or answers are not what they are taken for. */
final class LabelSetCases {
    private static final String ROWS = "data/holdout.csv";

    private LabelSetCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(data(), answers(), spec());
    }

    private static Group.Table data() {
        return Group.DATA
                .on(Sounds.LABEL_SETS)
                .add(
                        "label-neither-0-nor-1",
                        "A label of a class is neither 0 nor 1",
                        box -> box.append(ROWS, "0.9,0.1,0.9,1,0,2\n"),
                        notEvaluated("is_c"))
                .add(
                        "label-of-a-class-missing",
                        "A label of a class is not there",
                        box -> box.append(ROWS, "0.9,0.1,0.9,1,,1\n"),
                        notEvaluated("is_b"))
                .add(
                        "classes-in-another-order",
                        "The columns of the labels stand in another order than the classes",
                        box -> box.editSpec("label: \"is_*\"", "label: [is_b, is_a, is_c]"),
                        refused("but stand in another order"))
                .add(
                        "a-class-without-a-column",
                        "The labels have fewer columns than there are classes",
                        box -> box.editSpec("label: \"is_*\"", "label: [is_a, is_b]"),
                        refused("label"))
                .add(
                        "rows-without-a-class",
                        "Rows have no class and get none, and their own F1 is asked for",
                        box -> {
                            box.editSpec("average: micro", "average: samples");
                            box.append(ROWS, "0.1,0.1,0.1,0,0,0\n");
                        },
                        notEvaluated("a row's own value is, where nothing is labelled or predicted"));
    }

    private static Group.Table answers() {
        return Group.ANSWERS
                .on(Sounds.LABEL_SETS)
                .add(
                        "logits-of-label-sets",
                        "The model answers logits, and each is taken for a probability",
                        box -> {
                            box.write(
                                    "build/model.onnx",
                                    Models.of("N,3", Onnx.model().node("Log", "x", "scores")));
                        },
                        notEvaluated("write model.scores-are: logits"))
                .add(
                        "fewer-label-sets",
                        "The model answers one class a row, and a row has any number of them",
                        box -> box.write(
                                "build/model.onnx",
                                Onnx.model()
                                        .input("x", Onnx.FLOAT, "N,3")
                                        .node(
                                                "ArgMax",
                                                "x",
                                                "label",
                                                Onnx.integer("axis", 1),
                                                Onnx.integer("keepdims", 0))
                                        .output("label", Onnx.INT64, "N")
                                        .toBytes()),
                        notEvaluated("expected floats, 3 a row, or 0 or 1 for each class a row"));
    }

    private static Group.Table spec() {
        return Group.SPEC
                .on(Sounds.LABEL_SETS)
                .add(
                        "accuracy-of-label-sets",
                        "Accuracy is asked of rows of any number of classes",
                        box -> box.editSpec("metric: hamming_loss, max", "metric: accuracy, min"),
                        refused("accuracy does not fit a multilabel-classification"))
                .add(
                        "positions-of-label-sets",
                        "The label of rows of any number of classes is said to be the position of one",
                        box -> box.editSpec("label: \"is_*\"", "label: {column: is_a, as: index}"),
                        refused("is a column of 0 and 1 for each class"))
                .add(
                        "several-labels-of-one-class",
                        "Rows have one class, and the label has several columns",
                        box -> {
                            box.editSpec("multilabel-", "multiclass-");
                            box.editSpec("label: \"is_*\"", "label: [is_a, is_b, is_c]");
                        },
                        refused("has one label a row, in one column"));
    }
}
