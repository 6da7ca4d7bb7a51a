// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A folder with a network of two layers, 320 rows that it answers rightly, and a spec.
 *
 * <p>Feature x15 is 0 in every row. A weight on it changes no answer, and yet stretches the range of all weights that share a
 * scale with it.
 */
final class QuantizeFolder {
    static final int ROWS = 320;
    private static final int FEATURES = 16;
    private static final int HIDDEN = 24;
    private static final int CLASSES = 3;

    private final Path folder;
    private final Random random = new Random(7);
    private final float[] first = weights(FEATURES * HIDDEN);
    private final float[] second = weights(HIDDEN * CLASSES);
    private String model = "path: model.onnx";
    private String evaluateMetrics = "";
    private String keys = "data: holdout";
    private String gates = "[{metric: accuracy, max-degradation: 0.05}, {metric: agreement, min: 0.9}]";

    QuantizeFolder(Path folder) throws IOException {
        this.folder = folder;
        writeRows("holdout.csv");
        writeRows("calibration.csv");
    }

    private float[] weights(int count) {
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        return weights;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** A model that int8 hardly changes. */
    QuantizeFolder writeModel() {
        return writeModel(0);
    }

    /** A model one of whose layers is lost in int8, since {@code outlier} stretches its range. */
    QuantizeFolder writeModel(float outlier) {
        float[] stretched = first.clone();
        stretched[(FEATURES - 1) * HIDDEN] = outlier;
        Onnx.model()
                .input("x", Onnx.FLOAT, "N," + FEATURES)
                .floats("w1", FEATURES + "," + HIDDEN, stretched)
                .floats("w2", HIDDEN + "," + CLASSES, second)
                .node("MatMul", "x,w1", "h1")
                .node("Relu", "h1", "r1")
                .node("MatMul", "r1,w2", "logits")
                .node("Softmax", "logits", "scores", Onnx.integer("axis", 1))
                .output("scores", Onnx.FLOAT, "N," + CLASSES)
                .writeTo(path("model.onnx"));
        return this;
    }

    /** A model that int8 hardly changes, with its weights beside it. */
    QuantizeFolder writeModelWithExternalWeights() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((first.length + second.length) * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float weight : first) {
            bytes.putFloat(weight);
        }
        for (float weight : second) {
            bytes.putFloat(weight);
        }
        Files.write(path("weights.bin"), bytes.array());
        long inFirst = (long) first.length * Float.BYTES;
        Onnx.model()
                .input("x", Onnx.FLOAT, "N," + FEATURES)
                .external("w1", Onnx.FLOAT, FEATURES + "," + HIDDEN, "weights.bin", 0L, inFirst)
                .external(
                        "w2",
                        Onnx.FLOAT,
                        HIDDEN + "," + CLASSES,
                        "weights.bin",
                        inFirst,
                        (long) second.length * Float.BYTES)
                .node("MatMul", "x,w1", "h1")
                .node("Relu", "h1", "r1")
                .node("MatMul", "r1,w2", "logits")
                .node("Softmax", "logits", "scores", Onnx.integer("axis", 1))
                .output("scores", Onnx.FLOAT, "N," + CLASSES)
                .writeTo(path("model.onnx"));
        return this;
    }

    /** A model without a weight. */
    QuantizeFolder writeModelWithoutWeights() {
        Onnx.model()
                .input("x", Onnx.FLOAT, "N," + FEATURES)
                .longs("axes", "2", 0, CLASSES)
                .longs("starts", "1", 0)
                .longs("ends", "1", CLASSES)
                .longs("columns", "1", 1)
                .node("Slice", "x,starts,ends,columns", "logits")
                .node("Softmax", "logits", "scores", Onnx.integer("axis", 1))
                .output("scores", Onnx.FLOAT, "N," + CLASSES)
                .writeTo(path("model.onnx"));
        return this;
    }

    private void writeRows(String name) throws IOException {
        StringBuilder csv = new StringBuilder();
        for (int k = 0; k < FEATURES; k++) {
            csv.append('x').append(k).append(',');
        }
        csv.append("y\n");
        for (int i = 0; i < ROWS; i++) {
            float[] x = weights(FEATURES);
            x[FEATURES - 1] = 0;
            for (float value : x) {
                csv.append(value).append(',');
            }
            csv.append("abc".charAt(answer(x))).append('\n');
        }
        Files.writeString(path(name), csv);
    }

    private int answer(float[] x) {
        double[] logits = new double[CLASSES];
        for (int j = 0; j < HIDDEN; j++) {
            double h = 0;
            for (int k = 0; k < FEATURES; k++) {
                h += x[k] * first[k * HIDDEN + j];
            }
            for (int c = 0; c < CLASSES; c++) {
                logits[c] += Math.max(0, h) * second[j * CLASSES + c];
            }
        }
        int best = 0;
        for (int c = 1; c < CLASSES; c++) {
            best = logits[c] > logits[best] ? c : best;
        }
        return best;
    }

    /** Where the model comes from, in place of its path. */
    QuantizeFolder model(String key) {
        this.model = key;
        return this;
    }

    /** The section evaluate-metrics, a mapping in braces. */
    QuantizeFolder evaluateMetrics(String section) {
        this.evaluateMetrics = "  evaluate-metrics: " + section + "\n";
        this.keys = "";
        return this;
    }

    /** Keys of the section beside mode and gates, with commas between them. */
    QuantizeFolder keys(String text) {
        this.keys = text;
        return this;
    }

    QuantizeFolder gates(String list) {
        this.gates = list;
        return this;
    }

    /** The stage with that ladder. */
    StageRun ladder(String mode) throws IOException {
        Files.writeString(path("gatewright.yaml"), """
                gatewright: 1
                model: {name: m, task: multiclass-classification, %s, classes: [a, b, c]}
                data:
                  holdout: {path: holdout.csv, label: y, features: {x: "x*"}}
                  calibration: {path: calibration.csv, label: y, features: {x: "x*"}}
                device: cpu
                stages:
                %s  quantize: {mode: %s, gates: %s%s}
                """.formatted(
                        model, evaluateMetrics, mode, gates, keys.isEmpty() ? "" : ", " + keys));
        return new StageRun(new QuantizeStage(), folder);
    }

    static List<String> sentences(Report report) {
        return report.document().objects("gates").stream()
                .map(gate -> gate.text("sentence").orElseThrow())
                .toList();
    }

    static List<String> found(StageRun run) {
        Problems problems = run.check();
        List<String> found = new ArrayList<>();
        for (Problem problem : problems.errors()) {
            found.add(problem.message() + (problem.write() == null ? "" : " => " + problem.write()));
        }
        return found;
    }
}
