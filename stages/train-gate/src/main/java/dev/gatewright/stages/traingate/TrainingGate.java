// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.spec.GateKeys;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Values;
import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.OnFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gate on a number that the training wrote. Which names there are only the training knows: one that it does not write
 * is not evaluated.
 *
 * @param measure the number, and which of its values over the epochs
 * @param patience after how many values without a better one the training is ended while the gate does not pass; 0: never
 */
record TrainingGate(TrainingMeasure measure, int patience, Gate gate) {
    private static final List<Bound.Kind> KINDS =
            List.of(Bound.Kind.MIN, Bound.Kind.MAX, Bound.Kind.SUSPICIOUS_ABOVE, Bound.Kind.SUSPICIOUS_BELOW);
    private static final Key<TrainingMeasure.Pick> VALUE = Key.optional(
            "value",
            Shapes.oneOf(TrainingMeasure.Pick.values(), TrainingMeasure.Pick::spelling),
            "Which of the values over the epochs is judged: the last (the default), the best, or the worst.",
            "value: best");

    private static final Key<Minus> MINUS = Key.optional(
            "minus",
            Minus.SHAPE,
            "What is taken from the number first: another one (the gap is judged), or what a naive answer scores (the gain).",
            "minus: train_loss");
    private static final Key<Long> PATIENCE = Key.optional(
            "patience",
            Shapes.count(1, 1_000_000),
            "After how many values without a better one the training is ended, if the gate does not pass by then.",
            "patience: 5");

    static final Section<TrainingGate> SHAPE = new Section<>("a gate of train-gate", keys(), TrainingGate::make);

    private static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>();
        keys.add(GateKeys.METRIC);
        keys.add(MINUS);
        keys.add(VALUE);
        keys.add(PATIENCE);
        keys.addAll(GateKeys.bounds(KINDS));
        keys.add(GateKeys.ON_FAILURE);
        return keys;
    }

    private static @Nullable TrainingGate make(Values values, Problems problems) {
        List<Bound> bounds = GateKeys.boundsOf(values);
        GateKeys.check(values, bounds, KINDS, problems);
        if (bounds.isEmpty()) {
            return null;
        }
        TrainingMeasure.Pick pick = values.get(VALUE, TrainingMeasure.Pick.LAST);
        List<Direction> directions =
                bounds.stream().map(TrainingGate::better).distinct().toList();
        Long patience = values.get(PATIENCE);
        if ((pick != TrainingMeasure.Pick.LAST || patience != null) && directions.size() > 1) {
            problems.add(
                    values.place(patience == null ? VALUE : PATIENCE),
                    "which value is the best is not clear: one bound asks for high values, another for low ones",
                    patience == null ? "value: last" : null);
            return null;
        }
        OnFailure onFailure = values.get(GateKeys.ON_FAILURE, OnFailure.BLOCK);
        if (patience != null && onFailure != OnFailure.BLOCK) {
            problems.add(
                    values.place(PATIENCE),
                    "a gate with on-failure: " + onFailure.spelling() + " ends no training; remove one of the two");
            return null;
        }
        TrainingMeasure measure =
                new TrainingMeasure(values.need(GateKeys.METRIC).value(), values.get(MINUS), pick, directions.get(0));
        return new TrainingGate(
                measure,
                patience == null ? 0 : patience.intValue(),
                new Gate(measure, bounds, null, null, null, 0, onFailure));
    }

    /** The direction that a bound takes for better: whoever writes a least value wants high ones. */
    private static Direction better(Bound bound) {
        return bound.kind() == Bound.Kind.MIN || bound.kind() == Bound.Kind.SUSPICIOUS_ABOVE
                ? Direction.HIGHER_IS_BETTER
                : Direction.LOWER_IS_BETTER;
    }
}
