// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Measure;
import dev.gatewright.validation.metrics.Unit;
import java.util.List;

/** A number that a training writes, and which of its values over the epochs is meant. */
record TrainingMeasure(String name, Pick pick, Direction direction) implements Measure {
    /** Which of the values over the epochs. */
    enum Pick {
        /** The value after the last epoch. */
        LAST("last"),
        /** The best value of any epoch. */
        BEST("best");

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
        if (pick == Pick.LAST) {
            return series.get(series.size() - 1);
        }
        double best = series.get(0);
        for (double value : series) {
            best = direction == Direction.HIGHER_IS_BETTER ? Math.max(best, value) : Math.min(best, value);
        }
        return best;
    }

    @Override
    public String spelling() {
        return pick == Pick.LAST ? name : name + "[best]";
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
