// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Correction;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.SliceRule.SmallSlices;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gate on a metric of the catalogue as it was written. What its words mean depends on the model and the data; {@link
 * GateResolver} turns it into a gate.
 */
public final class GateRequest {
    /** The shape of such a gate. */
    public static final Section<GateRequest> SHAPE = new Section<>("a gate", keys(), GateRequest::make);

    private final Values values;
    private final List<Bound> bounds;

    private GateRequest(Values values, List<Bound> bounds) {
        this.values = values;
        this.bounds = bounds;
    }

    private static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>();
        keys.add(GateKeys.METRIC);
        keys.add(GateKeys.AVERAGE);
        keys.add(GateKeys.CLASS);
        keys.add(GateKeys.POSITIVE);
        keys.add(GateKeys.THRESHOLD);
        keys.add(GateKeys.ZERO_DIVISION);
        keys.add(GateKeys.BETA);
        keys.add(GateKeys.K);
        keys.add(GateKeys.QUANTILE);
        keys.addAll(GateKeys.bounds(List.of(Bound.Kind.values())));
        keys.add(GateKeys.CONFIDENCE);
        keys.add(GateKeys.AGAINST);
        keys.add(GateKeys.SLICE);
        keys.add(GateKeys.CORRECTION);
        keys.add(GateKeys.SMALL_SLICES);
        keys.add(GateKeys.MIN_SAMPLES);
        keys.add(GateKeys.ON_FAILURE);
        return keys;
    }

    private static GateRequest make(Values values, Problems problems) {
        List<Bound> bounds = GateKeys.boundsOf(values);
        GateKeys.check(values, bounds, List.of(Bound.Kind.values()), problems);
        return new GateRequest(values, bounds);
    }

    /** Where the gate stands. */
    public Place place() {
        return values.place();
    }

    Placed<String> metric() {
        return values.need(GateKeys.METRIC);
    }

    /** The bounds that were written. */
    public List<Bound> bounds() {
        return bounds;
    }

    Place place(Bound bound) {
        return values.place(GateKeys.boundKey(bound.kind()));
    }

    boolean has(Metric.Option option) {
        return values.has(key(option));
    }

    Place place(Metric.Option option) {
        return values.place(key(option));
    }

    /** The number that was written for a metric's parameter; NaN where none was. */
    double parameter(Metric.Option option) {
        Object written = values.get(key(option));
        return written instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    static Key<?> key(Metric.Option option) {
        return switch (option) {
            case AVERAGE -> GateKeys.AVERAGE;
            case CLASS -> GateKeys.CLASS;
            case POSITIVE -> GateKeys.POSITIVE;
            case THRESHOLD -> GateKeys.THRESHOLD;
            case ZERO_DIVISION -> GateKeys.ZERO_DIVISION;
            case BETA -> GateKeys.BETA;
            case K -> GateKeys.K;
            case QUANTILE -> GateKeys.QUANTILE;
        };
    }

    @Nullable
    Average average() {
        return values.get(GateKeys.AVERAGE);
    }

    @Nullable
    Placed<String> onlyClass() {
        return values.get(GateKeys.CLASS);
    }

    @Nullable
    Placed<String> positive() {
        return values.get(GateKeys.POSITIVE);
    }

    @Nullable
    Double threshold() {
        return values.get(GateKeys.THRESHOLD);
    }

    ZeroDivision zeroDivision() {
        return values.get(GateKeys.ZERO_DIVISION, ZeroDivision.UNDEFINED);
    }

    /** The level of the interval that decides, if one does. */
    public @Nullable Double confidence() {
        return values.get(GateKeys.CONFIDENCE);
    }

    Place confidencePlace() {
        return values.place(GateKeys.CONFIDENCE);
    }

    @Nullable
    Placed<String> against() {
        return values.get(GateKeys.AGAINST);
    }

    @Nullable
    Placed<String> slice() {
        return values.get(GateKeys.SLICE);
    }

    /** Whether it says anything about the values of a slice. */
    boolean isAboutSlices() {
        return slice() != null || correction() != null || smallSlices() != null;
    }

    @Nullable
    Correction correction() {
        return values.get(GateKeys.CORRECTION);
    }

    Place correctionPlace() {
        return values.place(GateKeys.CORRECTION);
    }

    @Nullable
    SmallSlices smallSlices() {
        return values.get(GateKeys.SMALL_SLICES);
    }

    Place smallSlicesPlace() {
        return values.place(GateKeys.SMALL_SLICES);
    }

    long minSamples() {
        return values.get(GateKeys.MIN_SAMPLES, 0L);
    }

    Place minSamplesPlace() {
        return values.place(GateKeys.MIN_SAMPLES);
    }

    OnFailure onFailure() {
        return values.get(GateKeys.ON_FAILURE, OnFailure.BLOCK);
    }
}
