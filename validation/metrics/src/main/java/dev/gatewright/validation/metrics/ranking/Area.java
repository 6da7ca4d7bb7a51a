// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

/**
 * The area under a curve that a ranking draws, with what each row adds to its variance.
 *
 * <p>The standard error is the root of the sum of the squares of all rows' {@linkplain #influences influences}; that of a
 * weighted sum of areas on the same rows, such as a mean over classes or the difference of two models, is the root of the sum
 * over the rows of the squared weighted sums of their influences.
 */
public enum Area {
    /**
     * Under the ROC curve: the share of pairs of a positive and a negative row in which the positive one has the higher
     * score, ties counting half (Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic
     * (ROC) curve", 1982). The influences are the structural components of DeLong, DeLong and Clarke-Pearson, "Comparing the
     * areas under two or more correlated receiver operating characteristic curves", 1988, found by ranks as in Sun and Xu,
     * "Fast implementation of DeLong's algorithm", 2014.
     */
    ROC {
        @Override
        double defined(Ranking ranking) {
            long[] below = {0};
            long[] twiceWon = {0};
            ranking.walk((positives, negatives) -> {
                twiceWon[0] = Math.addExact(twiceWon[0], Math.multiplyExact(positives, 2 * below[0] + negatives));
                below[0] += negatives;
            });
            return twiceWon[0] / (2.0 * ranking.positives() * ranking.negatives());
        }

        @Override
        void definedInfluences(Ranking ranking, double area, Influences influences) {
            double m = ranking.positives();
            double n = ranking.negatives();
            double scaleOfPositive = StrictMath.sqrt(m * (m - 1));
            double scaleOfNegative = StrictMath.sqrt(n * (n - 1));
            ranking.walk(new Ranking.Groups() {
                private double negativesBelow;
                private double positivesAbove = m;

                @Override
                public void take(long positives, long negatives) {
                    positivesAbove -= positives;
                    double won = (negativesBelow + 0.5 * negatives) / n;
                    double lost = (positivesAbove + 0.5 * positives) / m;
                    influences.take(
                            positives, (won - area) / scaleOfPositive, negatives, (lost - area) / scaleOfNegative);
                    negativesBelow += negatives;
                }
            });
        }
    },

    /**
     * Under the precision-recall curve, not interpolated: the mean over the positive rows of the precision among the rows whose
     * scores are not lower (Manning, Raghavan and Schütze, "Introduction to information retrieval", 2008, section 8.4). The
     * influences are those of the statistic as a functional of the rows' distribution (van der Vaart, "Asymptotic statistics",
     * 1998, chapter 20).
     */
    PRECISION_RECALL {
        @Override
        double defined(Ranking ranking) {
            CompensatedSum sum = new CompensatedSum();
            double m = ranking.positives();
            ranking.walk(new Ranking.Groups() {
                private double positivesFrom = m;
                private double rowsFrom = m + ranking.negatives();

                @Override
                public void take(long positives, long negatives) {
                    sum.add(positives * (positivesFrom / rowsFrom));
                    positivesFrom -= positives;
                    rowsFrom -= positives + negatives;
                }
            });
            return sum.value() / m;
        }

        @Override
        void definedInfluences(Ranking ranking, double area, Influences influences) {
            double m = ranking.positives();
            double rows = m + ranking.negatives();
            // With n rows: a row's influence over n, times the root of n / (n - 1) as in a sample variance.
            double scale = m * StrictMath.sqrt((rows - 1) / rows);
            ranking.walk(new Ranking.Groups() {
                private double positivesFrom = m;
                private double rowsFrom = rows;
                /** The sums over the positive rows that are not higher of 1 / rows, and of precision / rows, from there on. */
                private double shares;

                private double precisions;

                @Override
                public void take(long positives, long negatives) {
                    double precision = positivesFrom / rowsFrom;
                    shares += positives / rowsFrom;
                    precisions += positives * precision / rowsFrom;
                    influences.take(
                            positives,
                            (precision + shares - precisions - area) / scale,
                            negatives,
                            -precisions / scale);
                    positivesFrom -= positives;
                    rowsFrom -= positives + negatives;
                }
            });
        }
    };

    /** Sees what the rows of each group add to the variance. */
    @FunctionalInterface
    public interface Influences {
        /** The numbers of rows of the next group, and the influence of one row of each kind. */
        void take(long positives, double ofPositive, long negatives, double ofNegative);
    }

    /** The area; NaN where all rows are of one kind. */
    public double of(Ranking ranking) {
        return isDefined(ranking) ? defined(ranking) : Double.NaN;
    }

    /** Shows the influence of every row, group by group, the lowest score first; none where the area is undefined. */
    public void influences(Ranking ranking, double area, Influences influences) {
        if (isDefined(ranking)) {
            definedInfluences(ranking, area, influences);
        }
    }

    /** The standard error of {@code area}; NaN where it is undefined, or unknown for want of a second row of each kind. */
    public double standardError(Ranking ranking, double area) {
        if (!isDefined(ranking)) {
            return Double.NaN;
        }
        CompensatedSum squares = new CompensatedSum();
        definedInfluences(ranking, area, (positives, ofPositive, negatives, ofNegative) -> {
            squares.add(positives * (ofPositive * ofPositive) + negatives * (ofNegative * ofNegative));
        });
        return StrictMath.sqrt(squares.value());
    }

    private static boolean isDefined(Ranking ranking) {
        return ranking.positives() > 0 && ranking.negatives() > 0;
    }

    abstract double defined(Ranking ranking);

    abstract void definedInfluences(Ranking ranking, double area, Influences influences);
}
