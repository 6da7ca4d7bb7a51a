// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.canarydeploy.port.Traffic;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepJudgeTest {
    @ParameterizedTest(name = "{0} of {1} against {2} of {3}: {4}")
    @CsvSource({
        "0, 2000, 0, 2000, PASSED",
        "100, 1000, 0, 1000, FAILED",
        "1, 20, 0, 1000, INCONCLUSIVE",
        "0, 0, 0, 1000, NOT_EVALUATED",
        "0, 1000, 0, 0, NOT_EVALUATED",
        "0, 9, 0, 1000, INCONCLUSIVE"
    })
    void errorsAreComparedByTheirIntervals(
            long errors, long requests, long stableErrors, long stableRequests, Verdict verdict) {
        assertThat(judge(
                        CanaryMeasure.ERROR_RATE,
                        seen(errors, requests, null),
                        seen(stableErrors, stableRequests, null)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0} of 1000 right against {1}: {2}")
    @CsvSource({"980, 980, PASSED", "990, 900, PASSED", "900, 980, FAILED"})
    void accuracyIsWorseTheLowerItIs(long right, long stableRight, Verdict verdict) {
        assertThat(judge(
                        CanaryMeasure.ACCURACY,
                        seen(0, 1000, new StepJudge.Right(right, 1000)),
                        seen(0, 1000, new StepJudge.Right(stableRight, 1000))))
                .isEqualTo(verdict);
    }

    private static StepJudge.Seen seen(long errors, long requests, StepJudge.Right right) {
        return new StepJudge.Seen(new Traffic(requests, errors, List.of(1.0, 2.0, 3.0)), right);
    }

    private static Verdict judge(CanaryMeasure measure, StepJudge.Seen candidate, StepJudge.Seen stable) {
        Gate gate = new Gate(
                measure,
                List.of(new Bound(Bound.Kind.MAX_DEGRADATION, 0.03)),
                0.95,
                "stable",
                null,
                10,
                OnFailure.BLOCK);
        return new StepJudge(candidate, stable, List.of())
                .judge(new CanaryGate.OfTraffic(new Place("gatewright.yaml", 1, 1), measure, gate))
                .verdict();
    }
}
