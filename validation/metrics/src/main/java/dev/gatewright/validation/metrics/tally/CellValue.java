// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.LabelSets;
import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.ClassCounts;
import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.statistics.CountStatistic;

/** A metric's value from how many rows have the label and the prediction of each cell. */
final class CellValue implements CountStatistic {
    private final int[] labels;
    private final int[] predictions;
    private final MetricChoice choice;
    private final Kernel.CountFunction value;
    private final ClassCounts sums;
    /** What a row of each cell comes to, where the metric is their mean; else empty. */
    private final double[] ofRows;

    /**
     * @param labels the label of each cell
     * @param predictions the prediction of each cell
     */
    CellValue(LabelSets sets, MetricChoice choice, int[] labels, int[] predictions) {
        this.labels = labels;
        this.predictions = predictions;
        this.choice = choice;
        this.value = ((Kernel.Counts) choice.metric().kernel()).value();
        this.sums = new ClassCounts(sets);
        this.ofRows = new double[choice.average() == Average.SAMPLES ? labels.length : 0];
        for (int cell = 0; cell < ofRows.length; cell++) {
            sums.clear();
            sums.add(labels[cell], predictions[cell], 1);
            ofRows[cell] = value.of(sums, choice.averaged(Average.MICRO));
        }
    }

    @Override
    public double valueOf(long[] rows) {
        if (choice.average() == Average.SAMPLES) {
            return meanOfRows(rows);
        }
        count(rows);
        return value.of(sums, choice);
    }

    /** The value without one of the rows of each cell in turn; every cell has rows. */
    double[] withoutOne(long[] rows) {
        double[] values = new double[rows.length];
        if (choice.average() == Average.SAMPLES) {
            double mean = meanOfRows(rows);
            long counted = counted(rows);
            for (int cell = 0; cell < rows.length; cell++) {
                values[cell] = isSkipped(cell) ? mean : (mean * counted - ofRows[cell]) / (counted - 1);
            }
            return values;
        }
        count(rows);
        for (int cell = 0; cell < rows.length; cell++) {
            sums.add(labels[cell], predictions[cell], -1);
            values[cell] = value.of(sums, choice);
            sums.add(labels[cell], predictions[cell], 1);
        }
        return values;
    }

    private void count(long[] rows) {
        sums.clear();
        for (int cell = 0; cell < rows.length; cell++) {
            sums.add(labels[cell], predictions[cell], rows[cell]);
        }
    }

    private double meanOfRows(long[] rows) {
        double sum = 0;
        for (int cell = 0; cell < rows.length; cell++) {
            if (rows[cell] > 0 && !isSkipped(cell)) {
                sum += rows[cell] * ofRows[cell];
            }
        }
        long counted = counted(rows);
        return counted == 0 ? Double.NaN : sum / counted;
    }

    /** The rows that have a say in the mean of rows. */
    private long counted(long[] rows) {
        long count = 0;
        for (int cell = 0; cell < rows.length; cell++) {
            count += isSkipped(cell) ? 0 : rows[cell];
        }
        return count;
    }

    private boolean isSkipped(int cell) {
        return Double.isNaN(ofRows[cell]) && choice.zeroDivision() == ZeroDivision.SKIP;
    }
}
