// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.traingate.TrainingMeasure.Pick;
import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingJudgeTest {
    private static final double NAN = Double.NaN;

    @ParameterizedTest
    @CsvSource({
        // value, bound, values, verdict, lost
        "last, max 0.35,              0.5 0.3,       PASSED,        false",
        "last, max 0.35,              0.3 0.5,       FAILED,        false",
        "last, max 0.35,              0.35,          PASSED,        false",
        "best, max 0.35,              0.3 0.5,       PASSED,        false",
        "best, max 0.35,              0.5 0.4,       FAILED,        false",
        "best, min 0.9,               0.95 0.1,      PASSED,        false",
        "best, min 0.9,               0.1 0.2,       FAILED,        false",
        "last, max 0.35,              NaN,           NOT_EVALUATED, true",
        "last, max 0.35,              NaN 0.1,       NOT_EVALUATED, true",
        "best, max 0.35,              0.1 NaN,       NOT_EVALUATED, true",
        "best, max 0.35,              0.1 Infinity,  NOT_EVALUATED, true",
        "last, suspicious-above 0.99, 1.0,           FAILED,        false",
        "last, suspicious-above 0.99, 1.0 0.9,       PASSED,        false",
        "best, suspicious-above 0.99, 1.0 0.9,       FAILED,        true",
        "best, suspicious-above 0.99, 0.99 0.9,      PASSED,        false",
        "best, suspicious-below 0.01, 0.5 0.001,     FAILED,        true",
        "best, suspicious-below 0.01, 0.5 0.01,      PASSED,        false",
        "last, suspicious-below 0.01, 0.5 0.001,     FAILED,        false",
        "worst, max 5,                1 4 5 0.3,     PASSED,        false",
        "worst, max 5,                1 6 0.3,       FAILED,        true",
        "worst, min 0.2,              0.1 0.9,       FAILED,        true",
        "worst, min 0.2,              0.9 NaN 0.1,   NOT_EVALUATED, true",
        "worst, min 0.2,              0.1 NaN,       FAILED,        true",
        "worst, suspicious-above 0.9, 0.95 0.8,      PASSED,        false",
        "last, max 0.35,              '',            NOT_EVALUATED, false",
    })
    void judges(String pick, String bound, String values, Verdict verdict, boolean lost) {
        TrainingGate gate = gate("x", Pick.valueOf(pick.toUpperCase(Locale.ROOT)), 0, OnFailure.BLOCK, bound(bound));
        TrainingNumbers numbers = numbers("x", values(values));
        TrainingJudge judge = new TrainingJudge(List.of(gate), "m.csv", Map.of());

        assertThat(judge.judge(numbers)).extracting(GateResult::verdict).containsExactly(verdict);
        assertThat(judge.lost(numbers).isPresent()).isEqualTo(lost);
    }

    @ParameterizedTest
    @CsvSource({
        // value, patience, bound, values, verdict, lost
        "last, 2, max 0.35, 0.5 0.4 0.41 0.42,          FAILED, true",
        "last, 2, max 0.35, 0.5 0.4 0.41 0.42 0.3,      FAILED, true",
        "last, 2, max 0.35, 0.5 0.4 0.41 0.3,           PASSED, false",
        "last, 2, max 0.35, 0.5 0.4 0.4 0.4,            FAILED, true",
        "last, 2, max 0.35, 0.3 0.31 0.32 0.33,         PASSED, false",
        "last, 2, max 0.35, 0.3 0.31 0.36,              FAILED, true",
        "best, 2, max 0.35, 0.3 0.5 0.6 0.7,            PASSED, false",
        "best, 1, min 0.9,  0.5 0.5 0.95,               FAILED, true",
        "best, 3, min 0.9,  0.5 0.5 0.5 NaN,            NOT_EVALUATED, true",
        "best, 2, min 0.9,  0.5 0.5 0.5 NaN,            FAILED, true",
        "last, 1, suspicious-above 0.9, 0.95 0.94,      FAILED, false",
    })
    void losesPatience(String pick, int patience, String bound, String values, Verdict verdict, boolean lost) {
        TrainingGate gate =
                gate("x", Pick.valueOf(pick.toUpperCase(Locale.ROOT)), patience, OnFailure.BLOCK, bound(bound));
        TrainingNumbers numbers = numbers("x", values(values));

        assertThat(judge(gate).judge(numbers)).extracting(GateResult::verdict).containsExactly(verdict);
        assertThat(judge(gate).lost(numbers).isPresent()).isEqualTo(lost);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LAST|0|0.5 0.4|0.3 0.3|a - b 0.1 holds max 0.25",
                "LAST|0|0.5 0.75|0.9 0.8 0.25|a - b 0.5 is above max 0.25: would pass at 0.5",
                "BEST|0|0.75 0.5|0.5 0.125|(a - b)[best] 0.25 holds max 0.25",
                "WORST|0|0.75 0.5|0.5 0.125|(a - b)[worst] 0.375 is above max 0.25: would pass at 0.375",
                "BEST|0|0.75 0.5|0.5|(a - b)[best] could not be judged: a has 2 values and b has 1, so that it is not known"
                        + " which belong together; judge the last ones",
                "LAST|3|0.75 0.5|0.5|a - b could not be judged: a has 2 values and b has 1, so that it is not known which"
                        + " belong together; judge the last ones",
                "LAST|0|0.5 0.4|NaN 0.3|a - b could not be judged: b was NaN (value 1 of 2)",
                "LAST|0|NaN 0.4|0.3 0.3|a - b could not be judged: a was NaN (value 1 of 2)",
                "LAST|0|0.5||a - b could not be judged: m.csv has no number 'b', but a; did you mean 'a'?",
            })
    void judgesTheGapBetweenTwoNumbers(Pick pick, int patience, String a, String b, String sentence) {
        TrainingMeasure measure = new TrainingMeasure("a", new Minus.Other("b"), pick, Direction.LOWER_IS_BETTER);
        List<Bound> bounds = List.of(new Bound(Bound.Kind.MAX, 0.25));
        TrainingGate gate =
                new TrainingGate(measure, patience, new Gate(measure, bounds, null, null, null, 0, OnFailure.BLOCK));
        Map<String, List<Double>> series = new LinkedHashMap<>(Map.of("a", values(a)));
        if (b != null) {
            series.put("b", values(b));
        }

        assertThat(judge(gate).judge(new TrainingNumbers(series, Map.of())))
                .extracting(GateResult::sentence)
                .containsExactly(sentence);
    }

    /** The validation of an epoch may be logged after its training. */
    @Test
    void waitsForTheOtherNumberOfAnEpochWhileTheTrainingRuns() {
        TrainingMeasure measure = new TrainingMeasure("a", new Minus.Other("b"), Pick.WORST, Direction.LOWER_IS_BETTER);
        List<Bound> bounds = List.of(new Bound(Bound.Kind.MAX, 0.25));
        TrainingGate gate =
                new TrainingGate(measure, 0, new Gate(measure, bounds, null, null, null, 0, OnFailure.BLOCK));

        assertThat(judge(gate).lost(numbers("a", List.of(9.0)))).isEmpty();
        assertThat(judge(gate).lost(new TrainingNumbers(Map.of("a", List.of(0.5, 9.0), "b", List.of(0.4)), Map.of())))
                .isEmpty();
        assertThat(judge(gate)
                        .lost(new TrainingNumbers(Map.of("a", List.of(0.5, 9.0), "b", List.of(0.4, 0.4)), Map.of())))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"WARN, false", "APPROVE, false", "BLOCK, true"})
    void endsNoTrainingForAnAlarmThatDoesNotBlock(OnFailure onFailure, boolean lost) {
        TrainingGate gate = gate("x", Pick.BEST, 0, onFailure, new Bound(Bound.Kind.SUSPICIOUS_ABOVE, 0.9));

        assertThat(judge(gate).lost(numbers("x", List.of(1.0))).isPresent()).isEqualTo(lost);
    }

    /** What cannot be evaluated blocks however the gate is marked. */
    @ParameterizedTest
    @CsvSource({"WARN", "APPROVE", "BLOCK"})
    void endsATrainingForANumberThatIsNone(OnFailure onFailure) {
        TrainingGate gate = gate("x", Pick.LAST, 0, onFailure, new Bound(Bound.Kind.MAX, 0.9));

        assertThat(judge(gate).lost(numbers("x", List.of(NAN)))).isPresent();
    }

    @Test
    void saysWhyANumberIsNotUsed() {
        TrainingGate gate = gate("x", Pick.LAST, 0, OnFailure.BLOCK, new Bound(Bound.Kind.MAX, 1));

        assertThat(judge(gate).judge(new TrainingNumbers(Map.of("x", List.of(0.5)), Map.of("x", "is null"))))
                .extracting(GateResult::sentence)
                .containsExactly("x could not be judged: x in m.csv is null");
        assertThat(judge(gate).judge(TrainingNumbers.none()))
                .extracting(GateResult::sentence)
                .containsExactly("x could not be judged: m.csv has no number 'x', nor any other");
    }

    @Test
    void knowsNothingOfTheOtherGatesOfATrainingThatWasEnded() {
        TrainingGate loss = gate("loss", Pick.LAST, 0, OnFailure.BLOCK, new Bound(Bound.Kind.MAX, 1));
        TrainingGate accuracy = gate("accuracy", Pick.LAST, 0, OnFailure.WARN, new Bound(Bound.Kind.MIN, 0.5));
        TrainingJudge judge = new TrainingJudge(List.of(accuracy, loss), "m.csv", Map.of());
        TrainingNumbers numbers = new TrainingNumbers(Map.of("loss", List.of(NAN), "accuracy", List.of(0.9)), Map.of());

        assertThat(judge.judgeLost(judge.lost(numbers).orElseThrow(), numbers))
                .extracting(GateResult::sentence)
                .containsExactly(
                        "accuracy could not be judged: the training was ended early, because loss was NaN",
                        "loss could not be judged: loss was NaN");
    }

    /** What is called lost could never pass again, whatever epochs followed. */
    @Seeded(cases = 2000)
    void callsNothingLostThatFurtherEpochsCouldSave(Gen gen) {
        List<TrainingGate> gates = gates(gen);
        TrainingJudge judge = new TrainingJudge(gates, "m.csv", Map.of());
        TrainingNumbers numbers = someNumbers(gen, gates);
        Optional<TrainingJudge.Lost> lost = judge.lost(numbers);

        if (lost.isPresent()) {
            int index = gates.indexOf(lost.get().gate());
            List<GateResult> now = judge.judgeLost(lost.get(), numbers);
            assertThat(now.get(index).verdict()).isIn(Verdict.FAILED, Verdict.NOT_EVALUATED);
            assertThat(GateResult.combine(now)).isNotEqualTo(Verdict.PASSED);
            for (int future = 0; future < 20; future++) {
                TrainingNumbers later = continued(gen, numbers);
                assertThat(judge.judge(later).get(index).verdict()).isIn(Verdict.FAILED, Verdict.NOT_EVALUATED);
                assertThat(judge.lost(later)).isPresent();
                numbers = later;
            }
        }
    }

    /** What is not called lost passes again if good epochs follow. */
    @Seeded(cases = 2000)
    void callsLostAllThatNoEpochCouldSave(Gen gen) {
        List<TrainingGate> gates = gates(gen).stream()
                .filter(gate -> gate.gate().onFailure() == OnFailure.BLOCK)
                .toList();
        TrainingJudge judge = new TrainingJudge(gates, "m.csv", Map.of());
        TrainingNumbers numbers = someNumbers(gen, gates);

        if (judge.lost(numbers).isEmpty()) {
            Map<String, List<Double>> good = new LinkedHashMap<>(numbers.series());
            for (TrainingGate gate : gates) {
                // All bounds of the cases hold halfway between 0 and 1.
                List<Double> values =
                        new ArrayList<>(good.getOrDefault(gate.measure().name(), List.of()));
                values.add(0.5);
                good.put(gate.measure().name(), values);
            }
            assertThat(judge.judge(new TrainingNumbers(good, Map.of())))
                    .extracting(GateResult::verdict)
                    .allMatch(verdict -> verdict == Verdict.PASSED);
        }
    }

    private static List<TrainingGate> gates(Gen gen) {
        List<TrainingGate> gates = new ArrayList<>();
        int count = gen.integer(1, 3);
        for (int i = 0; i < count; i++) {
            boolean higher = gen.chance(0.5);
            Bound bound =
                    new Bound(higher ? Bound.Kind.MIN : Bound.Kind.MAX, higher ? gen.real(0, 0.5) : gen.real(0.5, 1));
            Bound alarm = new Bound(
                    higher ? Bound.Kind.SUSPICIOUS_ABOVE : Bound.Kind.SUSPICIOUS_BELOW,
                    higher ? gen.real(0.5, 1) : gen.real(0, 0.5));
            Bound[] bounds = gen.oneOf(new Bound[] {bound}, new Bound[] {alarm}, new Bound[] {bound, alarm});
            gates.add(
                    gate("m" + i, gen.oneOf(Pick.values()), gen.integer(0, 3), gen.oneOf(OnFailure.values()), bounds));
        }
        return gates;
    }

    private static TrainingNumbers someNumbers(Gen gen, List<TrainingGate> gates) {
        Map<String, List<Double>> series = new LinkedHashMap<>();
        for (TrainingGate gate : gates) {
            if (gen.chance(0.9)) {
                series.put(gate.measure().name(), gen.listOf(gen.integer(1, 4), () -> epoch(gen)));
            }
        }
        return new TrainingNumbers(series, Map.of());
    }

    private static TrainingNumbers continued(Gen gen, TrainingNumbers numbers) {
        Map<String, List<Double>> series = new LinkedHashMap<>();
        numbers.series().forEach((name, values) -> {
            List<Double> longer = new ArrayList<>(values);
            longer.addAll(gen.listOf(gen.integer(0, 3), () -> epoch(gen)));
            series.put(name, longer);
        });
        return new TrainingNumbers(series, Map.of());
    }

    private static double epoch(Gen gen) {
        return gen.chance(0.04) ? gen.oneOf(NAN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY) : gen.real(0, 1);
    }

    private static TrainingJudge judge(TrainingGate gate) {
        return new TrainingJudge(List.of(gate), "m.csv", Map.of());
    }

    private static TrainingNumbers numbers(String name, List<Double> values) {
        return new TrainingNumbers(values.isEmpty() ? Map.of() : Map.of(name, values), Map.of());
    }

    private static TrainingGate gate(String name, Pick pick, int patience, OnFailure onFailure, Bound... bounds) {
        boolean higher = bounds[0].kind() == Bound.Kind.MIN || bounds[0].kind() == Bound.Kind.SUSPICIOUS_ABOVE;
        TrainingMeasure measure =
                new TrainingMeasure(name, null, pick, higher ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER);
        return new TrainingGate(measure, patience, new Gate(measure, List.of(bounds), null, null, null, 0, onFailure));
    }

    private static Bound bound(String text) {
        String[] words = text.split(" ", -1);
        Bound.Kind kind = Arrays.stream(Bound.Kind.values())
                .filter(each -> each.spelling().equals(words[0]))
                .findFirst()
                .orElseThrow();
        return new Bound(kind, Double.parseDouble(words[1]));
    }

    private static List<Double> values(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" ", -1)).map(Double::valueOf).toList();
    }
}
