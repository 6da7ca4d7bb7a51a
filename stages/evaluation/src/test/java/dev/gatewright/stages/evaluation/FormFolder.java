// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.testkit.FakeStage;
import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder with 200 labelled rows, models that say {@code yes} where x0 is above a limit, and a spec with the stages
 * evaluate-metrics, export-onnx and quantize; the label is {@code yes} where x0 is above 0.
 */
final class FormFolder {
    private static final int ROWS = 200;

    private final Path folder;
    private String head = "";
    private String neverLeave = "";
    private String gates = "[{metric: accuracy, min: 0.9}]";
    private FakeStage export = FakeStage.measuring(StageName.EXPORT_ONNX, 1);

    FormFolder(Path folder) throws IOException {
        this.folder = folder;
        StringBuilder csv = new StringBuilder("x0,x1,y,writer\n");
        for (int i = 0; i < ROWS; i++) {
            double x0 = (2.0 * i + 1 - ROWS) / ROWS;
            csv.append(x0).append(',').append(i % 7).append(',');
            csv.append(x0 > 0 ? "yes" : "no").append(i % 2 == 0 ? ",a\n" : ",b\n");
        }
        Files.writeString(path("holdout.csv"), csv);
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** Writes a model that is right where x0 is not between 0 and {@code limit}. */
    Path writeModel(String name, float limit) {
        return Onnx.softmaxClassifier(new float[][] {{-10, 10}, {0, 0}}, new float[] {10 * limit, -10 * limit})
                .writeTo(path(name));
    }

    /** Keys of the spec itself, a line each. */
    FormFolder head(String lines) {
        this.head = lines + "\n";
        return this;
    }

    /** A column of the rows whose values never leave. */
    FormFolder neverLeave(String column) {
        this.neverLeave = ", never-leave: " + column;
        return this;
    }

    /** The gates of evaluate-metrics. */
    FormFolder gates(String list) {
        this.gates = list;
        return this;
    }

    /** What export-onnx does. */
    FormFolder exporting(FakeStage.Work work) {
        this.export = new FakeStage(StageName.EXPORT_ONNX, work);
        return this;
    }

    Report evaluate() throws Exception {
        return evaluate("1");
    }

    Report evaluate(String run) throws Exception {
        write();
        FakeStage quantize = FakeStage.measuring(StageName.QUANTIZE, 1);
        return new StageRun(new JudgingStage(), folder)
                .with(export)
                .with(quantize)
                .run(run);
    }

    Report export() throws Exception {
        FakeStage quantize = FakeStage.measuring(StageName.QUANTIZE, 1);
        return new StageRun(export, folder)
                .with(new JudgingStage())
                .with(quantize)
                .run("1");
    }

    /** The stage quantize of the same run, which does {@code work}. */
    Report quantize(FakeStage.Work work) throws Exception {
        FakeStage quantize = new FakeStage(StageName.QUANTIZE, work);
        return new StageRun(quantize, folder)
                .with(new JudgingStage())
                .with(export)
                .run("1");
    }

    private void write() throws IOException {
        Files.writeString(path("gatewright.yaml"), """
                gatewright: 1
                model: {name: m, task: binary-classification, path: model.onnx, classes: ["no", "yes"]}
                data:
                  holdout: {path: holdout.csv, label: y, features: {x: "x*"}, slices: [writer]%s}
                %sstages:
                  evaluate-metrics:
                    data: holdout
                    gates: %s
                  export-onnx: {}
                  quantize: {}
                """.formatted(neverLeave, head, gates));
    }

    static String headline(Report report) {
        return report.document().text("headline").orElseThrow();
    }
}
