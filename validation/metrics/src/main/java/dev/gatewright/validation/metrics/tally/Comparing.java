// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.gate.Bound.Quantity;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.statistics.Estimate;
import dev.gatewright.validation.metrics.statistics.NormalDistribution;
import dev.gatewright.validation.metrics.statistics.Power;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts two sides' readings of a metric and the estimates of their difference together into one sample. */
record Comparing(Direction direction, Reading candidate, Reading reference, String name) {

    /** A difference in percent of the reference's value; NaN where that is zero. */
    static double percent(double difference, double reference) {
        return reference == 0 ? Double.NaN : 100 * difference / Math.abs(reference);
    }

    /**
     * The sample.
     *
     * @param degradation how much worse the candidate is; asked for only where both sides have a value
     * @param percent the same in percent of the reference's value
     * @param confidence the level for which the smallest detectable difference is told
     */
    Sample sample(Supplier<Estimate> degradation, Supplier<Estimate> percent, double confidence, List<String> notes) {
        Map<Quantity, Reading> readings = new EnumMap<>(Quantity.class);
        readings.put(Quantity.VALUE, candidate);
        Reading missing = missing();
        if (missing != null) {
            for (Quantity quantity : Quantity.values()) {
                readings.putIfAbsent(quantity, missing);
            }
            return new Sample(readings, new Sample.Comparison(name, reference.value(), Double.NaN, notes));
        }
        Reading plain = reading(degradation.get());
        readings.put(Quantity.DEGRADATION, plain);
        readings.put(Quantity.IMPROVEMENT, negated(plain));
        Reading relative = reference.value() == 0
                ? new Reading.Missing("the value of " + name + " is 0, and a percentage of that is nothing")
                : reading(percent.get());
        readings.put(Quantity.DEGRADATION_PERCENT, relative);
        readings.put(Quantity.IMPROVEMENT_PERCENT, negated(relative));
        return new Sample(
                readings, new Sample.Comparison(name, reference.value(), smallestDetectable(plain, confidence), notes));
    }

    /**
     * The smallest true difference that an interval as wide as this one would probably exclude: its half-width and the
     * usual power's quantile in standard errors. NaN where there is no interval.
     */
    private static double smallestDetectable(Reading degradation, double confidence) {
        if (!(degradation instanceof Reading.Sampled sampled)) {
            return Double.NaN;
        }
        double ofLevel = NormalDistribution.quantile((1 + confidence) / 2);
        double ofPower = NormalDistribution.quantile(Power.USUAL);
        return sampled.estimate()
                .interval(confidence)
                .map(interval -> (interval.high() - interval.low()) / 2 * (1 + ofPower / ofLevel))
                .orElse(Double.NaN);
    }

    private @Nullable Reading missing() {
        if (candidate instanceof Reading.Missing) {
            return candidate;
        }
        return reference instanceof Reading.Missing why ? new Reading.Missing("for " + name + " " + why.why()) : null;
    }

    private Reading reading(Estimate estimate) {
        return candidate instanceof Reading.Sampled sampled
                ? new Reading.Sampled(sampled.n(), estimate)
                : new Reading.Exact(estimate.value());
    }

    private static Reading negated(Reading reading) {
        if (reading instanceof Reading.Sampled sampled) {
            return new Reading.Sampled(sampled.n(), new Negated(sampled.estimate()));
        }
        return reading instanceof Reading.Exact exact ? new Reading.Exact(-exact.value()) : reading;
    }
}
