// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.testkit.FakeStage;
import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder with 60 labelled rows, a model that says {@code yes} where x0 is above 0, as the label does, and a spec. */
final class SmokeFolder {
    private static final int ROWS = 60;

    private final Path folder;
    private String golden = "golden: {data: holdout, rows: 40}";
    private String endpoint = "";
    private String more = "";
    private String gates = "[{metric: accuracy, min: 0.9}]";

    SmokeFolder(Path folder) throws IOException {
        this.folder = folder;
        StringBuilder csv = new StringBuilder("x0,x1,y\n");
        for (int i = 0; i < ROWS; i++) {
            double x0 = (i % 2 == 0 ? 1 : -1) * (i + 1.0) / ROWS;
            csv.append(x0).append(',').append(i % 7).append(',').append(x0 > 0 ? "yes\n" : "no\n");
        }
        Files.writeString(folder.resolve("holdout.csv"), csv);
        Onnx.softmaxClassifier(new float[][] {{-10, 10}, {0, 0}}, new float[] {0, 0})
                .writeTo(folder.resolve("model.onnx"));
    }

    /** The endpoint's keys beside its address. */
    SmokeFolder asking(ModelServer server, String keys) {
        this.endpoint = "endpoint: {url: \"" + server.url() + "\"" + (keys.isEmpty() ? "" : ", " + keys) + "}";
        return this;
    }

    SmokeFolder asking(String line) {
        this.endpoint = line;
        return this;
    }

    SmokeFolder golden(String line) {
        this.golden = line;
        return this;
    }

    /** Keys of the stage, a line each. */
    SmokeFolder with(String... lines) {
        this.more = String.join("\n    ", lines);
        return this;
    }

    SmokeFolder gates(String list) {
        this.gates = list;
        return this;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    void write() throws IOException {
        Files.writeString(path("gatewright.yaml"), """
                gatewright: 1
                model: {name: m, task: binary-classification, path: model.onnx, classes: ["no", "yes"]}
                data:
                  holdout: {path: holdout.csv, label: y, features: {x: "x*"}}
                stages:
                  smoke-test:
                    %s
                    %s
                    %s
                    gates: %s
                """.formatted(golden, endpoint, more, gates));
    }

    StageRun stage() throws IOException {
        write();
        return new StageRun(new SmokeTestStage(), folder);
    }

    Report run() throws Exception {
        return stage().run("1");
    }

    /** The same after a stage canary-deploy that does {@code work}. */
    Report runAfter(FakeStage.Work work) throws Exception {
        write();
        Path spec = path("gatewright.yaml");
        Files.writeString(spec, Files.readString(spec).replace("stages:\n", "stages:\n  canary-deploy: {}\n"));
        FakeStage canary = new FakeStage(StageName.CANARY_DEPLOY, work);
        new StageRun(canary, folder).with(new SmokeTestStage()).run("1");
        return new StageRun(new SmokeTestStage(), folder).with(canary).run("1");
    }

    /** What is wrong with the spec. */
    List<String> problems() throws IOException {
        try {
            return stage().check().errors().stream().map(Problem::message).toList();
        } catch (InvalidRequestException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    static String headline(Report report) {
        return report.document().text("headline").orElseThrow();
    }

    static List<String> sentences(Report report) {
        return report.document().objects("gates").stream()
                .map(gate -> gate.text("sentence").orElseThrow())
                .toList();
    }
}
