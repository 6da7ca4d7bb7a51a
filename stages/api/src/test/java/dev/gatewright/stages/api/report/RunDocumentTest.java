// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.report;

import static dev.gatewright.stages.api.StageName.EVALUATE_METRICS;
import static dev.gatewright.stages.api.StageName.SMOKE_TEST;
import static dev.gatewright.stages.api.StageName.TRAIN_GATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunDocumentTest {
    private static final List<StageName> STAGES = List.of(TRAIN_GATE, EVALUATE_METRICS, SMOKE_TEST);

    @TempDir
    private Path folder;

    /** States: a verdict; {@code running}; {@code waiting}; {@code pending}; {@code stopped} by the stage before it. */
    @ParameterizedTest
    @CsvSource({
        "pending pending pending, , NOT_STARTED",
        "running pending pending, NOT_EVALUATED, RUNNING",
        "PASSED pending pending, , RUNNING",
        "PASSED running pending, NOT_EVALUATED, RUNNING",
        "PASSED PASSED pending, , RUNNING",
        "PASSED PASSED PASSED, PASSED, DONE",
        "PASSED PASSED running, NOT_EVALUATED, RUNNING",
        "FAILED pending pending, FAILED, DONE",
        "FAILED stopped stopped, FAILED, DONE",
        "PASSED FAILED stopped, FAILED, DONE",
        "INCONCLUSIVE stopped stopped, INCONCLUSIVE, DONE",
        "NOT_EVALUATED stopped stopped, NOT_EVALUATED, DONE",
        "PASSED NOT_EVALUATED stopped, NOT_EVALUATED, DONE",
        "PASSED PASSED INCONCLUSIVE, INCONCLUSIVE, DONE",
        "INCONCLUSIVE NOT_EVALUATED FAILED, FAILED, DONE",
        "INCONCLUSIVE NOT_EVALUATED PASSED, NOT_EVALUATED, DONE",
        "stopped stopped stopped, , NOT_STARTED",
        "PASSED waiting pending, , WAITING",
        "PASSED stopped PASSED, , RUNNING",
    })
    void isAConjunctionOverTheStagesThatWereStarted(String states, @Nullable Verdict verdict, Status status) {
        RunDocument run = run(states.split(" "));

        assertThat(run.verdict().orElse(null)).isEqualTo(verdict);
        assertThat(run.status()).isEqualTo(status);
    }

    /** Of all combinations there are: one passes, that in which every stage passed. */
    @Test
    void passesOnlyIfEveryStagePassed() {
        List<String> states = List.of(
                "PASSED", "FAILED", "INCONCLUSIVE", "NOT_EVALUATED", "running", "waiting", "pending", "stopped");
        List<String> passed = new ArrayList<>();
        for (String one : states) {
            for (String two : states) {
                for (String three : states) {
                    RunDocument run = run(one, two, three);
                    List<String> all = List.of(one, two, three);
                    if (run.verdict().equals(java.util.Optional.of(Verdict.PASSED))) {
                        passed.add(one + " " + two + " " + three);
                    }
                    if (all.contains("FAILED")) {
                        assertThat(run.verdict()).contains(Verdict.FAILED);
                    } else if (all.contains("NOT_EVALUATED") || all.contains("running")) {
                        assertThat(run.verdict()).contains(Verdict.NOT_EVALUATED);
                    } else if (all.contains("INCONCLUSIVE")) {
                        assertThat(run.verdict()).contains(Verdict.INCONCLUSIVE);
                    }
                }
            }
        }

        assertThat(passed).containsExactly("PASSED PASSED PASSED");
    }

    @Test
    void readsBackWhatWasWritten() throws IOException {
        for (RunDocument run : List.of(
                run("PASSED", "FAILED", "stopped"),
                run("running", "pending", "pending"),
                new RunDocument("r", "d", null, List.of()))) {
            assertThat(read(JsonWriter.pretty(run.toJson()))).isEqualTo(run);
            assertThat(read(JsonWriter.compact(run.toJson()))).isEqualTo(run);
        }
    }

    @Test
    void takesItsDigestOfAllTheRest() {
        Json.Obj json = run("PASSED", "FAILED", "stopped").toJson();
        Map<String, Json> rest = new LinkedHashMap<>(json.members());
        Json digest = rest.remove("runDigest");

        assertThat(digest).isEqualTo(Json.of(CanonicalJson.sha256(new Json.Obj(rest))));
    }

    /** One character of the file becomes another: the file is refused, or says the same as before. */
    @Test
    void refusesEveryChangeOfTheFile() throws IOException {
        RunDocument run = run("PASSED", "FAILED", "stopped");
        String written = JsonWriter.pretty(run.toJson());
        int refused = 0;
        for (int i = 0; i < written.length(); i++) {
            char other = "a1 \"}".charAt(i % 5);
            String changed = written.substring(0, i) + other + written.substring(i + 1);
            try {
                assertThat(read(changed)).isEqualTo(run);
                assertThat(JsonReader.read(changed.getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo(run.toJson());
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(written.length() / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "verdict", "runId", "specDigest", "commit", "stages", "runDigest"})
    void refusesAMemberThatWasReplaced(String name) {
        Map<String, Json> members =
                new LinkedHashMap<>(run("PASSED", "PASSED", "running").toJson().members());
        members.put(name, members.get(name) instanceof Json.Arr ? new Json.Arr(List.of()) : Json.of("PASSED"));

        assertThatThrownBy(() -> read(JsonWriter.pretty(new Json.Obj(members))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("run.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|is no run: it is no JSON object",
                "{}|has the schema 'none', and this program reads gatewright-run/v1",
                "{\"schema\":\"gatewright-run/v2\"}|has the schema 'gatewright-run/v2', and this program reads gatewright-run/v1",
                "{\"schema\":\"gatewright-run/v1\"}|is no run: No value present",
                "{\"schema\":\"gatewright-run/v1\",\"stages\":[{\"stage\":\"deploy\"}]}|is no run: No value present",
            })
    void refusesWhatIsNoRun(String text, String message) {
        assertThatThrownBy(() -> read(text)).hasMessage(folder.resolve("run.json") + " " + message);
    }

    @Test
    void refusesAFileThatIsLargerThanAnyRun() {
        assertThatThrownBy(() -> read(" ".repeat(1 << 20) + "{}"))
                .hasMessage(folder.resolve("run.json") + " is larger than any run's document");
    }

    @Test
    void givesDigestsOnlyToStagesThatAreDone() {
        ReportWriter writer = Reports.writer();

        RunDocument.Entry started = RunDocument.Entry.of(writer.started());
        RunDocument.Entry done = RunDocument.Entry.of(Reports.full());
        RunDocument.Entry stopped = RunDocument.Entry.of(writer.notStarted(TRAIN_GATE, "why"));

        assertThat(started)
                .isEqualTo(new RunDocument.Entry(
                        EVALUATE_METRICS, Status.RUNNING, Verdict.NOT_EVALUATED, null, null, null));
        assertThat(done.reportDigest())
                .isEqualTo(CanonicalJson.sha256(Reports.full().document()));
        assertThat(done.judgementDigest()).isEqualTo(Reports.full().judgementDigest());
        assertThat(stopped)
                .isEqualTo(new RunDocument.Entry(EVALUATE_METRICS, Status.NOT_STARTED, null, null, null, TRAIN_GATE));
    }

    private RunDocument read(String text) throws IOException {
        return RunDocument.read(Files.writeString(folder.resolve(RunDocument.FILE_NAME), text));
    }

    private static RunDocument run(String... states) {
        List<RunDocument.Entry> entries = new ArrayList<>();
        for (int i = 0; i < states.length; i++) {
            StageName stage = STAGES.get(i);
            entries.add(
                    switch (states[i]) {
                        case "pending" -> RunDocument.Entry.pending(stage);
                        case "running" ->
                            new RunDocument.Entry(stage, Status.RUNNING, Verdict.NOT_EVALUATED, null, null, null);
                        case "waiting" -> new RunDocument.Entry(stage, Status.WAITING, null, null, null, null);
                        case "stopped" ->
                            new RunDocument.Entry(stage, Status.NOT_STARTED, null, null, null, TRAIN_GATE);
                        default ->
                            new RunDocument.Entry(
                                    stage,
                                    Status.DONE,
                                    Verdict.valueOf(states[i]),
                                    "a".repeat(64),
                                    "b".repeat(64),
                                    null);
                    });
        }
        return new RunDocument("20261123-083000-7f3a9c", "d".repeat(64), "e".repeat(40), entries);
    }
}
