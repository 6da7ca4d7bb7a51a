// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.ExactSum;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** One number a row, such as its loss, of which the mean is the metric. Keeps 8 bytes a row: intervals need all of them. */
public final class RowValues {
    private double[] values = new double[1024];
    private int size;

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

    /** The mean, correctly rounded from the exact sum; NaN of no rows, or where one number is not finite. */
    public double mean() {
        ExactSum sum = new ExactSum();
        for (int i = 0; i < size; i++) {
            sum.add(values[i]);
        }
        return size == 0 ? Double.NaN : sum.rounded() / size;
    }

    /** The mean. */
    public Reading reading(Bootstrap bootstrap) {
        if (size == 0) {
            return new Reading.Missing("there are no rows");
        }
        double mean = mean();
        if (!Double.isFinite(mean)) {
            return new Reading.Missing("its value is " + mean);
        }
        return new Reading.Sampled(size, new LazyEstimate(mean, () -> bootstrap.ofMean(toArray())));
    }

    /** The mean, as a gate is judged on it. */
    public Sample sample(Bootstrap bootstrap) {
        return Sample.of(reading(bootstrap));
    }
}
