// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.canarydeploy.CanaryDeployStage;
import dev.gatewright.stages.evaluation.ModelOfRun;
import dev.gatewright.stages.testkit.FakeStage;
import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder with a model of three classes, rows, and a spec that deploys it on this machine. */
final class CanaryFolder implements AutoCloseable {
    private final Path folder;

    CanaryFolder(Path folder) {
        this.folder = folder;
    }

    /** Rows, and a spec with those keys of canary-deploy beside the target and the golden rows. */
    CanaryFolder write(String keys) throws IOException {
        StringBuilder rows = new StringBuilder("x_0,x_1,x_2,label\n");
        for (int row = 0; row < 30; row++) {
            double[] x = {0.01 * row, 0.2, 0.1};
            x[row % 3] += 1;
            rows.append("%s,%s,%s,%s%n".formatted(x[0], x[1], x[2], "abc".charAt(row % 3)));
        }
        Files.writeString(folder.resolve("holdout.csv"), rows.toString().replace("\r", ""));
        Files.writeString(
                folder.resolve("gatewright.yaml"), """
                gatewright: 1
                model: {name: m, task: multiclass-classification, path: model.onnx, classes: [a, b, c]}
                data: {holdout: {path: holdout.csv, label: label, features: {x: "x_*"}}}
                stages:
                  evaluate-metrics: {}
                  canary-deploy:
                    target: {kind: local, port: 0}
                    golden: {data: holdout, rows: 30}
                    deadline: 2s
                    release-within: 60s
                    %s
                """.formatted(keys.strip().replace("\n", "\n    ")));
        return this;
    }

    /** A model that is right on all rows; another one for another {@code sharpness}. */
    CanaryFolder good(float sharpness) {
        return model(new float[][] {{sharpness, 0, 0}, {0, sharpness, 0}, {0, 0, sharpness}});
    }

    /** A model that takes each class for the next one. */
    CanaryFolder bad() {
        return model(new float[][] {{0, 5, 0}, {0, 0, 5}, {5, 0, 0}});
    }

    private CanaryFolder model(float[][] weights) {
        Onnx.softmaxClassifier(weights, new float[3]).writeTo(folder.resolve("model.onnx"));
        return this;
    }

    /** The stage, after an evaluate-metrics that judged the model as it lies there now. */
    StageRun run() {
        Artifact judged = new Artifact(
                ModelOfRun.NAME,
                "model.onnx",
                1,
                ModelFile.open(folder.resolve("model.onnx"), SafetyLimits.strict())
                        .digest());
        return new StageRun(new CanaryDeployStage(), folder)
                .after(new FakeStage(StageName.EVALUATE_METRICS, request -> {
                    StageOutcome passed = FakeStage.outcome(1);
                    return new StageOutcome(
                            passed.gates(),
                            List.of(),
                            List.of(judged),
                            List.of(),
                            passed.facts(),
                            passed.environment());
                }));
    }

    Path target() {
        return folder.resolve(".gatewright/targets/m");
    }

    SupervisorClient supervisor() {
        return SupervisorClient.of(target()).orElseThrow();
    }

    /** The digest of the model that answers on the target's port. */
    String served() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(supervisor().state().text("url").orElseThrow() + "/v2/models/m")
                        .toURL()
                        .openConnection();
        try (var in = connection.getInputStream()) {
            in.readAllBytes();
        }
        return connection.getHeaderField("Gatewright-Model-Digest").replace("sha256:", "");
    }

    /** The status of the answer to a row, and the side that gave it. */
    String ask() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(supervisor().state().text("url").orElseThrow() + "/v2/models/m/infer")
                        .toURL()
                        .openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write("""
                {"inputs": [{"name": "x", "datatype": "FP32", "shape": [1, 3], "data": [1, 0, 0]}]}""".getBytes(StandardCharsets.UTF_8));
        return connection.getResponseCode() + " " + connection.getHeaderField("Gatewright-Side");
    }

    /** What a side of the target is, in digests; empty where there is none. */
    Optional<String> digest(String side) {
        return supervisor().state().object(side).text("digest");
    }

    /** How far the canary had come, as it is written down. */
    String phase() throws IOException {
        return ((Json.Obj) JsonReader.read(Files.readAllBytes(target().resolve("canary.json"))))
                .text("phase")
                .orElseThrow();
    }

    static Json.Obj facts(Report report) {
        return report.document().object("facts").object("canary");
    }

    /** What the report's steps say, one a line. */
    static String steps(Report report) {
        StringBuilder text = new StringBuilder();
        for (Json.Obj step :
                report.document().object("environment").object("canary").objects("steps")) {
            text.append(step.number("weight").orElseThrow().intValue())
                    .append(' ')
                    .append(step.text("verdict").orElseThrow())
                    .append('\n');
        }
        return text.toString();
    }

    /** Ends all that is served, and waits for it. */
    @Override
    public void close() {
        SupervisorClient.of(target()).ifPresent(supervisor -> {
            ProcessHandle process = supervisor.process().orElseThrow();
            var servers = process.descendants().toList();
            supervisor.stop();
            process.onExit().join();
            servers.forEach(server -> server.onExit().join());
        });
    }
}
