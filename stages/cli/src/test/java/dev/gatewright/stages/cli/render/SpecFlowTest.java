// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SpecFlowTest {
    /** A line of the chart: a node whose label holds only what Mermaid leaves alone, or an edge between known nodes. */
    private static final Pattern LINE = Pattern.compile("flowchart TD"
            + "|  (start|stage\\d|passed|stop)(\\[|\\(\\[)\"([\\p{L}\\p{Nd} .,_\\-=+/()]|#\\d+;|<br/>|<b>|</b>)*\"(]|]\\))"
            + "|  (start|stage\\d) (-->|-- PASSED -->) (stage\\d|passed)"
            + "|  stage\\d -\\. FAILED, INCONCLUSIVE, NOT_EVALUATED \\.-> stop");

    @Test
    void drawsTheStagesInOrderWithTheirGates() {
        Json.Obj stages = Json.object()
                .put("train-gate", section(gate("val_loss", "max", 0.35)))
                .put("evaluate-metrics", section(gate("accuracy", "min", 0.95)))
                .build();

        String chart = SpecFlow.mermaid(
                "digits",
                "multiclass-classification",
                List.of(StageName.TRAIN_GATE, StageName.EVALUATE_METRICS),
                stages);

        assertThat(chart).isEqualTo("""
                        flowchart TD
                          start(["digits<br/>multiclass-classification"])
                          stage1["<b>train-gate</b><br/>val_loss max 0.35"]
                          start --> stage1
                          stage1 -. FAILED, INCONCLUSIVE, NOT_EVALUATED .-> stop
                          stage2["<b>evaluate-metrics</b><br/>accuracy min 0.95"]
                          stage1 -- PASSED --> stage2
                          stage2 -. FAILED, INCONCLUSIVE, NOT_EVALUATED .-> stop
                          passed(["run PASSED"])
                          stage2 -- PASSED --> passed
                          stop(["nothing after it is started"])
                        """);
    }

    @Seeded(cases = 300)
    void staysAChartWhateverTheNamesAre(Gen gen) {
        List<Json> gates = new ArrayList<>();
        for (int i = gen.integer(0, 20); i > 0; i--) {
            gates.add(Json.object()
                    .put("metric", Hostile.text(gen))
                    .put(Hostile.text(gen), Hostile.text(gen))
                    .build());
        }
        Json.Obj stages = Json.object()
                .put("smoke-test", Json.object().put("gates", gates).build())
                .build();

        String chart = SpecFlow.mermaid(Hostile.text(gen), "regression", List.of(StageName.SMOKE_TEST), stages);

        assertThat(chart.split("\n")).allMatch(LINE.asMatchPredicate());
    }

    @Test
    void saysHowManyGatesItLeavesOut() {
        List<Json> gates = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            gates.add(gate("m" + i, "min", 0));
        }

        String chart = SpecFlow.mermaid(
                "m",
                "regression",
                List.of(StageName.QUANTIZE),
                Json.object()
                        .put("quantize", Json.object().put("gates", gates).build())
                        .build());

        assertThat(chart).contains("m11 min 0<br/>and 38 more").doesNotContain("m12");
    }

    private static Json section(Json gate) {
        return Json.object().put("gates", List.of(gate)).build();
    }

    private static Json gate(String metric, String kind, double limit) {
        return Json.object().put("metric", metric).put(kind, limit).build();
    }
}
