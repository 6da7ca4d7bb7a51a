// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Measure;
import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Correction;
import dev.gatewright.validation.metrics.gate.Finding;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.gate.SliceRule;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.metrics.statistics.Interval;
import dev.gatewright.validation.testkit.Gen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judged gates of sample runs. */
final class SampleGates {
    private SampleGates() {}

    /** A measure with any name at all. */
    record Named(String spelling) implements Measure {
        @Override
        public Unit unit() {
            return Unit.NUMBER;
        }

        @Override
        public Direction direction() {
            return Direction.HIGHER_IS_BETTER;
        }

        @Override
        public boolean isRunTime() {
            return false;
        }
    }

    /** A gate on a number that is no sample. */
    static GateResult exact(String name, String kind, double limit, double value, OnFailure onFailure) {
        Bound bound = bound(kind, limit);
        Verdict verdict = bound.kind().holds().has(value, limit) ? Verdict.PASSED : Verdict.FAILED;
        Gate gate = new Gate(new Named(name), List.of(bound), null, null, null, 0, onFailure);
        return new GateResult(gate, verdict, List.of(finding("", bound, verdict, value, null, 0)));
    }

    /** A gate that could not be judged. */
    static GateResult missing(String name, String kind, double limit, String why) {
        Bound bound = bound(kind, limit);
        Gate gate = new Gate(new Named(name), List.of(bound), null, null, null, 0, OnFailure.BLOCK);
        Finding finding =
                new Finding("", bound, Verdict.NOT_EVALUATED, Double.NaN, Double.NaN, null, 0, null, null, why);
        return new GateResult(gate, Verdict.NOT_EVALUATED, List.of(finding));
    }

    /** A gate whose interval decides. */
    static GateResult sure(
            Measure measure, String kind, double limit, double value, double half, long n, Verdict verdict) {
        Bound bound = bound(kind, limit);
        Gate gate = new Gate(measure, List.of(bound), 0.95, null, null, 0, OnFailure.BLOCK);
        Interval interval = new Interval(value - half, value + half * 0.9, 0.95, "wilson");
        return new GateResult(gate, verdict, List.of(finding("", bound, verdict, value, interval, n)));
    }

    /** A comparison with the baseline. */
    static GateResult comparing(
            Measure measure, double limit, double degradation, double half, long n, Verdict verdict) {
        Bound bound = bound("max-degradation", limit);
        Gate gate = new Gate(measure, List.of(bound), 0.95, "baseline", null, 0, OnFailure.APPROVE);
        Finding finding = new Finding(
                "",
                bound,
                verdict,
                0.952 - degradation,
                degradation,
                new Interval(degradation - half, degradation + half, 0.95, "bootstrap"),
                n,
                new Sample.Comparison("baseline", 0.952, 0.004, List.of("McNemar p = 0.41")),
                verdict == Verdict.PASSED ? null : Numbers.rounded(degradation + half),
                null);
        return new GateResult(gate, verdict, List.of(finding));
    }

    /** A gate on each of twelve writers, one of which is too small. */
    static GateResult sliced(Measure measure, String slice, double limit, boolean goesWell, Gen gen) {
        Bound bound = bound("min", limit);
        SliceRule rule = new SliceRule(slice, Correction.HOLM, SliceRule.SmallSlices.REPORT);
        Gate gate = new Gate(measure, List.of(bound), 0.95, null, rule, 50, OnFailure.BLOCK);
        List<Finding> findings = new ArrayList<>();
        for (int writer = 1; writer <= 12; writer++) {
            String rows = slice + "=w" + writer;
            if (writer == 12) {
                findings.add(
                        new Finding(rows, bound, null, 0.8, 0.8, null, 10, null, null, "10 rows are fewer than 50"));
                continue;
            }
            double value =
                    goesWell ? gen.real(0.955, 0.985) : writer == 7 ? 0.82 : writer == 4 ? 0.91 : gen.real(0.95, 0.98);
            Interval interval = new Interval(value - 0.035, Math.min(value + 0.028, 1), 0.95, "wilson");
            Verdict verdict = interval.low() >= limit
                    ? Verdict.PASSED
                    : interval.high() < limit ? Verdict.FAILED : Verdict.INCONCLUSIVE;
            findings.add(finding(rows, bound, verdict, value, interval, 90));
        }
        return new GateResult(gate, goesWell ? Verdict.PASSED : Verdict.FAILED, findings);
    }

    /** A run time that only warns. */
    static GateResult timed(Measure measure, double limit, double value) {
        Bound bound = bound("max", limit);
        Verdict verdict = value <= limit ? Verdict.PASSED : Verdict.FAILED;
        Gate gate = new Gate(measure, List.of(bound), null, null, null, 0, OnFailure.WARN);
        return new GateResult(gate, verdict, List.of(finding("", bound, verdict, value, null, 1000)));
    }

    static Finding finding(
            String rows, Bound bound, Verdict verdict, double value, @Nullable Interval interval, long n) {
        String passesAt = verdict == Verdict.PASSED ? null : Numbers.rounded(interval == null ? value : interval.low());
        return new Finding(rows, bound, verdict, value, value, interval, n, null, passesAt, null);
    }

    static Bound bound(String kind, double limit) {
        return new Bound(
                Arrays.stream(Bound.Kind.values())
                        .filter(each -> each.spelling().equals(kind))
                        .findFirst()
                        .orElseThrow(),
                limit);
    }
}
