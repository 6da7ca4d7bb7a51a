// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.gate;

import dev.gatewright.validation.metrics.Measure;
import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.Catalogue;
import dev.gatewright.validation.metrics.catalogue.CountMetrics;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.ScoreMetrics;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.statistics.Estimate;
import dev.gatewright.validation.metrics.statistics.Interval;
import dev.gatewright.validation.metrics.statistics.Side;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Evidence made by hand: the gate tests are about the rules, not about where numbers come from. */
final class Fixtures {
    static final List<String> CLASSES = List.of("a", "b", "c");
    static final Measure ACCURACY = MetricChoice.of(CountMetrics.ACCURACY, CLASSES);
    static final Measure F1 = MetricChoice.averaged(CountMetrics.F1, Average.MACRO, ZeroDivision.UNDEFINED, CLASSES);
    static final Measure LOG_LOSS = MetricChoice.of(ScoreMetrics.LOG_LOSS, CLASSES);
    static final Measure SIZE = MetricChoice.of(Catalogue.find("size_bytes").orElseThrow(), CLASSES);

    private Fixtures() {}

    /** A reading whose interval is {@code low} to {@code high} at every level, and whose p-value is given. */
    static Reading sampled(double value, double low, double high, long n, double pValue) {
        return new Reading.Sampled(n, new Estimate() {
            @Override
            public double value() {
                return value;
            }

            @Override
            public Optional<Interval> interval(double confidence) {
                return Optional.of(new Interval(low, high, confidence, "by hand"));
            }

            @Override
            public double pValue(double bound, Side side) {
                return pValue;
            }
        });
    }

    static Reading sampled(double value, double low, double high, long n) {
        return sampled(value, low, high, n, 0);
    }

    static Reading withoutInterval(double value, long n) {
        return new Reading.Sampled(n, new Estimate() {
            @Override
            public double value() {
                return value;
            }

            @Override
            public Optional<Interval> interval(double confidence) {
                return Optional.empty();
            }

            @Override
            public double pValue(double bound, Side side) {
                return 1;
            }
        });
    }

    static Evidence whole(Reading value) {
        return new Evidence.Whole(Sample.of(value));
    }

    static Sample compared(double candidate, double reference, Bound.Quantity quantity, Reading difference) {
        return new Sample(
                Map.of(Bound.Quantity.VALUE, sampled(candidate, candidate, candidate, 1000), quantity, difference),
                new Sample.Comparison("baseline", reference, 0.01, List.of()));
    }

    static Evidence slices(SortedMap<String, Sample> samples) {
        return new Evidence.Slices("writer", samples, values -> pooled(samples, values));
    }

    private static Sample pooled(SortedMap<String, Sample> samples, Collection<String> values) {
        long n = values.stream()
                .mapToLong(value -> ((Reading.Sampled) samples.get(value).reading(Bound.Quantity.VALUE)).n())
                .sum();
        return Sample.of(sampled(0.9, 0.85, 0.94, n));
    }

    static Gate gate(Measure measure, @Nullable Double confidence, Bound... bounds) {
        boolean compares =
                List.of(bounds).stream().anyMatch(bound -> bound.kind().compares());
        return new Gate(measure, List.of(bounds), confidence, compares ? "baseline" : null, null, 0, OnFailure.BLOCK);
    }

    static Gate sliceGate(double min, long minSamples, Correction correction, SliceRule.SmallSlices small) {
        return new Gate(
                ACCURACY,
                List.of(min(min)),
                0.95,
                null,
                new SliceRule("writer", correction, small),
                minSamples,
                OnFailure.BLOCK);
    }

    static Gate withMinSamples(Gate gate, long minSamples) {
        return new Gate(
                gate.measure(),
                gate.bounds(),
                gate.confidence(),
                gate.against(),
                gate.slice(),
                minSamples,
                gate.onFailure());
    }

    static Gate withOnFailure(Gate gate, OnFailure onFailure) {
        return new Gate(
                gate.measure(),
                gate.bounds(),
                gate.confidence(),
                gate.against(),
                gate.slice(),
                gate.minSamples(),
                onFailure);
    }

    static Bound min(double limit) {
        return new Bound(Bound.Kind.MIN, limit);
    }

    static Bound max(double limit) {
        return new Bound(Bound.Kind.MAX, limit);
    }
}
