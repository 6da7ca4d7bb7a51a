// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.evaluation.OutputParity;
import dev.gatewright.validation.evaluation.Parity;
import dev.gatewright.validation.evaluation.Steadiness;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.sourcemodels.FedParity;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParityJudgeTest {
    private static final Steadiness STEADY = new Steadiness(64, 0, 0, 0, List.of());

    @Seeded(cases = 30)
    void whatWasMeasuredIsTheLeastBoundThatPasses(Gen gen) {
        double measured = gen.real(0, 2) * gen.oneOf(1e-12, 1e-6, 1.0, 1e9);
        ParityJudge judge = judge(floats("p", measured, null));

        for (ParityMeasure.Kind kind :
                List.of(ParityMeasure.Kind.ABSOLUTE, ParityMeasure.Kind.RELATIVE, ParityMeasure.Kind.TOLERANCE)) {
            assertThat(judge.judge(max(kind, null, measured)).verdict()).isEqualTo(Verdict.PASSED);
            assertThat(judge.judge(max(kind, null, Math.nextDown(measured))).verdict())
                    .isEqualTo(Verdict.FAILED);
        }
    }

    @Test
    void theWorstOutputDecidesUnlessOneIsNamed() {
        ParityJudge judge = judge(floats("p", 0.1, null), floats("q", 0.3, null));

        assertThat(judge.judge(max(ParityMeasure.Kind.ABSOLUTE, null, 0.2)).verdict())
                .isEqualTo(Verdict.FAILED);
        assertThat(judge.judge(max(ParityMeasure.Kind.ABSOLUTE, "p", 0.2)).verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(judge.judge(max(ParityMeasure.Kind.ABSOLUTE, "q", 0.2)).verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @ParameterizedTest
    @EnumSource(
            value = ParityMeasure.Kind.class,
            names = {"ABSOLUTE", "RELATIVE", "TOLERANCE"})
    void anOutputThatCouldNotBeComparedIsNeverPassed(ParityMeasure.Kind kind) {
        ParityJudge judge = judge(floats("p", 0, null), floats("q", Double.NaN, "output 'q' is NaN in row 3"));

        for (String output : new String[] {null, "q"}) {
            GateResult result = judge.judge(max(kind, output, Double.MAX_VALUE));
            assertThat(result.verdict()).isEqualTo(Verdict.NOT_EVALUATED);
            assertThat(result.sentence()).contains("output 'q' is NaN in row 3");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ABSOLUTE | label | output 'label' is not of floats; write metric: unequal_share
            UNEQUAL  | p     | output 'p' is of floats; write metric: max_absolute_difference
            ABSOLUTE | gone  | the source has no output 'gone', but [p, label]
            """)
    void anOutputThatHasNoSuchDistanceIsNotEvaluated(ParityMeasure.Kind kind, String output, String why) {
        OutputParity labels =
                new OutputParity("label", false, 10, Double.NaN, Double.NaN, Double.NaN, 1, List.of(), List.of(), null);
        ParityJudge judge = judge(floats("p", 0, null), labels);

        GateResult result = judge.judge(max(kind, output, 1));

        assertThat(result.verdict()).isEqualTo(Verdict.NOT_EVALUATED);
        assertThat(result.sentence()).contains(why);
        assertThat(judge.judge(max(ParityMeasure.Kind.UNEQUAL, null, 0.1)).verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(judge.judge(max(ParityMeasure.Kind.UNEQUAL, null, 0.09)).verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void repeatsAndDefectsAreAlwaysJudged() {
        Parity parity = new Parity(1, List.of(), List.of(), List.of());
        Steadiness chance = new Steadiness(64, Double.POSITIVE_INFINITY, 0, 0, List.of());

        assertThat(new ParityJudge(parity, STEADY, null, List.of()).always())
                .extracting(GateResult::verdict)
                .containsExactly(Verdict.PASSED, Verdict.PASSED);
        assertThat(new ParityJudge(parity, chance, null, List.of("one", "two")).always())
                .extracting(GateResult::verdict)
                .containsExactly(Verdict.FAILED, Verdict.FAILED);
        assertThat(new ParityJudge(parity, chance, null, List.of("one", "two")).always())
                .extracting(GateResult::sentence)
                .satisfiesExactly(
                        defects -> assertThat(defects).contains("one; two"),
                        repeats -> assertThat(repeats).contains("its answers to the same rows change"));
    }

    @Test
    void batchesThatCannotBeComparedAreNotEvaluated() {
        Gate gate = max(ParityMeasure.Kind.BATCHES, null, 1e9);
        Parity parity = new Parity(1, List.of(), List.of(), List.of());

        for (Steadiness none : List.of(
                new Steadiness(8, 0, 0, 8, List.of()), new Steadiness(64, 0, 0, 0, List.of("it does not run")))) {
            assertThat(new ParityJudge(parity, none, null, List.of())
                            .judge(gate)
                            .verdict())
                    .isEqualTo(Verdict.NOT_EVALUATED);
        }
    }

    @Test
    void preprocessingThatWasNotComparedIsNotEvaluatedAndALostOneNamesItsCause() {
        Gate gate = max(ParityMeasure.Kind.PREPROCESSING, null, 0.5);
        Parity parity = new Parity(1, List.of(), List.of(), List.of());

        assertThat(new ParityJudge(parity, STEADY, null, List.of()).judge(gate).verdict())
                .isEqualTo(Verdict.NOT_EVALUATED);
        assertThat(new ParityJudge(parity, STEADY, new FedParity(Double.NaN, "other rows", null), List.of())
                        .judge(gate)
                        .verdict())
                .isEqualTo(Verdict.NOT_EVALUATED);
        assertThat(new ParityJudge(parity, STEADY, new FedParity(254, null, "it is 255 times"), List.of())
                        .judge(gate)
                        .sentence())
                .contains("is above max 0.5", "it is 255 times");
    }

    private static ParityJudge judge(OutputParity... outputs) {
        return new ParityJudge(new Parity(10, List.of(outputs), List.of(), List.of()), STEADY, null, List.of());
    }

    /** An output whose distances are all {@code distance}. */
    private static OutputParity floats(String name, double distance, @Nullable String defect) {
        return new OutputParity(name, true, 10, distance, distance, distance, 0, List.of(), List.of(), defect);
    }

    private static Gate max(ParityMeasure.Kind kind, @Nullable String output, double limit) {
        return Gate.of(new ParityMeasure(kind, output), Bound.Kind.MAX, limit);
    }
}
