// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.statistics;

/**
 * The standard error of a smooth statistic from its values without one row each: the root of {@code (n - 1) / n} times the sum
 * over the rows of the squared distances from their mean (Efron and Tibshirani, An Introduction to the Bootstrap, 1993,
 * section 11.2).
 */
public final class Jackknife {
    private Jackknife() {}

    /**
     * The standard error; NaN where one of the values is not finite.
     *
     * @param withoutOne the value without one of the rows of each cell
     * @param counts rows by cell
     */
    public static double standardError(double[] withoutOne, long[] counts) {
        ExactSum sum = new ExactSum();
        long rows = 0;
        for (int cell = 0; cell < counts.length; cell++) {
            if (!Double.isFinite(withoutOne[cell])) {
                return Double.NaN;
            }
            sum.add(counts[cell] * withoutOne[cell]);
            rows += counts[cell];
        }
        double mean = sum.rounded() / rows;
        ExactSum squares = new ExactSum();
        for (int cell = 0; cell < counts.length; cell++) {
            double distance = withoutOne[cell] - mean;
            squares.add(counts[cell] * distance * distance);
        }
        return StrictMath.sqrt(squares.rounded() * (rows - 1) / rows);
    }
}
