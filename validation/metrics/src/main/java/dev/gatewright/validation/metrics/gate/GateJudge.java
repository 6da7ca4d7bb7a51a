// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.gate;

import dev.gatewright.validation.metrics.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a gate against its evidence. Nothing else in Gatewright decides whether a rule holds.
 *
 * <p>What cannot be judged is never a pass: a missing, NaN or infinite value, no rows, no interval where one was asked for.
 */
public final class GateJudge {
    private GateJudge() {}

    /** The verdict of {@code gate} on {@code evidence}. */
    public static GateResult judge(Gate gate, Evidence evidence) {
        if (evidence instanceof Evidence.Missing missing) {
            return notEvaluated(gate, missing.why());
        }
        SliceRule rule = gate.slice();
        if (evidence instanceof Evidence.Slices slices) {
            return rule != null && rule.slice().equals(slices.slice())
                    ? SliceJudge.judge(gate, rule, slices)
                    : notEvaluated(
                            gate, "the evidence tells slices of " + slices.slice() + " apart, the gate does not");
        }
        if (rule != null) {
            return notEvaluated(gate, "the evidence does not tell the values of slice " + rule.slice() + " apart");
        }
        Sample sample = ((Evidence.Whole) evidence).sample();
        List<Finding> findings = new ArrayList<>();
        for (Bound bound : gate.bounds()) {
            findings.add(find(gate, bound, "", sample));
        }
        return conclude(gate, findings);
    }

    /** The result of a gate that could not be judged at all; {@code why} completes "could not be judged: …". */
    public static GateResult notEvaluated(Gate gate, String why) {
        List<Finding> findings = new ArrayList<>();
        for (Bound bound : gate.bounds()) {
            findings.add(
                    new Finding("", bound, Verdict.NOT_EVALUATED, Double.NaN, Double.NaN, null, 0, null, null, why));
        }
        return conclude(gate, findings);
    }

    static GateResult conclude(Gate gate, List<Finding> findings) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.verdict() != null) {
                verdicts.add(finding.verdict());
            }
        }
        return new GateResult(gate, Verdict.combine(verdicts), findings);
    }

    /** One bound on one set of rows, at the gate's own level. */
    static Finding find(Gate gate, Bound bound, String rows, Sample sample) {
        Reading held = sample.reading(bound.kind().quantity());
        double value = sample.reading(Bound.Quantity.VALUE).value();
        long n = held instanceof Reading.Sampled sampled ? sampled.n() : 0;
        Sample.Comparison comparison = sample.comparison();

        String obstacle = obstacle(gate, bound, sample, held);
        if (obstacle != null) {
            return new Finding(
                    rows, bound, Verdict.NOT_EVALUATED, value, Double.NaN, null, n, comparison, null, obstacle);
        }
        if (n < gate.minSamples()) {
            String small = "min-samples asks for " + gate.minSamples() + " rows";
            return new Finding(
                    rows, bound, Verdict.INCONCLUSIVE, value, held.value(), null, n, comparison, null, small);
        }
        Double confidence = gate.confidence();
        if (confidence == null) {
            return decide(rows, bound, value, held.value(), null, n, comparison);
        }
        Optional<Interval> interval = ((Reading.Sampled) held).estimate().interval(confidence);
        if (interval.isEmpty()) {
            String small = "that is too few for an interval at " + Sentences.percent(confidence);
            return new Finding(
                    rows, bound, Verdict.INCONCLUSIVE, value, held.value(), null, n, comparison, null, small);
        }
        return decide(rows, bound, value, held.value(), interval.get(), n, comparison);
    }

    /** What keeps a bound from being judged at all; null where nothing does. */
    private static @Nullable String obstacle(Gate gate, Bound bound, Sample sample, Reading held) {
        Reading value = sample.reading(Bound.Quantity.VALUE);
        if (value instanceof Reading.Missing missing) {
            return missing.why();
        }
        if (!Double.isFinite(value.value())) {
            return "its value is " + value.value();
        }
        Sample.Comparison comparison = sample.comparison();
        if (bound.kind().compares() && comparison == null) {
            return "there is no " + gate.against() + " to compare with";
        }
        if (held instanceof Reading.Missing missing) {
            return missing.why();
        }
        if (bound.kind().compares() && comparison != null && !Double.isFinite(comparison.value())) {
            return "the value of " + comparison.name() + " is " + comparison.value();
        }
        if (!Double.isFinite(held.value())) {
            return "the difference is " + held.value();
        }
        if (held instanceof Reading.Sampled sampled) {
            return sampled.n() > 0 ? null : "there are no rows";
        }
        if (gate.confidence() != null) {
            return "it is no sample statistic and has no interval; remove confidence";
        }
        return gate.minSamples() > 0 ? "it is no sample statistic and has no rows; remove min-samples" : null;
    }

    private static Finding decide(
            String rows,
            Bound bound,
            double value,
            double held,
            @Nullable Interval interval,
            long n,
            Sample.@Nullable Comparison comparison) {
        boolean above = bound.kind().holds() == Bound.Side.ABOVE;
        double low = interval == null ? held : interval.low();
        double high = interval == null ? held : interval.high();
        double harmful = above ? low : high;
        double harmless = above ? high : low;
        Verdict verdict =
                bound.holds(harmful) ? Verdict.PASSED : bound.holds(harmless) ? Verdict.INCONCLUSIVE : Verdict.FAILED;
        String wouldPassAt = verdict == Verdict.PASSED ? null : Sentences.boundThatHolds(bound, harmful);
        return new Finding(rows, bound, verdict, value, held, interval, n, comparison, wouldPassAt, null);
    }
}
