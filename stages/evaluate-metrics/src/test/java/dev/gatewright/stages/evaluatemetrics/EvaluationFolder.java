// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluatemetrics;

import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder with a small model, 400 labelled rows of which it gets 380 right, and a spec.
 *
 * <p>The label is {@code yes} where x0 is above 0, except in every 20th row. Slice {@code writer} has the values a and b; all
 * wrong rows are b's.
 */
final class EvaluationFolder {
    static final int ROWS = 400;
    static final String ACCURACY = "{metric: accuracy, min: 0.9}";

    private final Path folder;
    private String head = "";
    private String data = "{path: holdout.csv, label: y, features: {x: \"x*\"}, slices: [writer]}";

    EvaluationFolder(Path folder) {
        this.folder = folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** Keys of the spec itself, a line each. */
    EvaluationFolder head(String lines) {
        this.head = lines + "\n";
        return this;
    }

    EvaluationFolder data(String section) {
        this.data = section;
        return this;
    }

    /** A model that says yes where x0 is above {@code limit}. */
    static Onnx model(float limit) {
        return Onnx.softmaxClassifier(new float[][] {{-10, 10}, {0, 0}}, new float[] {10 * limit, -10 * limit});
    }

    EvaluationFolder writeModel(String name, float limit) throws IOException {
        model(limit).writeTo(path(name));
        settle(path(name));
        return this;
    }

    /** A model whose file has just been written is refused, since it may be half of one. */
    private static void settle(Path file) throws IOException {
        Files.setLastModifiedTime(
                file, java.nio.file.attribute.FileTime.from(java.time.Instant.parse("2026-11-01T00:00:00Z")));
    }

    static String digest(Path model) {
        return ModelFile.open(model, SafetyLimits.strict()).digest();
    }

    EvaluationFolder writeRows() throws IOException {
        StringBuilder csv = new StringBuilder("x0,x1,y,writer,said,p_no,p_yes\n");
        for (int i = 0; i < ROWS; i++) {
            double x0 = (2.0 * i + 1 - ROWS) / ROWS;
            boolean yes = x0 > 0;
            boolean right = i % 20 != 0;
            csv.append(x0).append(',').append(i % 7).append(',');
            csv.append(yes == right ? "yes" : "no")
                    .append(',')
                    .append(i % 4 == 0 ? 'b' : 'a')
                    .append(',');
            csv.append(yes ? "yes,0.2,0.8" : "no,0.9,0.1").append('\n');
        }
        Files.writeString(path("holdout.csv"), csv);
        return this;
    }

    /** The stage on the model, with those gates. */
    StageRun ofModel(String... gates) throws IOException {
        return write("data: holdout", gates);
    }

    /** The stage on the predictions in the same rows. */
    StageRun ofPredictions(String keys, String... gates) throws IOException {
        return write("predictions: {path: holdout.csv, label: y, " + keys + "}", gates);
    }

    private StageRun write(String subject, String... gates) throws IOException {
        StringBuilder spec = new StringBuilder("gatewright: 1\n");
        spec.append("model: {name: m, task: binary-classification, path: model.onnx, classes: [\"no\", \"yes\"]}\n");
        spec.append("data:\n  holdout: ").append(data).append('\n').append(head);
        spec.append(head.contains("stages:") ? "" : "stages:\n");
        spec.append("  evaluate-metrics:\n    ").append(subject).append("\n    gates:\n");
        for (String gate : gates) {
            spec.append("      - ").append(gate).append('\n');
        }
        Files.writeString(path("gatewright.yaml"), spec);
        return new StageRun(new EvaluateMetricsStage(), folder);
    }

    static List<String> sentences(Report report) {
        return report.document().objects("gates").stream()
                .map(gate -> gate.text("sentence").orElseThrow())
                .toList();
    }

    static String headline(Report report) {
        return report.document().text("headline").orElseThrow();
    }

    /** What a check of the spec finds: sentences with the line to write, then warnings. */
    static List<String> found(StageRun run) {
        Problems problems = run.check();
        List<String> found = new ArrayList<>();
        for (Problem problem : problems.errors()) {
            found.add(problem.message() + (problem.write() == null ? "" : " => " + problem.write()));
        }
        problems.warnings().forEach(problem -> found.add("warning: " + problem.message()));
        return found;
    }
}
