// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.ReportWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFormatTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:30:00Z");
    private static final ReportWriter WRITER = new ReportWriter(
            StageName.TRAIN_GATE,
            "run-1",
            "gatewright.yaml",
            "d".repeat(64),
            Json.object().build(),
            Json.object().build(),
            NOW);

    @Test
    void takesEveryReportThatIsWritten() {
        for (var report : List.of(
                WRITER.started(),
                WRITER.failed(NOW, "there is no model", "train one", "at a.b.C"),
                WRITER.failed(NOW, "it was interrupted", "start it again", null),
                WRITER.notStarted(StageName.TRAIN_GATE, "it failed"),
                WRITER.done(NOW, FakeStage.outcome(5, 2000, Double.NaN)),
                WRITER.done(NOW, FakeStage.outcome()))) {
            assertThat(ReportFormat.violations(report.document())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schema",
                "stage",
                "runId",
                "status",
                "verdict",
                "headline",
                "started",
                "spec",
                "source",
                "host",
                "ended",
                "gates",
                "metrics",
                "inputs",
                "outputs",
                "facts",
                "environment",
                "judgementDigest",
            })
    void missesEachFieldThatIsLeftOut(String name) {
        Map<String, Json> members = new LinkedHashMap<>(done().members());
        members.remove(name);

        assertThat(ReportFormat.violations(new Json.Obj(members))).contains(name + " is missing or wrong");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schema",
                "stage",
                "runId",
                "status",
                "verdict",
                "headline",
                "started",
                "spec",
                "source",
                "host",
                "ended",
                "gates",
                "metrics",
                "inputs",
                "outputs",
                "facts",
                "environment",
                "judgementDigest",
            })
    void findsEachFieldOfAnotherKind(String name) {
        Map<String, Json> members = new LinkedHashMap<>(done().members());
        members.put(name, Json.of(true));

        assertThat(ReportFormat.violations(new Json.Obj(members))).contains(name + " is missing or wrong");
    }

    @Test
    void findsWhatIsNotInTheFormat() {
        Map<String, Json> members = new LinkedHashMap<>(done().members());
        members.put("surprise", Json.of(1L));

        assertThat(ReportFormat.violations(new Json.Obj(members))).containsExactly("surprise is not in the format");
    }

    @Test
    void findsWhatIsWrongWithinAGate() {
        Json.Obj report = done();
        Map<String, Json> gate =
                new LinkedHashMap<>(report.objects("gates").get(0).members());
        gate.remove("sentence");
        gate.put("findings", new Json.Arr(List.of()));
        gate.put("mood", Json.of("good"));
        Map<String, Json> members = new LinkedHashMap<>(report.members());
        members.put("gates", new Json.Arr(List.of(new Json.Obj(gate))));

        assertThat(ReportFormat.violations(new Json.Obj(members)))
                .contains(
                        "gates[0].sentence is missing or wrong",
                        "gates[0].findings is missing or wrong",
                        "gates[0].mood is not in the format",
                        "judgementDigest is missing or wrong");
    }

    private static Json.Obj done() {
        return WRITER.done(NOW, FakeStage.outcome(5)).document();
    }
}
