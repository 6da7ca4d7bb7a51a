// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.report.Judgement;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostResultTest {
    private static final StageName STAGE = StageName.EVALUATE_METRICS;
    private static final StageName NEXT = StageName.CONTAINERIZE;
    private static final String RUN = "build-7";
    private static final Optional<StageName> WHOLE = Optional.empty();

    @TempDir
    private Path folder;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    @Test
    void handsOnWhatAStageCameTo() throws IOException {
        Report report = report(STAGE, Status.DONE, Verdict.PASSED);
        RunDocument run = leave(report, report(NEXT, Status.DONE, Verdict.PASSED));

        HostResult result = of(0, Optional.of(STAGE));

        assertThat(result)
                .isEqualTo(new HostResult(
                        Verdict.PASSED,
                        Status.DONE,
                        "",
                        Json.object().put("accuracy", 0.96).build(),
                        report.judgementDigest(),
                        run.runDigest(),
                        RUN,
                        ".gatewright/runs/build-7/evaluate-metrics/report.json",
                        "build/model.onnx",
                        "localhost/digits:1@sha256:12",
                        "http://127.0.0.1:80"));
        assertThat(result.from("models/digits").model()).isEqualTo("models/digits/build/model.onnx");
        assertThat(result.toJson().members().keySet())
                .containsExactly(
                        "verdict",
                        "status",
                        "judgementDigest",
                        "runDigest",
                        "runId",
                        "metrics",
                        "report",
                        "model",
                        "image",
                        "endpoint",
                        "why");
    }

    @Test
    void handsOnWhatARunCameTo() throws IOException {
        RunDocument run = leave(report(STAGE, Status.DONE, Verdict.PASSED), report(NEXT, Status.DONE, Verdict.PASSED));

        HostResult result = of(0, WHOLE);

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.judgementDigest()).isEqualTo(run.judgementDigest().orElseThrow());
        assertThat(result.metrics().object("containerize").number("accuracy")).contains(0.96);
        assertThat(result.report()).isEqualTo(".gatewright/runs/build-7/run.json");
    }

    /** Of all exit codes and verdicts there are: each is accepted with its own only. */
    @ParameterizedTest
    @EnumSource(Verdict.class)
    void acceptsAVerdictOnlyWithItsExitCode(Verdict verdict) throws IOException {
        leave(report(STAGE, Status.DONE, verdict));
        int own = verdict == Verdict.PASSED ? 0 : verdict == Verdict.FAILED ? 1 : 3;

        for (int exit = -2; exit < 256; exit++) {
            for (Optional<StageName> asked : List.of(Optional.of(STAGE), WHOLE)) {
                HostResult result = of(exit, asked);
                assertThat(result.verdict())
                        .as("exit code %s", exit)
                        .isEqualTo(exit == own ? verdict : Verdict.NOT_EVALUATED);
                assertThat(result.why().isEmpty()).isEqualTo(exit == own && verdict == Verdict.PASSED);
            }
        }
    }

    @Test
    void waitsOnlyWhereCodeAndDocumentsSayIt() throws IOException {
        leave(report(STAGE, Status.WAITING, Verdict.FAILED));

        assertThat(of(4, Optional.of(STAGE)).status()).isEqualTo(Status.WAITING);
        assertThat(of(4, Optional.of(STAGE)).ending(FailOn.FAILED)).isEqualTo(Ending.SUCCESS);
        for (int exit : new int[] {0, 1, 2, 3}) {
            assertThat(of(exit, Optional.of(STAGE)).status())
                    .as("exit code %s", exit)
                    .isNotEqualTo(Status.WAITING);
            assertThat(of(exit, Optional.of(STAGE)).ending(FailOn.NOT_EVALUATED))
                    .isEqualTo(Ending.FAILURE);
        }
        leave(report(STAGE, Status.DONE, Verdict.PASSED));
        assertThat(of(4, Optional.of(STAGE)).verdict()).isEqualTo(Verdict.NOT_EVALUATED);
        assertThat(of(4, Optional.of(STAGE)).ending(FailOn.NOT_EVALUATED)).isEqualTo(Ending.FAILURE);
    }

    @Test
    void saysWhichStageStoppedAnother() throws IOException {
        leave(report(STAGE, Status.DONE, Verdict.INCONCLUSIVE), report(NEXT, Status.NOT_STARTED, null));

        HostResult result = of(3, Optional.of(NEXT));

        assertThat(result.verdict()).isEqualTo(Verdict.NOT_EVALUATED);
        assertThat(result.status()).isEqualTo(Status.NOT_STARTED);
        assertThat(result.why()).contains("evaluate-metrics is INCONCLUSIVE");
        assertThat(of(3, WHOLE).why()).startsWith("evaluate-metrics: accuracy 0.96 is lost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.json", "evaluate-metrics/report.json"})
    void doesNotPassWithoutADocument(String missing) throws IOException {
        leave(report(STAGE, Status.DONE, Verdict.PASSED));
        files.remove(missing);

        assertIsNotEvaluated("no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.json", "evaluate-metrics/report.json"})
    void doesNotPassWithHalfADocument(String torn) throws IOException {
        leave(report(STAGE, Status.DONE, Verdict.PASSED));
        byte[] whole = files.getOrDefault(torn, new byte[0]);

        for (int length = 0; length < whole.length - 1; length += 7) {
            files.put(torn, java.util.Arrays.copyOf(whole, length));
            assertIsNotEvaluated("");
        }
    }

    @Test
    void doesNotPassWithTheReportOfAnotherRunOrStage() throws IOException {
        Report other = report(STAGE, Status.DONE, Verdict.PASSED, "build-6");
        leave(report(STAGE, Status.DONE, Verdict.PASSED));
        files.put("evaluate-metrics/report.json", bytes(other.document()));
        assertIsNotEvaluated("another run, build-6");

        leave(report(STAGE, Status.DONE, Verdict.PASSED));
        files.put(
                "evaluate-metrics/report.json",
                bytes(report(NEXT, Status.DONE, Verdict.PASSED).document()));
        assertIsNotEvaluated("another stage, containerize");

        RunDocument elsewhere = new RunDocument(
                "build-6", "d", null, List.of(RunDocument.Entry.of(report(STAGE, Status.DONE, Verdict.PASSED))));
        files.put("run.json", bytes(elsewhere.toJson()));
        assertIsNotEvaluated("run.json is of run build-6, and not of run build-7");
    }

    /** Whatever is changed in a report that says FAILED so that it says PASSED, its digests tell. */
    @Test
    void doesNotPassWithAReportThatWasChanged() throws IOException {
        Report lost = report(STAGE, Status.DONE, Verdict.FAILED);
        leave(lost);
        String text = new String(bytes(lost.document()), StandardCharsets.UTF_8);
        byte[] changed = text.replace("FAILED", "PASSED").getBytes(StandardCharsets.UTF_8);
        files.put("evaluate-metrics/report.json", changed);
        assertIsNotEvaluated("run.json says DONE and FAILED, and its report says DONE and PASSED");

        Json.Obj document = (Json.Obj) JsonReader.read(changed);
        Map<String, Json> members = new LinkedHashMap<>(document.members());
        members.put("judgementDigest", Json.of(Judgement.digest(document)));
        files.put("evaluate-metrics/report.json", bytes(new Json.Obj(members)));
        assertIsNotEvaluated("run.json says DONE and FAILED, and its report says DONE and PASSED");

        Report passed = report(STAGE, Status.DONE, Verdict.PASSED);
        leave(passed);
        String better = new String(bytes(passed.document()), StandardCharsets.UTF_8).replace("0.96", "0.99");
        files.put("evaluate-metrics/report.json", better.getBytes(StandardCharsets.UTF_8));
        assertIsNotEvaluated("was changed after it was written");
    }

    @Test
    void doesNotPassForAStageThatTheRunDoesNotHave() throws IOException {
        leave(report(STAGE, Status.DONE, Verdict.PASSED));

        assertThat(of(0, Optional.of(NEXT)).verdict()).isEqualTo(Verdict.NOT_EVALUATED);
        assertThat(of(0, Optional.of(NEXT)).why()).contains("has no stage containerize");
    }

    @Test
    void doesNotPassARunOfWhichAStageIsStillToCome() throws IOException {
        leave(report(STAGE, Status.DONE, Verdict.PASSED), report(NEXT, Status.RUNNING, Verdict.NOT_EVALUATED));

        assertThat(of(0, WHOLE).verdict()).isEqualTo(Verdict.NOT_EVALUATED);
        assertThat(of(0, Optional.of(NEXT)).verdict()).isEqualTo(Verdict.NOT_EVALUATED);
    }

    @ParameterizedTest
    @CsvSource({
        "INCONCLUSIVE, PASSED, SUCCESS", "INCONCLUSIVE, INCONCLUSIVE, FAILURE",
        "INCONCLUSIVE, FAILED, FAILURE", "INCONCLUSIVE, NOT_EVALUATED, FAILURE",
        "FAILED, PASSED, SUCCESS", "FAILED, INCONCLUSIVE, UNSTABLE",
        "FAILED, FAILED, FAILURE", "FAILED, NOT_EVALUATED, FAILURE",
        "NOT_EVALUATED, PASSED, SUCCESS", "NOT_EVALUATED, INCONCLUSIVE, UNSTABLE",
        "NOT_EVALUATED, FAILED, UNSTABLE", "NOT_EVALUATED, NOT_EVALUATED, FAILURE",
    })
    void softensAFailureToUnstableAtMost(FailOn failOn, Verdict verdict, Ending ending) throws IOException {
        leave(report(STAGE, Status.DONE, verdict));
        int own = verdict == Verdict.PASSED ? 0 : verdict == Verdict.FAILED ? 1 : 3;

        assertThat(of(own, Optional.of(STAGE)).ending(failOn)).isEqualTo(ending);
    }

    @Test
    void followsNoLinkAndReadsNoFolder() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "{}");
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.createSymbolicLink(run.resolve("run.json"), elsewhere);

        assertThat(HostResult.of(0, RUN, WHOLE, RunFiles.in(run)).why()).contains("is no plain file");
        assertThat(HostResult.of(0, RUN, WHOLE, RunFiles.in(folder.resolve("none")))
                        .why())
                .contains("left no run.json");
    }

    private void assertIsNotEvaluated(String why) {
        for (Optional<StageName> asked : List.of(Optional.of(STAGE), WHOLE)) {
            HostResult result = of(0, asked);
            assertThat(result.verdict()).isEqualTo(Verdict.NOT_EVALUATED);
            assertThat(result.why()).isNotEmpty().contains(why);
        }
    }

    private HostResult of(int exit, Optional<StageName> stage) {
        return HostResult.of(exit, RUN, stage, path -> Optional.ofNullable(files.get(path)));
    }

    private RunDocument leave(Report... reports) throws IOException {
        files.clear();
        List<RunDocument.Entry> entries = new ArrayList<>();
        for (Report report : reports) {
            entries.add(RunDocument.Entry.of(report));
            files.put(report.stage().spelling() + "/report.json", bytes(report.document()));
        }
        RunDocument run = new RunDocument(RUN, "d", null, entries);
        files.put("run.json", bytes(run.toJson()));
        return run;
    }

    private static byte[] bytes(Json.Obj document) {
        return JsonWriter.pretty(document).getBytes(StandardCharsets.UTF_8);
    }

    private static Report report(StageName stage, Status status, @Nullable Verdict verdict) {
        return report(stage, status, verdict, RUN);
    }

    private static Report report(StageName stage, Status status, @Nullable Verdict verdict, String runId) {
        Json.Obj gate = Json.object()
                .put("metric", "accuracy")
                .put("verdict", verdict == null ? null : verdict.name())
                .put("sentence", verdict == Verdict.PASSED ? "accuracy 0.96 holds" : "accuracy 0.96 is lost")
                .build();
        Json.Obj model = Json.object()
                .put("name", "model")
                .put("path", "build/model.onnx")
                .put("sha256", "ab")
                .build();
        Json.Builder json = Json.object()
                .put("schema", Report.SCHEMA)
                .put("stage", stage.spelling())
                .put("runId", runId)
                .put("status", status.name())
                .put("verdict", verdict == null ? null : verdict.name())
                .put("gates", List.of(gate))
                .put(
                        "metrics",
                        List.of(
                                Json.object()
                                        .put("metric", "accuracy")
                                        .put("value", 0.96)
                                        .build(),
                                Json.object()
                                        .put("metric", "accuracy")
                                        .put("rows", "writer=7")
                                        .put("value", 0.5)
                                        .build()))
                .put("inputs", List.of(model))
                .put(
                        "facts",
                        Json.object()
                                .put(
                                        "image",
                                        Json.object()
                                                .put("name", "localhost/digits:1")
                                                .put("digest", "sha256:12")
                                                .build())
                                .build())
                .put(
                        "environment",
                        Json.object()
                                .put(
                                        "endpoint",
                                        Json.object()
                                                .put("url", "http://127.0.0.1:80")
                                                .build())
                                .build());
        if (status == Status.NOT_STARTED) {
            json.put("stoppedBy", STAGE.spelling())
                    .put(
                            "cause",
                            Json.object()
                                    .put("sentence", STAGE.spelling() + " is INCONCLUSIVE in run " + RUN)
                                    .build());
        }
        return new Report(
                json.put("judgementDigest", Judgement.digest(json.build())).build());
    }
}
