// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One number a row, from its probabilities or scores, such as its loss: of most metrics of the kind it is the mean. Keeps 8
 * bytes a row: intervals need all of them.
 */
public final class RowValues {
    private double[] values = new double[1024];
    private int size;

    /**
     * The number that a row adds to a metric.
     *
     * @param scores the probabilities or scores of the classes, as the metric's kernel wants them
     * @param epsilon the machine epsilon of the type in which they came
     */
    public static double of(Metric metric, double[] scores, int label, double epsilon) {
        if (metric.kernel() instanceof Kernel.RowProbabilities kernel) {
            return kernel.value().of(scores, label, epsilon);
        }
        if (metric.kernel() instanceof Kernel.RowScores kernel) {
            return kernel.value().of(scores, label, epsilon);
        }
        if (metric.kernel() instanceof Kernel.Calibration) {
            return Calibration.row(scores, label);
        }
        throw new IllegalArgumentException(metric.name() + " is no metric of a number a row");
    }

    /** Adds a row's number; one that is not finite leaves the mean undefined. All NaNs are one. */
    public void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
        }
        values[size++] = Double.isNaN(value) ? Double.NaN : value;
    }

    /** Adds all that {@code other} holds. */
    public void merge(RowValues other) {
        for (int i = 0; i < other.size; i++) {
            add(other.values[i]);
        }
    }

    /** The canonical form: the numbers in ascending order, 8 bytes each. */
    public byte[] toBytes() {
        double[] ascending = toArray();
        Arrays.sort(ascending);
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(size, Double.BYTES));
        bytes.asDoubleBuffer().put(ascending);
        return bytes.array();
    }

    /** What {@link #toBytes} wrote. */
    public static RowValues fromBytes(byte[] bytes) {
        if (bytes.length % Double.BYTES != 0) {
            throw new IllegalArgumentException(bytes.length + " bytes are no list of numbers");
        }
        RowValues values = new RowValues();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            values.add(buffer.getDouble());
        }
        return values;
    }

    /** How many rows there are. */
    public int rows() {
        return size;
    }

    /** The numbers, in the order in which they came. */
    double[] toArray() {
        return Arrays.copyOf(values, size);
    }

    /** What a metric makes of the numbers. */
    Means means(MetricChoice choice) {
        return choice.metric().kernel() instanceof Kernel.Calibration calibration
                ? Calibration.of(toArray(), calibration.bins())
                : Means.of(toArray());
    }

    /** A metric of the numbers, as a gate is judged on it. */
    public Sample sample(MetricChoice choice, Bootstrap bootstrap) {
        return Sample.of(means(choice).reading(bootstrap));
    }
}
