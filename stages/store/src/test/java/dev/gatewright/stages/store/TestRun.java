// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.ReportWriter;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.run.RunFolder;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a spec with a run in it, as the stages leave it. */
final class TestRun {
    static final String ID = "r1";
    static final String MODEL = "build/model.onnx";

    /** What the spec of these runs names. */
    static final SpecPaths NAMED = new SpecPaths(List.of("build"));

    private final Path folder;

    private TestRun(Path folder) {
        this.folder = folder;
    }

    /** A run that has trained a model and judged it on rows, whose weights lie in a file of their own with {@code bytes} bytes. */
    static TestRun judged(Path folder, long bytes) throws IOException {
        return judged(folder, bytes, "weights");
    }

    static TestRun judged(Path folder, long bytes, String weightsName) throws IOException {
        TestRun run = new TestRun(folder);
        run.write("data/holdout.csv", "name,label\nAda,1\n");
        run.write("build/metrics.json", "{\"val_accuracy\": 0.99}");
        run.write("train.log", "password=hunter2");
        Path data = folder.resolve("build").resolve(weightsName);
        Files.createDirectories(data.getParent());
        try (RandomAccessFile weights = new RandomAccessFile(data.toFile(), "rw")) {
            weights.setLength(bytes); // a hole: no disk holds it
            weights.writeInt(1);
        }
        Onnx.model()
                .input("x", Onnx.FLOAT, "N,4")
                .external("w", Onnx.FLOAT, "4," + bytes / 16, weightsName, 0L, bytes)
                .node("MatMul", "x,w", "scores")
                .output("scores", Onnx.FLOAT, "N," + bytes / 16)
                .writeTo(folder.resolve(MODEL));
        run.begin();
        run.done(
                StageName.TRAIN_GATE,
                List.of(run.file("train", "data/holdout.csv")),
                List.of(run.file("model", MODEL), run.file("build/metrics.json", "build/metrics.json")));
        run.done(StageName.EVALUATE_METRICS, List.of(run.model(), run.file("holdout", "data/holdout.csv")), List.of());
        return run;
    }

    /** The run that lies in {@code folder}. */
    static TestRun over(Path folder) {
        return new TestRun(folder);
    }

    /** As a run does when a stage before {@code stage} is run again. */
    TestRun forget(StageName stage) throws IOException {
        try (RunFolder run = RunFolder.open(RunFolder.runsOf(folder), ID)) {
            Files.delete(run.stage(stage).resolve(Report.FILE_NAME));
            run.write(run.run().orElseThrow().with(RunDocument.Entry.pending(stage)));
        }
        return this;
    }

    Path folder() {
        return folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Path runFolder() {
        return RunFolder.runsOf(folder).resolve(ID);
    }

    TestRun write(String name, String text) throws IOException {
        Files.createDirectories(path(name).getParent());
        Files.writeString(path(name), text);
        return this;
    }

    private void begin() throws IOException {
        List<RunDocument.Entry> entries =
                Stream.of(StageName.values()).map(RunDocument.Entry::pending).toList();
        try (RunFolder run = RunFolder.open(RunFolder.runsOf(folder), ID)) {
            run.write(new RunDocument(ID, "a".repeat(64), null, entries));
        }
    }

    Artifact file(String name, String path) throws IOException {
        return Artifact.of(name, path(path), folder);
    }

    /** The model, by all its files. */
    Artifact model() {
        ModelFile model = ModelFile.open(path(MODEL), SafetyLimits.strict());
        return new Artifact("model", MODEL, model.description().bytes(), model.digest());
    }

    /** Has {@code stage} leave its report. */
    TestRun done(StageName stage, List<Artifact> inputs, List<Artifact> outputs) throws IOException {
        Instant time = Instant.parse("2026-11-30T12:00:00Z");
        Json.Obj none = Json.object().build();
        Report report = new ReportWriter(stage, ID, "gatewright.yaml", "a".repeat(64), none, none, time)
                .done(time, new StageOutcome(List.of(), List.of(), inputs, outputs, none, none));
        try (RunFolder run = RunFolder.open(RunFolder.runsOf(folder), ID)) {
            run.write(report);
            run.write(run.run().orElseThrow().with(RunDocument.Entry.of(report)));
        }
        return this;
    }

    PackedRun pack(Path to) throws IOException {
        try (RunFolder run = RunFolder.open(RunFolder.runsOf(folder), ID)) {
            return PackedRun.pack(run, folder, to);
        }
    }

    static PackedRun unpack(Path from, Path specFolder) throws IOException, InterruptedException {
        return PackedRun.unpack(from, specFolder, NAMED, note -> {});
    }

    /** All files below {@code folder} but locks. */
    static List<String> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.endsWith("lock"))
                    .sorted()
                    .toList();
        }
    }
}
