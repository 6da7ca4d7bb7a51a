// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.LocalRegistry;
import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was begun on one machine goes on on another, which has the spec and the data alone. */
class TravelTest {
    private static final String SPEC = """
            gatewright: 1
            model: {name: check, task: multiclass-classification, path: build/model.onnx, classes: [a, b, c]}
            data:
              rows: {path: rows.csv, label: largest, features: {numbers: [a, b, c]}}
            stages:
              train-gate:
                run: sh train.sh
                outputs: [build/model.onnx, build/metrics.json]
                metrics: build/metrics.json
                gates: [{metric: val_accuracy, min: 0.9}]
              evaluate-metrics:
                data: rows
                gates: [{metric: accuracy, min: 0.9}]
            """;
    private static final String TRAINING = """
            mkdir -p build
            cp trained.onnx build/model.onnx
            echo '{"val_accuracy": 0.95}' > build/metrics.json
            """;

    @TempDir
    private Path folder;

    private Path here;
    private Path there;

    @BeforeEach
    void makeBoth() throws IOException {
        here = place("here");
        there = place("there");
        Files.writeString(here.resolve("train.sh"), TRAINING);
        copy("model.onnx", here.resolve("trained.onnx"));
        Files.writeString(there.resolve("train.sh"), "exit 1\n");
    }

    private Path place(String name) throws IOException {
        Path place = Files.createDirectories(folder.resolve(name));
        Files.writeString(place.resolve("gatewright.yaml"), SPEC);
        copy("rows.csv", place.resolve("rows.csv"));
        return place;
    }

    private static void copy(String name, Path to) throws IOException {
        try (InputStream file = TravelTest.class.getResourceAsStream("command/check/" + name)) {
            Files.copy(file, to);
        }
    }

    private static Shell.Answer run(Object... arguments) {
        return new Shell().run(List.of(arguments).stream().map(Object::toString).toArray(String[]::new));
    }

    private static Shell.Answer passes(Object... arguments) {
        Shell.Answer answer = run(arguments);
        assertThat(answer.code()).as(answer.all()).isZero();
        return answer;
    }

    @Test
    void aPackedRunGoesOnElsewhere() {
        Path file = folder.resolve("r1.tar");
        passes("train-gate", here, "--run-id", "r1");

        Shell.Answer packed = passes("pack", here.resolve(".gatewright/runs/r1"), "--to", file);
        Shell.Answer unpacked = passes("unpack", file, "--into", there);
        Shell.Answer judged = passes("evaluate-metrics", there, "--run-id", "r1");

        assertThat(packed.out()).matches("packed run r1 into .*r1\\.tar: 4 files, \\d+ bytes, sha256:[0-9a-f]{64}\n");
        assertThat(unpacked.out()).matches("unpacked run r1: 4 files, \\d+ bytes, sha256:[0-9a-f]{64}\n");
        assertThat(there.resolve("build/model.onnx")).hasSameBinaryContentAs(here.resolve("build/model.onnx"));
        assertThat(there.resolve(".gatewright/runs/r1/run.html")).exists();
        assertThat(judged.out()).contains("✓ PASSED");
        assertThat(passes("report", there.resolve(".gatewright/runs/r1")).out())
                .contains("train-gate", "evaluate-metrics");
    }

    @Test
    void anotherSpecDoesNotGoOnWithIt() throws IOException {
        Path file = folder.resolve("r1.tar");
        passes("train-gate", here, "--run-id", "r1");
        passes("pack", here.resolve(".gatewright/runs/r1"), "--to", file);
        passes("unpack", file, "--into", there);
        Files.writeString(
                there.resolve("gatewright.yaml"), SPEC.replace("accuracy, min: 0.9}]\n", "accuracy, min: 0.1}]\n"));

        Shell.Answer answer = run("evaluate-metrics", there, "--run-id", "r1");

        assertThat(answer.code()).as(answer.all()).isEqualTo(2);
        assertThat(answer.err()).contains("run r1 was begun with another spec");
    }

    @Test
    void jobsShareARunThroughARegistry(@TempDir Path data) throws Exception {
        Requires.that(
                LocalRegistry.program().isPresent(),
                "needs docker-registry, a package of Debian that ./verify installs");
        try (LocalRegistry registry = LocalRegistry.start(data)) {
            String runs = "oci://localhost:" + registry.port() + "/team/runs";
            passes("train-gate", here, "--run-id", "r1", "--runs", runs);

            Shell.Answer judged = passes("evaluate-metrics", there, "--run-id", "r1", "--runs", runs);
            Shell.Answer late =
                    run("train-gate", place("late"), "--run-id", "r1", "--runs", runs, "--set", "data.rows.label=a");

            assertThat(judged.err()).contains("fetching run r1 from localhost:", "pushing sha256:");
            assertThat(judged.out()).contains("✓ PASSED");
            assertThat(late.code()).as(late.all()).isEqualTo(2);
            assertThat(late.err()).contains("run r1 was begun with another spec");

            // Both go on with what they have: the second is told, and its verdict is none.
            passes("evaluate-metrics", there, "--run-id", "r1", "--runs", runs);
            Path third = place("third");
            passes("evaluate-metrics", third, "--run-id", "r1", "--runs", runs);
            Files.write(there.resolve(".gatewright/runs/r1/run.json"), changed(there));
            Shell.Answer second = run("evaluate-metrics", there, "--run-id", "r1", "--runs", runs);
            assertThat(second.code()).as(second.all()).isEqualTo(3);
            assertThat(second.err()).contains("run r1 has gone on here, and elsewhere too");
        }
    }

    /** The run as it is when a stage was started that did not come to its end. */
    private static byte[] changed(Path folder) throws IOException {
        Path file = folder.resolve(".gatewright/runs/r1/run.json");
        RunDocument run = RunDocument.read(file);
        RunDocument started = run.with(new RunDocument.Entry(
                StageName.EVALUATE_METRICS, Status.RUNNING, Verdict.NOT_EVALUATED, null, null, null));
        return JsonWriter.pretty(started.toJson()).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void withoutASpecOnlyTheReportsCome() {
        Path file = folder.resolve("r1.tar");
        passes("train-gate", here, "--run-id", "r1");
        passes("pack", here.resolve(".gatewright/runs/r1"), "--to", file);

        Shell.Answer answer = passes("unpack", file, "--into", folder.resolve("empty"));

        assertThat(answer.err()).contains("build/model.onnx did not come: the spec does not name it");
        assertThat(folder.resolve("empty/build")).doesNotExist();
        assertThat(run("report", folder.resolve("empty/.gatewright/runs/r1")).out())
                .contains("train-gate  ");
    }

    @Test
    void whatIsNoRunIsAWrongRequest() {
        for (Shell.Answer answer : List.of(
                run("pack", here),
                run("pack", "r1"),
                run("unpack", folder.resolve("none.tar"), "--into", there),
                run("pack"))) {
            assertThat(answer.code()).as(answer.all()).isEqualTo(2);
        }
    }

    @Test
    void aDamagedFileCouldNotBeUnpacked() throws IOException {
        Path file = Files.writeString(folder.resolve("r1.tar"), "x".repeat(2000));

        Shell.Answer answer = run("unpack", file, "--into", there);

        assertThat(answer.code()).as(answer.all()).isEqualTo(3);
        assertThat(answer.err()).contains("so that it is no tar; fetch the file again, or pack the run anew");
        assertThat(there.resolve(".gatewright")).doesNotExist();
    }
}
