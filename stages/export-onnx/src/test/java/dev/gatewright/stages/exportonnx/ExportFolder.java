// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.testkit.numpy.Npz;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder with 96 rows of 2 x 2 pixels and a source: a shell command that answers with the logits of {@link #right}, and exports
 * whatever model lies there as {@code exported.onnx}.
 */
final class ExportFolder {
    static final int ROWS = 96;
    private static final int CLASSES = 3;
    private static final int PIXELS = 4;

    /** No two rows or columns are alike, so that nothing that is swapped goes unseen. */
    static final float[] WEIGHTS = {2, -1, 0.5f, -1.5f, 1, 0.25f, 0.75f, 0.5f, -2, 1, -0.25f, 1.25f};

    private final Path folder;
    private String source = "source: {kind: command, command: sh source.sh, path: weights.bin}";
    private String keys = "data: holdout";
    private String evaluateMetrics = "";
    private String gates = "[{metric: max_absolute_difference, max: 0.0001}]";
    private String first = "";

    ExportFolder(Path folder) throws IOException {
        this.folder = folder;
        StringBuilder csv = new StringBuilder("p0,p1,p2,p3,y\n");
        float[] logits = new float[ROWS * CLASSES];
        for (int row = 0; row < ROWS; row++) {
            int best = 0;
            for (int k = 0; k < CLASSES; k++) {
                for (int i = 0; i < PIXELS; i++) {
                    logits[row * CLASSES + k] += pixel(row, i) * WEIGHTS[i * CLASSES + k];
                }
                best = logits[row * CLASSES + k] > logits[row * CLASSES + best] ? k : best;
            }
            for (int i = 0; i < PIXELS; i++) {
                csv.append(pixel(row, i)).append(',');
            }
            csv.append("abc".charAt(best)).append('\n');
        }
        Files.writeString(path("holdout.csv"), csv);
        writeAnswers(logits);
        Files.writeString(path("weights.bin"), "the weights");
    }

    /** Some number from 0 to 1 in steps of a 64th, so that a file and a float say the same. */
    private static float pixel(int row, int pixel) {
        return (row * 31 + pixel * 17 + row * pixel * 7) % 65 / 64f;
    }

    private void writeAnswers(float... logits) throws IOException {
        Files.write(path("answers.npy"), Npz.npy("<f4", "(" + ROWS + ", " + CLASSES + ")", Npz.floats(logits)));
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** A model of 2 x 2 pixels, up to its weights: nodes may follow that make {@code logits} of {@code flat}. */
    static Onnx begin(String batch) {
        return Onnx.model().input("image", Onnx.FLOAT, batch + ",2,2").floats("w", "4,3", WEIGHTS);
    }

    /** The source's own model. */
    static Onnx right() {
        return begin("N")
                .node("Flatten", "image", "flat", Onnx.integer("axis", 1))
                .node("MatMul", "flat,w", "logits")
                .output("logits", Onnx.FLOAT, "N,3");
    }

    /** What the command exports. */
    ExportFolder exports(Onnx model) throws IOException {
        settle(model.writeTo(path("exported.onnx")));
        return this;
    }

    /** The model is ONNX already. */
    ExportFolder passesThrough(Onnx model) throws IOException {
        settle(model.writeTo(path("model.onnx")));
        source = "path: model.onnx";
        return this;
    }

    /** A model whose file has just been written is waited for. */
    static void settle(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-01T00:00:00Z")));
    }

    ExportFolder source(String section) {
        source = section;
        return this;
    }

    /** What the command does before it answers. */
    ExportFolder first(String command) {
        first = command;
        return this;
    }

    ExportFolder keys(String more) {
        keys = more;
        return this;
    }

    /** The section evaluate-metrics, a mapping in braces. */
    ExportFolder evaluateMetrics(String section) {
        evaluateMetrics = "  evaluate-metrics: " + section + "\n";
        keys = "batch: open";
        return this;
    }

    ExportFolder gates(String list) {
        gates = list;
        return this;
    }

    StageRun write() throws IOException {
        Files.writeString(path("source.sh"), first + """

                at=$(dirname "$GATEWRIGHT_REQUEST")/answer
                mkdir "$at/outputs"
                cp answers.npy "$at/outputs/o0.npy"
                model=
                if grep -q '"action":"export"' "$GATEWRIGHT_REQUEST"; then
                  cp exported.onnx* "$at"
                  mv "$at/exported.onnx" "$at/model.onnx"
                  model='"model": "model.onnx", '
                fi
                printf '%s' '{"gatewright": 1, "status": "done", '"$model"'"outputs": [{"name": "logits", "file": "o0.npy"}], "versions": {"sh": "1"}}' > "$at/answer.json"
                """);
        Files.writeString(path("gatewright.yaml"), """
                gatewright: 1
                model:
                  name: m
                  task: multiclass-classification
                  classes: [a, b, c]
                  scores-are: logits
                  %s
                data:
                  holdout: {path: holdout.csv, label: y, features: {image: "p*"}}
                stages:
                %s  export-onnx:
                    gates: %s
                    %s
                """.formatted(source, evaluateMetrics, gates, keys));
        return new StageRun(new ExportOnnxStage(), folder).with(new JudgingStage());
    }

    Report run() throws Exception {
        return write().run("r1");
    }

    static List<String> sentences(Report report) {
        return report.document().objects("gates").stream()
                .map(gate -> gate.text("sentence").orElseThrow())
                .toList();
    }

    static String headline(Report report) {
        return report.document().text("headline").orElseThrow();
    }

    /** What a check of the spec finds: sentences with the line to write. */
    List<String> found() throws IOException {
        Problems problems = write().check();
        List<String> found = new ArrayList<>();
        for (Problem problem : problems.errors()) {
            found.add(problem.message() + (problem.write() == null ? "" : " => " + problem.write()));
        }
        return found;
    }
}
