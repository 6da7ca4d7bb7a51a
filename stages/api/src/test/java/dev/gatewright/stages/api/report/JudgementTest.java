// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class JudgementTest {
    /** Gate 2 and metric 1 of the full report are of run time. */
    private static final Set<String> NOT_JUDGED = Set.of(
            "schema",
            "runId",
            "status",
            "headline",
            "started",
            "ended",
            "judgementDigest",
            "spec.file",
            "source.branch",
            "source.dirty",
            "host.name",
            "gates[0].warning",
            "gates[0].sentence",
            "gates[0].findings[0].comparison.notes[0]",
            "gates[0].findings[0].wouldPassAt",
            "gates[1].warning",
            "gates[1].sentence",
            "gates[1].findings[0].wouldPassAt",
            "gates[1].findings[1].why",
            "gates[2].warning",
            "gates[2].sentence",
            "gates[2].findings[0].bound.kind",
            "gates[2].findings[0].bound.limit",
            "gates[2].findings[0].verdict",
            "gates[2].findings[0].value",
            "gates[2].findings[0].n",
            "metrics[1].metric",
            "metrics[1].value",
            "metrics[1].unit",
            "metrics[1].n",
            "inputs[0].path",
            "inputs[0].bytes",
            "inputs[1].path",
            "inputs[1].bytes",
            "outputs[0].path",
            "outputs[0].bytes",
            "environment.threads",
            "environment.java",
            "environment.tools.onnxruntime");

    /** Every value of a report is changed in turn: what does not change the digest is not judged, and stands in the list. */
    @Test
    void dependsOnAllButSentencesPathsTimesAndTheEnvironment() {
        Json.Obj report = Reports.full().document();
        String digest = Judgement.digest(report);
        Set<String> withoutEffect = new LinkedHashSet<>();
        int[] values = {0};
        eachChanged(report, "", (path, changed) -> {
            values[0]++;
            if (Judgement.digest((Json.Obj) changed).equals(digest)) {
                withoutEffect.add(path);
            }
        });

        assertThat(withoutEffect).containsExactlyInAnyOrderElementsOf(NOT_JUDGED);
        assertThat(values[0]).isGreaterThan(NOT_JUDGED.size() + 60);
    }

    @Test
    void dependsOnTheOrderAndNumberOfGates() {
        Json.Obj report = Reports.full().document();
        List<Json> gates = new ArrayList<>(report.items("gates"));
        Json first = gates.remove(0);
        String fewer = Judgement.digest(with(report, "gates", new Json.Arr(gates)));
        gates.add(first);
        String inAnotherOrder = Judgement.digest(with(report, "gates", new Json.Arr(gates)));

        assertThat(List.of(Judgement.digest(report), fewer, inAnotherOrder)).doesNotHaveDuplicates();
    }

    @Test
    void leavesTheRuleAndTheVerdictOfAGateOnTime() {
        Json.Obj report = Reports.full().document();
        Json.Obj timed = Judgement.of(report).objects("gates").get(2);

        assertThat(timed.members().keySet())
                .containsExactlyInAnyOrder("metric", "unit", "bounds", "onFailure", "runTime", "verdict");
        assertThat(Judgement.of(report).objects("metrics"))
                .extracting(metric -> metric.text("metric").orElseThrow())
                .containsExactly("accuracy");
    }

    /** Each run gets another port, and its endpoint's document has another digest. */
    @Test
    void doesNotDependOnWhereTheModelIsServed() {
        Json.Obj report = Reports.full().document();
        List<Json> outputs = new ArrayList<>(report.items("outputs"));
        outputs.add(Json.object()
                .put("name", "endpoint")
                .put("sha256", "ab".repeat(32))
                .build());
        Json.Obj served = with(report, "outputs", new Json.Arr(outputs));

        assertThat(Judgement.digest(served)).isEqualTo(Judgement.digest(report));
    }

    @Test
    void isOfAReportWithoutGatesToo() {
        Json.Obj report = Reports.writer().started().document();

        assertThat(Judgement.of(report).text("schema")).contains("gatewright-judgement/v1");
        assertThat(Judgement.digest(report)).matches("[0-9a-f]{64}");
        assertThat(Judgement.digest(report))
                .isNotEqualTo(Judgement.digest(
                        Reports.writer().notStarted(Reports.full().stage(), "").document()));
    }

    /** Hands over {@code value} once for each plain value in it, with that one changed. */
    private static void eachChanged(Json value, String path, BiConsumer<String, Json> consumer) {
        if (value instanceof Json.Obj object) {
            object.members()
                    .forEach((name, member) -> eachChanged(
                            member,
                            path.isEmpty() ? name : path + "." + name,
                            (where, changed) -> consumer.accept(where, with(object, name, changed))));
        } else if (value instanceof Json.Arr array) {
            for (int i = 0; i < array.items().size(); i++) {
                int index = i;
                eachChanged(array.items().get(i), path + "[" + i + "]", (where, changed) -> {
                    List<Json> items = new ArrayList<>(array.items());
                    items.set(index, changed);
                    consumer.accept(where, new Json.Arr(items));
                });
            }
        } else if (value instanceof Json.Text text) {
            // A run-time metric or gate stays one: whether it is, is judged by itself.
            consumer.accept(path, Json.of(text.value() + "x"));
        } else if (value instanceof Json.Num number) {
            consumer.accept(path, Json.of(Math.nextUp(number.value())));
        } else if (value instanceof Json.Bool bool) {
            consumer.accept(path, Json.of(!bool.value()));
        } else {
            consumer.accept(path, Json.of("x"));
        }
    }

    private static Json.Obj with(Json.Obj object, String name, Json value) {
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.put(name, value);
        return new Json.Obj(members);
    }
}
