// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.evaluation.ModelOfRun;
import dev.gatewright.stages.testkit.FakeStage;
import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.endpoint.Datatype;
import dev.gatewright.validation.endpoint.Elements;
import dev.gatewright.validation.endpoint.GoldenRow;
import dev.gatewright.validation.endpoint.GoldenSet;
import dev.gatewright.validation.endpoint.Label;
import dev.gatewright.validation.endpoint.TensorType;
import dev.gatewright.validation.endpoint.Tolerance;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A folder with a model, a spec, and a program's server to pack with it. */
final class ContainerizeFolder {
    private static final String LIBRARY = "ai/onnxruntime/native/linux-x64/libonnxruntime.so";

    private final Path folder;
    private List<Artifact> judged = List.of();

    ContainerizeFolder(Path folder) {
        this.folder = folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** The model, the server's jars, and a spec with those keys of containerize. */
    ContainerizeFolder write(String keys) throws IOException {
        writeModel(1);
        Files.createDirectories(path("server"));
        Files.write(path("server/model-server.jar"), StoredJar.ofFolder(testClasses()));
        writeGolden(1);
        zip(
                "server/onnxruntime-1.29.0.jar",
                Map.of(
                        "ai/onnxruntime/OrtSession.class",
                        "the runtime",
                        LIBRARY,
                        "a library",
                        "ai/onnxruntime/native/win-x64/onnxruntime.dll",
                        "another library"));
        spec(keys);
        judgeAgain();
        return this;
    }

    /** The model as it is now is the one that was judged. */
    void judgeAgain() {
        judged = List.of(new Artifact(
                ModelOfRun.NAME,
                "model.onnx",
                1,
                ModelFile.open(path("model.onnx"), SafetyLimits.strict()).digest()));
    }

    /** Nothing but a file of answers was judged. */
    void judgePredictions() {
        judged = List.of(new Artifact("predictions", "predictions.csv", 1, "0".repeat(64)));
    }

    /** A model that multiplies by {@code factor}. */
    void writeModel(float factor) {
        Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .floats("factor", "1", factor)
                .node("Mul", "x,factor", "scores")
                .output("scores", Onnx.FLOAT, "N,3")
                .writeTo(path("model.onnx"));
    }

    /** What the model answers that multiplies by {@code factor}. */
    void writeGolden(float factor) throws IOException {
        writeGolden(factor, value -> value >= 1 ? "a" : "b");
    }

    /** The same, with a truth for each first value of a row. */
    void writeGolden(float factor, DoubleFunction<String> truth) throws IOException {
        TensorType input = new TensorType("x", Datatype.FP32, List.of(3));
        TensorType output = new TensorType("scores", Datatype.FP32, List.of(3));
        List<GoldenRow> rows = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            double value = i / 4.0;
            rows.add(new GoldenRow(
                    "row " + i,
                    Map.of("x", new Elements.Reals(value, 1, -value)),
                    new Label.OfClass(truth.apply(value)),
                    Map.of("scores", new Elements.Reals(value * factor, factor, -value * factor))));
        }
        new GoldenSet(null, List.of(input), List.of(output), rows, Tolerance.USUAL).write(path("golden.json"));
    }

    private static Path testClasses() {
        try {
            return Path.of(ContainerizeFolder.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    void zip(String name, Map<String, String> entries) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(path(name)))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    Spec spec(String keys) throws IOException {
        return spec("m", keys);
    }

    /** The same, served under another name, by which the stand-in for the server knows how to behave. */
    Spec spec(String name, String keys) throws IOException {
        Files.writeString(path("gatewright.yaml"), """
                gatewright: 1
                model: {name: %s, task: multiclass-classification, path: model.onnx, classes: [a, b, c]}
                stages:
                  evaluate-metrics: {}
                  containerize: {golden: {path: golden.json}%s}
                """.formatted(name, keys.isEmpty() ? "" : ", " + keys));
        return run().spec();
    }

    /** The stage, after an evaluate-metrics that judged the model as it was written. */
    StageRun run() {
        return run(new Installation(
                Installation.Part.NONE,
                new Installation.Part(
                        List.of(path("server/model-server.jar"), path("server/onnxruntime-1.29.0.jar")), List.of())));
    }

    StageRun run(Installation installation) {
        return new StageRun(new ContainerizeStage(), folder)
                .after(new FakeStage(StageName.EVALUATE_METRICS, request -> {
                    StageOutcome passed = FakeStage.outcome(1);
                    return new StageOutcome(
                            passed.gates(), List.of(), judged, List.of(), passed.facts(), passed.environment());
                }))
                .with(installation);
    }
}
