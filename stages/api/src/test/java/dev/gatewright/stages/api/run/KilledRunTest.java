// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.run;

import static dev.gatewright.stages.api.StageName.EVALUATE_METRICS;
import static dev.gatewright.stages.api.StageName.TRAIN_GATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.Outcomes;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at any moment: each document is the old one or the new one, and nothing passes that did not end. */
class KilledRunTest {
    private static final int LARGE = 1 << 20;

    @TempDir
    private Path folder;

    @Seeded(cases = 8)
    void leavesWholeDocuments(Gen gen) throws Exception {
        try (Forked program = Forked.start(EndlessProgram.class, List.of(folder.toString()))) {
            assertThat(program.line()).isEqualTo("first run done");
            Thread.sleep(gen.integer(0, 400));
            program.kill();
        }
        Spec spec = EndlessProgram.spec(folder);

        String large = Files.readString(folder.resolve("large"));
        assertThat(large).hasSize(LARGE).isEqualTo(large.substring(0, 1).repeat(LARGE));
        RunDocument run = RunDocument.read(Runs.document(spec));
        for (StageName stage : List.of(TRAIN_GATE, EVALUATE_METRICS)) {
            RunDocument.Entry entry = run.entry(stage).orElseThrow();
            if (Files.exists(Runs.path(spec, stage))) {
                Report report = Runs.report(spec, stage);
                assertThat(report.isIntact()).isTrue();
                if (entry.status() == Status.DONE && report.status() == Status.DONE) {
                    assertThat(CanonicalJson.sha256(report.document())).isEqualTo(entry.reportDigest());
                }
                if (report.status() == Status.RUNNING) {
                    assertThat(report.document().text("headline")).contains("NOT_EVALUATED: started, not finished");
                }
            }
        }
        assertThat(run.verdict().equals(java.util.Optional.of(Verdict.PASSED)))
                .isEqualTo(run.stages().stream().allMatch(entry -> entry.verdict() == Verdict.PASSED));

        assertThat(Runs.runAll(spec).verdict()).contains(Verdict.PASSED);
    }

    @Test
    void leavesTheStageThatWasKilledNotEvaluated() throws Exception {
        try (Forked program = Forked.start(HangingProgram.class, List.of(folder.toString()))) {
            assertThat(program.line()).isEqualTo("in evaluate-metrics");
            program.kill();
        }
        Spec spec = EndlessProgram.spec(folder);

        Report report = Runs.report(spec, EVALUATE_METRICS);
        assertThat(report.status()).isEqualTo(Status.RUNNING);
        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(report.document().text("headline")).contains("NOT_EVALUATED: started, not finished");
        RunDocument run = RunDocument.read(Runs.document(spec));
        assertThat(run.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(run.entry(TRAIN_GATE).orElseThrow().verdict()).isEqualTo(Verdict.PASSED);
        try (Stream<Path> files = Files.list(Runs.path(spec, EVALUATE_METRICS).getParent())) {
            assertThat(files).containsExactly(Runs.path(spec, EVALUATE_METRICS));
        }
    }

    /** Runs both stages for ever, and writes a large file in between. */
    static final class EndlessProgram {
        private EndlessProgram() {}

        static Spec spec(Path folder) throws IOException {
            return Runs.spec(
                    folder,
                    List.of(
                            Runs.stage(TRAIN_GATE, request -> passed()),
                            Runs.stage(EVALUATE_METRICS, request -> passed())));
        }

        private static StageOutcome passed() throws InterruptedException {
            Thread.sleep(2);
            return Outcomes.of(Verdict.PASSED);
        }

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            Spec spec = spec(folder);
            for (int i = 0; true; i++) {
                AtomicFile.write(folder.resolve("large"), (i % 2 == 0 ? "a" : "b").repeat(LARGE));
                Runs.runAll(spec);
                if (i == 0) {
                    System.out.println("first run done");
                }
            }
        }
    }

    /** Passes the first stage and hangs in the second. */
    static final class HangingProgram {
        private HangingProgram() {}

        public static void main(String[] arguments) throws Exception {
            Runs.runAll(Runs.spec(
                    Path.of(arguments[0]),
                    List.of(
                            Runs.stage(TRAIN_GATE, request -> Outcomes.of(Verdict.PASSED)),
                            Runs.stage(EVALUATE_METRICS, request -> {
                                System.out.println("in evaluate-metrics");
                                Thread.sleep(60_000);
                                return Outcomes.of(Verdict.PASSED);
                            }))));
        }
    }
}
