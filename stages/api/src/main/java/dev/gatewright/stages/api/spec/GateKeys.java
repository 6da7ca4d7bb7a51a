// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Correction;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.SliceRule.SmallSlices;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The keys of a gate, whatever stage it stands in. */
public final class GateKeys {
    /** What is judged. */
    public static final Key<Placed<String>> METRIC =
            Key.required("metric", Shapes.placed(Shapes.text()), "The metric that is judged.", "metric: accuracy");

    /** What becomes of a gate that does not pass. */
    public static final Key<OnFailure> ON_FAILURE = Key.optional(
            "on-failure",
            Shapes.oneOf(OnFailure.values(), OnFailure::spelling),
            "What a gate means that was judged and does not pass: block (the default), warn, or approve.",
            "on-failure: warn");

    static final Key<Average> AVERAGE = Key.optional(
            "average",
            Shapes.oneOf(Average.values(), Average::spelling),
            "How the classes' values become one; samples is the mean of each row's own value, for a multilabel-classification.",
            "average: macro");
    static final Key<Placed<String>> CLASS =
            Key.optional("class", Shapes.placed(Shapes.text()), "The one class that is judged.", "class: \"yes\"");
    static final Key<Placed<String>> POSITIVE = Key.optional(
            "positive",
            Shapes.placed(Shapes.text()),
            "The positive class of a binary task, where it is not model.positive.",
            "positive: \"yes\"");
    static final Key<Double> THRESHOLD = Key.optional(
            "threshold",
            Shapes.numberBetween(0, 1),
            "The probability of the positive class from which on it is predicted; else the most probable class is. For a"
                    + " multilabel-classification that of each class; else 0.5.",
            "threshold: 0.3");
    static final Key<ZeroDivision> ZERO_DIVISION = Key.optional(
            "zero-division",
            Shapes.oneOf(ZeroDivision.values(), ZeroDivision::spelling),
            "What the quotient of a class without rows is (or with average samples of a row without classes): undefined (the default: the gate is not evaluated), 0, 1, or skip.",
            "zero-division: 0");
    static final Key<Double> BETA = Key.optional(
            "beta",
            Shapes.numberBetween(0, 1000),
            "How many times as important recall is as precision, for f_beta.",
            "beta: 2");
    static final Key<Long> K = Key.optional(
            "k",
            Shapes.count(1, Integer.MAX_VALUE),
            "Among how many of the most probable classes the label has to be, for top_k_accuracy.",
            "k: 5");
    static final Key<Double> QUANTILE = Key.optional(
            "quantile",
            Shapes.numberBetween(0, 1),
            "The share of the targets that should lie below the predicted numbers, for pinball_loss.",
            "quantile: 0.9");
    /** How sure a gate has to be. */
    public static final Key<Double> CONFIDENCE = Key.optional(
            "confidence",
            Shapes.numberBetween(0, 1),
            "The level of the interval that decides; without it the value itself decides.",
            "confidence: 0.95");
    /** What a gate compares with. */
    public static final Key<Placed<String>> AGAINST = Key.optional(
            "against", Shapes.placed(Shapes.text()), "What a difference is taken from.", "against: baseline");

    static final Key<Placed<String>> SLICE = Key.optional(
            "slice",
            Shapes.placed(Shapes.text()),
            "A slice of the data set: each of its values is judged.",
            "slice: writer");
    static final Key<Correction> CORRECTION = Key.optional(
            "correction",
            Shapes.oneOf(Correction.values(), Correction::spelling),
            "How the level is shared among the values of a slice: holm (the default), benjamini-hochberg, or none.",
            "correction: holm");
    static final Key<SmallSlices> SMALL_SLICES = Key.optional(
            "small-slices",
            Shapes.oneOf(SmallSlices.values(), SmallSlices::spelling),
            "What a slice value with fewer rows than min-samples is: inconclusive (the default), pooled, or only reported.",
            "small-slices: pool");
    /** How many rows a gate needs. */
    public static final Key<Long> MIN_SAMPLES = Key.optional(
            "min-samples", Shapes.count(1, 1L << 40), "Fewer rows than this cannot decide.", "min-samples: 50");

    private static final Map<Bound.Kind, Key<Double>> BOUNDS = boundKeys();

    private GateKeys() {}

    /** The keys of bounds of those kinds. */
    public static List<Key<?>> bounds(List<Bound.Kind> kinds) {
        List<Key<?>> keys = new ArrayList<>();
        kinds.forEach(kind -> keys.add(boundKey(kind)));
        return keys;
    }

    /** The bounds that were written, in the order of their kinds. */
    public static List<Bound> boundsOf(Values values) {
        List<Bound> bounds = new ArrayList<>();
        for (Bound.Kind kind : Bound.Kind.values()) {
            Double limit = values.get(boundKey(kind));
            if (limit != null) {
                bounds.add(new Bound(kind, limit));
            }
        }
        return bounds;
    }

    /** Says what is wrong with the bounds of one gate taken together: none at all, or none that any value could hold. */
    public static void check(Values values, List<Bound> bounds, List<Bound.Kind> kinds, Problems problems) {
        if (bounds.isEmpty()) {
            List<String> known = kinds.stream().map(Bound.Kind::spelling).toList();
            problems.add(
                    values.place(), "a gate without a bound decides nothing; write one of " + String.join(", ", known));
        }
        for (Bound low : bounds) {
            for (Bound high : bounds) {
                boolean sameQuantity = low.kind().quantity() == high.kind().quantity();
                boolean apart = low.kind().holds() == Bound.Side.ABOVE
                        && high.kind().holds() == Bound.Side.BELOW
                        && low.limit() > high.limit();
                if (sameQuantity && apart) {
                    problems.add(values.place(boundKey(low.kind())), "no value can hold both " + low + " and " + high);
                }
            }
        }
    }

    static Key<Double> boundKey(Bound.Kind kind) {
        Key<Double> key = BOUNDS.get(kind);
        if (key == null) {
            throw new IllegalStateException("no key for " + kind);
        }
        return key;
    }

    private static Map<Bound.Kind, Key<Double>> boundKeys() {
        Map<Bound.Kind, Key<Double>> keys = new EnumMap<>(Bound.Kind.class);
        keys.put(Bound.Kind.MIN, bound(Bound.Kind.MIN, "The least value that passes.", 0.95));
        keys.put(Bound.Kind.MAX, bound(Bound.Kind.MAX, "The greatest value that passes.", 0.35));
        keys.put(
                Bound.Kind.MAX_DEGRADATION,
                bound(Bound.Kind.MAX_DEGRADATION, "How much worse than the other model it may be.", 0.005));
        keys.put(
                Bound.Kind.MAX_DEGRADATION_PERCENT,
                bound(
                        Bound.Kind.MAX_DEGRADATION_PERCENT,
                        "How much worse than the other model it may be, in percent of that one's value.",
                        1));
        keys.put(
                Bound.Kind.MIN_IMPROVEMENT,
                bound(Bound.Kind.MIN_IMPROVEMENT, "How much better than the other model it must be.", 0.01));
        keys.put(
                Bound.Kind.MIN_IMPROVEMENT_PERCENT,
                bound(
                        Bound.Kind.MIN_IMPROVEMENT_PERCENT,
                        "How much better than the other model it must be, in percent of that one's value.",
                        2));
        keys.put(
                Bound.Kind.SUSPICIOUS_ABOVE,
                bound(Bound.Kind.SUSPICIOUS_ABOVE, "A greater value is too good to be true.", 0.9999));
        keys.put(
                Bound.Kind.SUSPICIOUS_BELOW,
                bound(Bound.Kind.SUSPICIOUS_BELOW, "A smaller value is too good to be true.", 0.0001));
        return keys;
    }

    private static Key<Double> bound(Bound.Kind kind, String description, double example) {
        return Key.optional(
                kind.spelling(), Shapes.number(), description, kind.spelling() + ": " + Numbers.exact(example));
    }
}
