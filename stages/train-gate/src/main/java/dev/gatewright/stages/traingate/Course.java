// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.OnFailure;
import java.util.List;
import java.util.Optional;

/**
 * How what a gate judges went over the epochs, up to where no further epoch could save the gate.
 *
 * <p>Lost for good are: a value that is no finite number; a best value that sets off an alarm, or a worst value that breaks a
 * bound, since both only move further that way; and a gate that does not hold when its patience has run out. A gate that only
 * warns, or whose failure a person may accept, ends no training but by a value that is no number.
 */
sealed interface Course {
    /** Nothing is known of it yet, or ever. */
    record Unknown(String why) implements Course {}

    /** One value was no finite number: that spoils all, whatever came after it. */
    record Diverged(String why) implements Course {}

    /**
     * The values that count.
     *
     * @param lost why no further value counts
     */
    record Known(List<Double> values, Optional<String> lost) implements Course {}

    /** What {@code gate} judges of {@code values}, of which there is one at least. */
    static Course of(TrainingGate gate, List<Double> values) {
        TrainingMeasure measure = gate.measure();
        double best = values.get(0);
        double worst = best;
        int bestAt = 0;
        for (int i = 0; i < values.size(); i++) {
            double value = values.get(i);
            if (!Double.isFinite(value)) {
                return diverged(measure.quantity(), values, i);
            }
            if (measure.isBetter(value, best)) {
                best = value;
                bestAt = i;
            }
            worst = measure.isBetter(worst, value) ? value : worst;
            Optional<String> lost = gate.gate().onFailure() == OnFailure.BLOCK
                    ? lost(gate, value, best, worst, i - bestAt)
                    : Optional.empty();
            if (lost.isPresent()) {
                return new Known(List.copyOf(values.subList(0, i + 1)), lost);
            }
        }
        return new Known(values, Optional.empty());
    }

    /** Whether all of {@code values} are numbers. */
    static Course of(String name, List<Double> values) {
        for (int i = 0; i < values.size(); i++) {
            if (!Double.isFinite(values.get(i))) {
                return diverged(name, values, i);
            }
        }
        return new Known(values, Optional.empty());
    }

    private static Diverged diverged(String name, List<Double> values, int index) {
        String when = values.size() == 1 ? "" : " (value " + (index + 1) + " of " + values.size() + ")";
        return new Diverged(name + " was " + values.get(index) + when);
    }

    private static Optional<String> lost(TrainingGate gate, double value, double best, double worst, int since) {
        TrainingMeasure measure = gate.measure();
        double judged = switch (measure.pick()) {
            case LAST -> value;
            case BEST -> best;
            case WORST -> worst;
        };
        for (Bound bound : gate.gate().bounds()) {
            if (bound.kind().holds().has(judged, bound.limit())) {
                continue;
            }
            boolean alarm = bound.kind().isAlarm();
            if (measure.pick() == (alarm ? TrainingMeasure.Pick.BEST : TrainingMeasure.Pick.WORST)) {
                return Optional.of("the " + measure.pick().spelling() + " " + measure.quantity() + " so far breaks "
                        + bound + ", which no later epoch can mend");
            }
            if (!alarm && gate.patience() > 0 && since >= gate.patience()) {
                return Optional.of(measure.quantity() + " breaks " + bound + " and has not become better in "
                        + gate.patience() + (gate.patience() == 1 ? " value" : " values"));
            }
        }
        return Optional.empty();
    }
}
