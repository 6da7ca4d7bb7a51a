// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.ReportWriter;
import dev.gatewright.stages.api.report.RunDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs of tests, written by the same parts of the program that write real ones. */
final class SampleRuns {
    static final String RUN_ID = "20261123-083000-7f3a9c";
    static final Instant START = Instant.parse("2026-11-23T08:30:00.123Z");

    private static final String COMMIT = "9b1c0d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6a7b8c";

    private SampleRuns() {}

    /** A writer of the reports of {@code stage}. */
    static ReportWriter writer(StageName stage) {
        return new ReportWriter(
                stage,
                RUN_ID,
                "gatewright.yaml",
                "d".repeat(64),
                Json.object()
                        .put("commit", COMMIT)
                        .put("describe", "v1.4-7-g9b1c0d2")
                        .put("dirty", true)
                        .put("changed", Json.texts(List.of("train.py")))
                        .put("author", "Ada Example")
                        .put("authored", "2026-11-22T17:03:11Z")
                        .put("branch", "main")
                        .put("url", "https://git.example.com/models/digits.git")
                        .build(),
                Json.object()
                        .put("kind", "command-line")
                        .put("system", "Linux 6.1")
                        .put("architecture", "amd64")
                        .put("processors", 16)
                        .put("java", "Eclipse Adoptium 17.0.12")
                        .put("gatewright", "0.1.0")
                        .build(),
                START);
    }

    static Report done(StageName stage, StageOutcome outcome) {
        return writer(stage).done(START.plusMillis(63_400), outcome);
    }

    /** The run of {@code reports}, followed by {@code pending} stages whose turn has not come. */
    static RunView of(List<Report> reports, StageName... pending) {
        List<RunDocument.Entry> entries = new ArrayList<>();
        reports.forEach(report -> entries.add(RunDocument.Entry.of(report)));
        Arrays.stream(pending).forEach(stage -> entries.add(RunDocument.Entry.pending(stage)));
        return new RunView(new RunDocument(RUN_ID, "d".repeat(64), COMMIT, entries), reports);
    }

    /** Training and evaluation went well, with a warning. */
    static RunView passing() {
        return of(List.of(
                done(StageName.TRAIN_GATE, SampleStages.training(true)),
                done(StageName.EVALUATE_METRICS, SampleStages.evaluation(10, true))));
    }

    /** The evaluation fails, and nothing after it is started. */
    static RunView failing() {
        return of(List.of(
                done(StageName.TRAIN_GATE, SampleStages.training(true)),
                done(StageName.EVALUATE_METRICS, SampleStages.evaluation(10, false)),
                stopped(StageName.QUANTIZE),
                stopped(StageName.CONTAINERIZE)));
    }

    /** The evaluation crashed. */
    static RunView crashed() {
        return of(List.of(
                done(StageName.TRAIN_GATE, SampleStages.training(true)),
                writer(StageName.EVALUATE_METRICS)
                        .failed(
                                START.plusMillis(4_210),
                                "the model's worker ended with signal 11 (SIGSEGV) while it ran batch 3 of build/model.onnx",
                                "run 'gatewright inspect build/model.onnx'; if the file is sound, report the operator that it"
                                        + " names last",
                                """
                                dev.gatewright.validation.onnx.run.WorkerEndedException: signal 11
                                \tat dev.gatewright.validation.onnx.run.Worker.await(Worker.java:143)
                                \tat dev.gatewright.validation.evaluation.Pipeline.run(Pipeline.java:88)
                                """),
                stopped(StageName.QUANTIZE)));
    }

    /** A model of a hundred classes. */
    static RunView hundredClasses() {
        return of(List.of(done(StageName.EVALUATE_METRICS, SampleStages.evaluation(100, false))));
    }

    /** The training diverged. */
    static RunView diverged() {
        return of(List.of(done(StageName.TRAIN_GATE, SampleStages.training(false))), StageName.EVALUATE_METRICS);
    }

    /** A stage was killed. */
    static RunView killed() {
        return of(List.of(writer(StageName.TRAIN_GATE).started()), StageName.EVALUATE_METRICS);
    }

    private static Report stopped(StageName stage) {
        return writer(stage).notStarted(StageName.EVALUATE_METRICS, "evaluate-metrics did not pass");
    }
}
