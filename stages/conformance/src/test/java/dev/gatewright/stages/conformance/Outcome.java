// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.stages.cli.Door;
import dev.gatewright.stages.testkit.ReportFormat;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a broken run came to, and the rules that hold for all of them.
 *
 * @param trusted the stages that passed before anything was broken
 */
record Outcome(Case broken, Sandbox box, List<StageName> trusted, Door.Answer answer) {
    /** Holds the run against what its case expects, and against what holds for all. */
    void check() throws IOException {
        Expected expected = broken.expected();
        assertThat(answer.exitCode()).as(answer.text()).isNotZero().isEqualTo(expected.exitCode());
        switch (expected.kind()) {
            case JUDGED -> {
                checkReport(expected);
                checkRun();
                assertThat(answer.text()).as("the verdict is shown").contains(String.valueOf(expected.verdict()));
            }
            case NOT_STARTED -> {
                checkReport(expected);
                checkRun();
            }
            case KILLED -> checkReport(expected);
            case REFUSED, STOPPED -> {
                assertThat(answer.text()).contains(expected.sentence());
                assertThat(box.reportFile(stage()))
                        .as("nothing was started")
                        .satisfies(file -> assertThat(Files.isRegularFile(file)).isFalse());
            }
        }
        if (expected.kind() != Expected.Kind.STOPPED) {
            checkNothingElsePassed();
        }
    }

    private StageName stage() {
        StageName named = broken.expected().stage();
        return named == null ? broken.sound().lastStage() : named;
    }

    private void checkReport(Expected expected) throws IOException {
        assertThat(box.reportFile(stage())).as(answer.text()).exists();
        Report report = Report.read(box.reportFile(stage()));
        assertThat(ReportFormat.violations(report.document())).isEmpty();
        assertThat(report.isIntact())
                .as("its judgement digest is that of its judgement")
                .isTrue();
        assertThat(report.runId()).isEqualTo(box.runId());
        assertThat(report.verdict()).as(answer.text()).isEqualTo(Optional.ofNullable(expected.verdict()));
        assertThat(report.status())
                .isEqualTo(
                        switch (expected.kind()) {
                            case JUDGED -> Status.DONE;
                            case KILLED -> report.status() == Status.DONE ? Status.DONE : Status.RUNNING;
                            default -> Status.NOT_STARTED;
                        });
        assertThat(String.join("\n", sentences(report))).contains(expected.sentence());
        if (!expected.gates().isEmpty()) {
            assertThat(report.document().objects("gates"))
                    .extracting(gate -> Verdict.valueOf(gate.text("verdict").orElseThrow()))
                    .isEqualTo(expected.gates());
        }
    }

    /** The run says of each stage what its report says, and does not pass. */
    private void checkRun() throws IOException {
        RunDocument run = RunDocument.read(box.runFile());
        assertThat(run.verdict()).isNotEqualTo(Optional.of(Verdict.PASSED));
        for (RunDocument.Entry entry : run.stages()) {
            if (Files.exists(box.reportFile(entry.stage())) && entry.stage().compareTo(stage()) >= 0) {
                Report report = Report.read(box.reportFile(entry.stage()));
                assertThat(entry.verdict()).isEqualTo(report.verdict().orElse(null));
                assertThat(entry.reportDigest())
                        .isEqualTo(report.status() == Status.DONE ? CanonicalJson.sha256(report.document()) : null);
            }
        }
    }

    /** A stage before the broken one may have passed; none from there on has. */
    private void checkNothingElsePassed() throws IOException {
        for (StageName name : broken.sound().stages()) {
            if (name.compareTo(stage()) >= 0 && !trusted.contains(name) && Files.exists(box.reportFile(name))) {
                assertThat(Report.read(box.reportFile(name)).verdict()).isNotEqualTo(Optional.of(Verdict.PASSED));
            }
        }
    }

    private static List<String> sentences(Report report) {
        List<String> sentences = new ArrayList<>();
        report.document().text("headline").ifPresent(sentences::add);
        report.document().object("cause").text("sentence").ifPresent(sentences::add);
        for (Json.Obj gate : report.document().objects("gates")) {
            gate.text("sentence").ifPresent(sentences::add);
            gate.objects("findings").forEach(finding -> finding.text("why").ifPresent(sentences::add));
        }
        return sentences;
    }

    /** All reports of a sound run are intact and passed, and so did the run. */
    static void checkPassed(Sound sound, Sandbox box) throws IOException {
        for (StageName name : sound.stages()) {
            Report report = Report.read(box.reportFile(name));
            assertThat(ReportFormat.violations(report.document())).isEmpty();
            assertThat(report.isIntact()).isTrue();
            assertThat(report.verdict()).contains(Verdict.PASSED);
        }
        assertThat(RunDocument.read(box.runFile()).verdict()).contains(Verdict.PASSED);
    }
}
