// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.thoughtworks.xstream.XStream;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.HostResult;
import dev.gatewright.stages.api.host.RunFiles;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatewrightActionTest {
    private static final StageName STAGE = StageName.EVALUATE_METRICS;
    private static final Optional<StageName> WHOLE = Optional.empty();

    private final SavedRun run;
    private final RunDocuments documents = new RunDocuments("build-7");

    GatewrightActionTest() throws IOException {
        run = new SavedRun();
    }

    @Test
    void showsWhatAStageCameTo() throws Exception {
        documents.add(STAGE, Status.DONE, Verdict.FAILED);

        record(1, Optional.of(STAGE));

        assertThat(Exports.of(action()))
                .isEqualTo(Map.of(
                        "verdict",
                        "FAILED",
                        "results",
                        List.of(Map.ofEntries(
                                Map.entry("stage", "evaluate-metrics"),
                                Map.entry("runId", "build-7"),
                                Map.entry("status", "DONE"),
                                Map.entry("verdict", "FAILED"),
                                Map.entry("why", ""),
                                Map.entry(
                                        "judgementDigest",
                                        documents.report(STAGE).judgementDigest()),
                                Map.entry("runDigest", documents.run().runDigest()),
                                Map.entry(
                                        "gates",
                                        List.of(Map.of(
                                                "verdict",
                                                "FAILED",
                                                "warning",
                                                false,
                                                "sentence",
                                                "accuracy 0.96 is below min 0.97"))),
                                Map.entry(
                                        "metrics",
                                        List.of(
                                                Map.of("metric", "accuracy", "rows", "", "value", 0.96, "unit", ""),
                                                Map.of(
                                                        "metric",
                                                        "latency_p95_ms",
                                                        "rows",
                                                        "writer=7",
                                                        "value",
                                                        1.5,
                                                        "unit",
                                                        "ms"))),
                                Map.entry("leftOut", 0)))));
        assertThat(action().getRun()).isSameAs(run);
        assertThat(run.saved).isEqualTo(1);
        assertThat(action().getResults().get(0).getMetrics())
                .extracting(MetricResult::getText)
                .containsExactly("0.96", "1.5 ms");
    }

    @Test
    void showsEveryStageOfARun() throws Exception {
        documents.add(STAGE, Status.DONE, Verdict.INCONCLUSIVE);
        documents.add(StageName.CONTAINERIZE, Status.NOT_STARTED, null);

        record(3, WHOLE);

        assertThat(action().getResults())
                .extracting(StageResult::getStage, StageResult::getHeadline, StageResult::getColour)
                .containsExactly(
                        tuple("evaluate-metrics", "INCONCLUSIVE", "jenkins-!-warning-color"),
                        tuple("containerize", "NOT_STARTED", "jenkins-!-text-color"));
        assertThat(action().getVerdict()).isEqualTo("INCONCLUSIVE");
    }

    /** Nothing of a report is shown that the host did not accept, be it only for the exit code. */
    @ParameterizedTest
    @EnumSource
    void showsNothingOfWhatWasNotAccepted(Verdict verdict) throws Exception {
        documents.add(STAGE, Status.DONE, verdict);

        record(137, Optional.of(STAGE));

        StageResult shown = action().getResults().get(0);
        assertThat(shown.getVerdict()).isEqualTo("NOT_EVALUATED");
        assertThat(shown.getWhy()).contains("137");
        assertThat(shown.getGates()).isEmpty();
        assertThat(shown.getMetrics()).isEmpty();
        assertThat(shown.getJudgementDigest()).isNull();
        assertThat(action().getColour()).isEqualTo("jenkins-!-error-color");
    }

    @Test
    void showsNothingOfWhatWasChangedSince() throws Exception {
        documents.add(STAGE, Status.DONE, Verdict.PASSED);
        for (String changed : List.of("run.json", "evaluate-metrics/report.json")) {
            for (byte[] bytes : new byte[][] {{}, "{}".getBytes(StandardCharsets.UTF_8), null}) {
                HostResult result = documents.result(0, Optional.of(STAGE));

                GatewrightAction.record(
                        run,
                        Optional.of(STAGE),
                        result,
                        path -> path.equals(changed) ? Optional.ofNullable(bytes) : documents.read(path));

                assertThat(action().getResults())
                        .singleElement()
                        .returns("NOT_EVALUATED", StageResult::getVerdict)
                        .returns(List.of(), StageResult::getGates);
            }
        }
    }

    @Test
    void showsNothingOfWhatTookItsPlace() throws Exception {
        documents.add(STAGE, Status.DONE, Verdict.FAILED);
        RunDocuments others = new RunDocuments("build-7");
        others.add(STAGE, Status.DONE, Verdict.PASSED);

        GatewrightAction.record(run, Optional.of(STAGE), documents.result(1, Optional.of(STAGE)), others);

        assertThat(action().getVerdict()).isEqualTo("NOT_EVALUATED");
    }

    /** Half a character is read from JSON, and has no bytes to take a digest from. */
    @Test
    void textWithoutADigestIsNotEvaluated() throws Exception {
        documents.add(STAGE, Status.DONE, Verdict.PASSED, "sentence");
        RunFiles changed = path -> documents
                .read(path)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8)
                        .replace("\"sentence\":\"sentence\"", "\"sentence\":\"\\ud800\"")
                        .getBytes(StandardCharsets.UTF_8));
        HostResult result = HostResult.of(0, "build-7", Optional.of(STAGE), changed);

        assertThat(result.verdict()).isEqualTo(Verdict.NOT_EVALUATED);
        assertThat(result.why()).contains("surrogate");

        GatewrightAction.record(run, Optional.of(STAGE), documents.result(0, Optional.of(STAGE)), changed);
        assertThat(action().getVerdict()).isEqualTo("NOT_EVALUATED");
    }

    @Test
    void showsTheNewestOfAStage() throws Exception {
        documents.add(STAGE, Status.DONE, Verdict.INCONCLUSIVE);
        record(3, Optional.of(STAGE));
        documents.add(STAGE, Status.DONE, Verdict.PASSED);
        record(0, Optional.of(STAGE));

        assertThat(action().getResults())
                .singleElement()
                .returns("PASSED", StageResult::getVerdict)
                .returns("jenkins-!-success-color", StageResult::getColour);
    }

    @Test
    void whatWasNotAcceptedOfARunIsNotForgotten() throws Exception {
        documents.add(STAGE, Status.DONE, Verdict.PASSED);
        record(0, Optional.of(STAGE));
        record(137, WHOLE);

        assertThat(action().getVerdict()).isEqualTo("NOT_EVALUATED");
    }

    @Test
    void waitingIsNoVerdict() throws Exception {
        documents.add(STAGE, Status.WAITING, Verdict.NOT_EVALUATED);

        record(4, Optional.of(STAGE));

        assertThat(action().getResults())
                .singleElement()
                .returns("WAITING", StageResult::getHeadline)
                .returns("WAITING", StageResult::getStatus);
    }

    @Test
    void keepsWhatBranchesRecordAtOnce() throws Exception {
        documents.add(STAGE, Status.DONE, Verdict.PASSED);
        ExecutorService branches = Executors.newFixedThreadPool(8);
        try {
            for (Future<?> each : IntStream.range(0, 100)
                    .mapToObj(i -> branches.submit(() -> {
                        RunDocuments own = new RunDocuments("build-" + i);
                        own.add(STAGE, Status.DONE, Verdict.PASSED);
                        GatewrightAction.record(run, Optional.of(STAGE), own.result(0, Optional.of(STAGE)), own);
                        return null;
                    }))
                    .toList()) {
                each.get();
            }
        } finally {
            branches.shutdownNow();
        }
        assertThat(action().getResults()).hasSize(100);
        assertThat(run.getActions()).hasSize(1);
    }

    @Test
    void keepsHostileTextAsTextOfSomeLength() throws Exception {
        String hostile = "<script>alert(1)</script>${1+1}\u0000\u001b[31m\u202e" + "x".repeat(100_000);
        documents.add(STAGE, Status.DONE, Verdict.FAILED, hostile);

        record(1, Optional.of(STAGE));

        String sentence = action().getResults().get(0).getGates().get(0).getSentence();
        assertThat(sentence)
                .startsWith("<script>alert(1)</script>${1+1}\ufffd\ufffd[31m\ufffdxxx")
                .hasSizeLessThan(4100)
                .endsWith("characters more");
    }

    @Test
    void isSavedAndReadAgain() throws Exception {
        StringBuilder everything = new StringBuilder();
        for (int c = 0; c < 0x3000; c++) {
            everything.appendCodePoint(c);
        }
        documents.add(
                STAGE,
                Status.DONE,
                Verdict.FAILED,
                everything.append("\ufffe\uffff").toString());
        documents.add(StageName.CONTAINERIZE, Status.NOT_STARTED, null);
        record(1, WHOLE);
        XStream xstream = new XStream();
        xstream.allowTypesByWildcard(new String[] {"dev.gatewright.plugin.*"});

        GatewrightAction read = (GatewrightAction) xstream.fromXML(xstream.toXML(action()));
        read.onLoad(run);

        assertThat(Exports.of(read)).isEqualTo(Exports.of(action()));
        assertThat(read.getRun()).isSameAs(run);
        assertThat(xstream.toXML(action())).doesNotContain("SavedRun");
    }

    /** Half a character can be read from JSON, and makes XML that cannot be read again. */
    @Test
    void keepsNoHalfCharacters() {
        assertThat(ShownText.of("a\ud800b\udc00\ud83d\ude00")).isEqualTo("a\ufffdb\ufffd\ud83d\ude00");
        assertThat(ShownText.of("x".repeat(3999) + "\ud83d\ude00"))
                .isEqualTo("x".repeat(3999) + "\ufffd… and 1 characters more");
    }

    @Test
    void saysHowMuchItLeavesOut() throws Exception {
        documents.add(STAGE, Status.DONE, Verdict.FAILED, 1000, "lost");

        record(1, Optional.of(STAGE));

        StageResult shown = action().getResults().get(0);
        assertThat(shown.getGates()).hasSize(200);
        assertThat(shown.getLeftOut()).isEqualTo(800);
    }

    private void record(int exitCode, Optional<StageName> stage) throws IOException {
        GatewrightAction.record(run, stage, documents.result(exitCode, stage), documents);
    }

    private GatewrightAction action() {
        return run.getAction(GatewrightAction.class);
    }
}
