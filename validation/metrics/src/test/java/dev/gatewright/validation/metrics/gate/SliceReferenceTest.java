// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.metrics.statistics.Wilson;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.PythonReference;
import dev.gatewright.validation.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Slices get the verdicts that follow from statsmodels' intervals and corrections. */
@Tag("python")
class SliceReferenceTest {
    private static PythonReference python;

    @BeforeAll
    static void start() {
        python = PythonReference.start(SliceReferenceTest.class, "slices_reference.py");
    }

    @AfterAll
    static void stop() {
        if (python != null) {
            python.close();
        }
    }

    @Seeded(cases = 400)
    void slicesAreJudgedAsStatsmodelsWould(Gen gen) {
        double min = gen.oneOf(0.5, 0.8, 0.9, 0.99);
        Correction correction = gen.oneOf(Correction.values());
        List<Integer> successes = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        TreeMap<String, Sample> samples = new TreeMap<>();
        int count = gen.integer(1, 25);
        for (int i = 0; i < count; i++) {
            int n = gen.integer(1, 400);
            int right = (int) Math.min(n, Math.max(0, Math.round(n * (min + gen.real(-0.08, 0.06)))));
            rows.add(n);
            successes.add(right);
            samples.put(String.format("%02d", i), Sample.of(new Reading.Sampled(n, new Wilson(right, n))));
        }
        GateResult result = GateJudge.judge(
                Fixtures.sliceGate(min, 0, correction, SliceRule.SmallSlices.INCONCLUSIVE), Fixtures.slices(samples));
        JsonNode expected = python.ask(Map.of(
                "successes", successes,
                "rows", rows,
                "min", min,
                "confidence", 0.95,
                "correction", correction.spelling()));

        for (int i = 0; i < count; i++) {
            Finding finding = result.findings().get(i);
            assertThat(finding.interval().low())
                    .isCloseTo(expected.at("/low/" + i).asDouble(), within(1e-12));
            assertThat(finding.interval().high())
                    .isCloseTo(expected.at("/high/" + i).asDouble(), within(1e-12));
            assertThat(finding.verdict())
                    .as(finding.rows())
                    .isEqualTo(Verdict.valueOf(expected.at("/verdicts/" + i).asText()));
        }
    }
}
