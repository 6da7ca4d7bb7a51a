// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.statistics.Bootstrap;
import java.util.Arrays;

/**
 * The expected calibration error of rows of which each is one number: the highest probability, positive where it was right and
 * negative where it was wrong.
 *
 * <p>With the gap of a row being 1 or 0 for right or wrong, less the probability, the error is {@code Σ |mean over all rows of
 * the gaps in bin b|}: a function of one mean a bin, which are resampled together. Where rows are too many to be resampled it is
 * the mean of the gaps, each with the sign of its bin's sum: the function that touches the error there.
 */
final class Calibration {
    private Calibration() {}

    /** One row's number, from its probabilities. */
    static double row(double[] probabilities, int label) {
        int best = 0;
        for (int k = 1; k < probabilities.length; k++) {
            if (probabilities[k] > probabilities[best]) {
                best = k;
            }
        }
        return best == label ? probabilities[best] : -probabilities[best];
    }

    /** The error of rows in so many bins. */
    static Means of(double[] rows, int bins) {
        double[] sums = new double[bins];
        for (double row : rows) {
            sums[bin(row, bins)] += gap(row);
        }
        if (rows.length >= Bootstrap.NORMAL_FROM_ROWS) {
            return Means.of(Arrays.stream(rows)
                    .map(row -> Math.signum(sums[bin(row, bins)]) * gap(row))
                    .toArray());
        }
        double[][] columns = new double[bins][rows.length];
        for (int i = 0; i < rows.length; i++) {
            columns[bin(rows[i], bins)][i] = gap(rows[i]);
        }
        double[][] used = Arrays.stream(columns)
                .filter(column -> Arrays.stream(column).anyMatch(gap -> gap != 0))
                .toArray(double[][]::new);
        // Where no bin has a gap there is one column of zeros, so that the rows are counted.
        return new Means(Calibration::sumOfGaps, used.length == 0 ? new double[][] {new double[rows.length]} : used);
    }

    private static double sumOfGaps(double[] means) {
        double sum = 0;
        for (double mean : means) {
            sum += Math.abs(mean);
        }
        return sum;
    }

    private static double gap(double row) {
        return row > 0 ? 1 - row : row;
    }

    /** The bin whose upper end is the first that the probability does not exceed. */
    private static int bin(double row, int bins) {
        int bin = (int) StrictMath.ceil(Math.abs(row) * bins) - 1;
        return Math.max(0, Math.min(bins - 1, bin));
    }
}
