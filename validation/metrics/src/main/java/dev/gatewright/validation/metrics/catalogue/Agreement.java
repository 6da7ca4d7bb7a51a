// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

/**
 * How labels and predictions agree, from the margins of their confusion matrix. Undefined where all labels or all predictions
 * are of one class. Products of counts are exact; more than 3·10⁹ rows are refused with an {@link ArithmeticException}.
 */
final class Agreement {
    private Agreement() {}

    static double matthews(ClassCounts counts, MetricChoice choice) {
        long both = 0;
        long predicted = 0;
        long labelled = 0;
        for (int k = 0; k < counts.classes(); k++) {
            both += counts.labelled(k) * counts.predicted(k);
            predicted += counts.predicted(k) * counts.predicted(k);
            labelled += counts.labelled(k) * counts.labelled(k);
        }
        long rows = squared(counts.rows());
        double spread = StrictMath.sqrt((double) (rows - predicted)) * StrictMath.sqrt((double) (rows - labelled));
        double value = (double) (counts.rowsCorrect() * counts.rows() - both) / spread;
        // Rounding may have moved a perfect agreement past its end.
        return spread == 0 ? Double.NaN : Math.max(-1, Math.min(1, value));
    }

    static double kappa(ClassCounts counts, MetricChoice choice) {
        long both = 0;
        for (int k = 0; k < counts.classes(); k++) {
            both += counts.labelled(k) * counts.predicted(k);
        }
        return ZeroDivision.UNDEFINED.divide(
                counts.rowsCorrect() * counts.rows() - both, squared(counts.rows()) - both);
    }

    private static long squared(long rows) {
        return Math.multiplyExact(rows, rows);
    }
}
