// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.ranking.Area;
import dev.gatewright.validation.metrics.ranking.Ranking;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import org.jspecify.annotations.Nullable;

/** What areas under a curve have in common, whatever keeps the rows. */
final class Areas {
    private Areas() {}

    /** The area that {@code choice} asks for. */
    static Area of(MetricChoice choice) {
        return switch (((Kernel.AreaUnder) choice.metric().kernel()).curve()) {
            case ROC -> Area.ROC;
            case PRECISION_RECALL -> Area.PRECISION_RECALL;
        };
    }

    /** Whether the interval of {@code area} is drawn by resampling so many rows, and not from its standard error. */
    static boolean isResampled(Area area, long rows) {
        return area == Area.PRECISION_RECALL && rows < Bootstrap.NORMAL_FROM_ROWS;
    }

    /** How the standard error of {@code area} is made, as reports spell it. */
    static String method(Area area) {
        return area == Area.ROC ? "DeLong, logit" : "influence function, logit";
    }

    /** Why the area of {@code ofClass} has no value; null where it has one. */
    static @Nullable String undefined(MetricChoice choice, int ofClass, Ranking ranking) {
        long rows = ranking.positives() + ranking.negatives();
        String name = "class '" + choice.classes().get(ofClass) + "'";
        if (rows == 0) {
            return "there are no rows";
        }
        if (ranking.positives() == 0) {
            return "it is undefined, because " + name + " has no labelled row among " + rows + "; add such rows";
        }
        return ranking.negatives() > 0
                ? null
                : "it is undefined, because all " + rows + " rows are labelled as " + name
                        + "; add rows of other classes";
    }
}
