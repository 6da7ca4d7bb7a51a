// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.ranking.Area;
import dev.gatewright.validation.metrics.ranking.Ranking;

/**
 * How far from its value an area could be if some rows stood elsewhere in the ranking, for a ranking in which the rows of
 * each kind stand alike towards the other: all positive rows above all negative ones, say.
 */
record FarthestArea(Area area, double value, long positives, long negatives) {
    static FarthestArea of(Area area, double value, Ranking ranking) {
        return new FarthestArea(area, value, ranking.positives(), ranking.negatives());
    }

    /** The least area after so many rows moved: positive ones to the bottom, negative ones to the top. */
    double lowest(int moves) {
        return area == Area.ROC ? value * pairsKept(moves) : value == 1 ? lowestPrecision(moves) : Double.NaN;
    }

    /** The greatest area after so many rows moved. */
    double highest(int moves) {
        return area == Area.ROC ? 1 - (1 - value) * pairsKept(moves) : value == 1 ? 1 : Double.NaN;
    }

    /** The least share of pairs of which neither row moved. */
    private double pairsKept(int moves) {
        double least = 1;
        for (long up = Math.max(0, moves - negatives); up <= Math.min(moves, positives); up++) {
            double kept = (double) (positives - up) / positives * (negatives - (moves - up)) / negatives;
            least = Math.min(least, kept);
        }
        return least;
    }

    private double lowestPrecision(int moves) {
        double least = 1;
        for (long up = Math.max(0, moves - negatives); up <= Math.min(moves, positives); up++) {
            long onTop = moves - up;
            double sum = up * ((double) positives / (positives + negatives));
            for (long rank = 1; rank <= positives - up; rank++) {
                sum += (double) rank / (rank + onTop);
            }
            least = Math.min(least, sum / positives);
        }
        return least;
    }
}
