// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Measure;
import dev.gatewright.validation.metrics.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number that a training writes, and which of its values over the epochs is meant.
 *
 * @param minus what is taken from each value; null where nothing is
 */
record TrainingMeasure(String name, @Nullable Minus minus, Pick pick, Direction direction) implements Measure {
    /** Which of the values over the epochs. */
    enum Pick {
        /** The value after the last epoch. */
        LAST("last"),
        /** The best value of any epoch. */
        BEST("best"),
        /** The worst value of any epoch. */
        WORST("worst");

        private final String spelling;

        Pick(String spelling) {
            this.spelling = spelling;
        }

        String spelling() {
            return spelling;
        }
    }

    /** The value that is meant, of one or more finite ones. */
    double of(List<Double> series) {
        double picked = series.get(series.size() - 1);
        if (pick != Pick.LAST) {
            for (double value : series) {
                if (isBetter(value, picked) == (pick == Pick.BEST)) {
                    picked = value;
                }
            }
        }
        return picked;
    }

    /** Whether {@code value} is better than {@code other}, and not as good. */
    boolean isBetter(double value, double other) {
        return direction == Direction.HIGHER_IS_BETTER ? value > other : value < other;
    }

    /** Its name, with what is taken from it. */
    String quantity() {
        return minus == null ? name : name + " - " + minus.spelling();
    }

    @Override
    public String spelling() {
        if (pick == Pick.LAST) {
            return quantity();
        }
        return (minus == null ? name : "(" + quantity() + ")") + "[" + pick.spelling() + "]";
    }

    @Override
    public Unit unit() {
        return Unit.NUMBER;
    }

    @Override
    public boolean isRunTime() {
        return false;
    }
}
