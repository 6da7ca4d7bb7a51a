// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.stages.canarydeploy.port.Side;
import dev.gatewright.stages.canarydeploy.port.Traffic;
import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.statistics.Estimate;
import dev.gatewright.validation.metrics.statistics.QuantileEstimate;
import dev.gatewright.validation.metrics.statistics.SeparateEstimates;
import dev.gatewright.validation.metrics.statistics.Wilson;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges a step by what both sides were asked in it. No request goes to both, so that their samples are independent: a difference
 * has its interval from one of each ({@link SeparateEstimates}).
 */
final class StepJudge {
    private static final double PERCENT = 100;

    private final Seen candidate;
    private final Seen stable;
    private final List<String> notes;

    /**
     * One side.
     *
     * @param right replayed rows that it answered rightly; none where nothing was replayed
     */
    record Seen(Traffic traffic, @Nullable Right right) {}

    /** How many rows were answered with their true class, of those whose truth is known. */
    record Right(long right, long rows) {}

    /**
     * A judge.
     *
     * @param notes on where stable's numbers are from; none where they are from the same step
     */
    StepJudge(Seen candidate, Seen stable, List<String> notes) {
        this.candidate = candidate;
        this.stable = stable;
        this.notes = notes;
    }

    GateResult judge(CanaryGate.OfTraffic gate) {
        Reading own = reading(gate.measure(), candidate, Side.CANDIDATE);
        Map<Bound.Quantity, Reading> readings = new EnumMap<>(Bound.Quantity.class);
        readings.put(Bound.Quantity.VALUE, own);
        if (!gate.compares()) {
            return GateJudge.judge(gate.gate(), new Evidence.Whole(new Sample(readings, null)));
        }
        Reading other = reading(gate.measure(), stable, Side.STABLE);
        if (own instanceof Reading.Sampled ours && other instanceof Reading.Sampled theirs) {
            boolean lower = gate.measure().direction() == Direction.LOWER_IS_BETTER;
            Estimate rising = lower ? ours.estimate() : theirs.estimate();
            Estimate falling = lower ? theirs.estimate() : ours.estimate();
            // The smaller of both samples is what a reader and min-samples have to know.
            long n = Math.min(ours.n(), theirs.n());
            readings.put(
                    Bound.Quantity.DEGRADATION,
                    new Reading.Sampled(n, new SeparateEstimates(rising, falling, (more, less) -> more - less)));
            readings.put(
                    Bound.Quantity.DEGRADATION_PERCENT,
                    other.value() == 0
                            ? new Reading.Missing("the value of stable is 0, and a percentage of that is nothing")
                            : new Reading.Sampled(
                                    n,
                                    new SeparateEstimates(
                                            rising,
                                            falling,
                                            (more, less) -> PERCENT * (more - less) / (lower ? less : more))));
        } else if (other instanceof Reading.Missing missing) {
            readings.put(Bound.Quantity.DEGRADATION, missing);
            readings.put(Bound.Quantity.DEGRADATION_PERCENT, missing);
        }
        Sample.Comparison comparison = new Sample.Comparison(Side.STABLE.spelling(), other.value(), Double.NaN, notes);
        return GateJudge.judge(gate.gate(), new Evidence.Whole(new Sample(readings, comparison)));
    }

    private static Reading reading(CanaryMeasure measure, Seen seen, Side side) {
        Traffic traffic = seen.traffic();
        if (traffic.requests() == 0) {
            return new Reading.Missing("no request reached " + side.spelling());
        }
        if (measure == CanaryMeasure.ERROR_RATE) {
            return new Reading.Sampled(traffic.requests(), new Wilson(traffic.errors(), traffic.requests()));
        }
        if (measure == CanaryMeasure.ACCURACY) {
            Right right = seen.right();
            return right == null || right.rows() == 0
                    ? new Reading.Missing("no row whose class is known was answered by " + side.spelling())
                    : new Reading.Sampled(right.rows(), new Wilson(right.right(), right.rows()));
        }
        double[] times =
                traffic.milliseconds().stream().mapToDouble(Double::doubleValue).toArray();
        return times.length == 0
                ? new Reading.Missing(side.spelling() + " answered no request")
                : new Reading.Sampled(times.length, QuantileEstimate.of(times, measure.quantile()));
    }
}
