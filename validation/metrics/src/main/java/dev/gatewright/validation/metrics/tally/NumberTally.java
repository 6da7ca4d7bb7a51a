// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The target of each row and the number that was predicted for it, by a candidate and, if it is compared, by a reference. Keeps
 * 16 or 24 bytes a row: medians, intervals and differences need all of them.
 */
public final class NumberTally {
    private static final int FIRST_ROWS = 1024;

    /** Targets, the candidate's predictions and, if paired, the reference's. */
    private final double[][] columns;

    private int rows;

    /** No rows yet. {@code paired}: a reference answers the same rows. */
    public NumberTally(boolean paired) {
        columns = new double[paired ? 3 : 2][FIRST_ROWS];
    }

    /** Adds a row; {@code reference} is not looked at where there is none. All NaNs are one. */
    public void add(double target, double candidate, double reference) {
        if (rows == columns[0].length) {
            int capacity = Math.addExact(rows, rows >> 1);
            Arrays.setAll(columns, column -> Arrays.copyOf(columns[column], capacity));
        }
        columns[0][rows] = canonical(target);
        columns[1][rows] = canonical(candidate);
        if (columns.length > 2) {
            columns[2][rows] = canonical(reference);
        }
        rows++;
    }

    private static double canonical(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }

    /** Adds all that {@code other} holds, which is paired if this is. */
    public void merge(NumberTally other) {
        if (other.columns.length != columns.length) {
            throw new IllegalArgumentException("a tally of one model does not merge with one of two");
        }
        for (int row = 0; row < other.rows; row++) {
            add(other.columns[0][row], other.columns[1][row], other.columns[columns.length - 1][row]);
        }
    }

    /** The canonical form: the rows in ascending order, 8 bytes a number. */
    public byte[] toBytes() {
        double[][] sorted = new double[rows][columns.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns.length; column++) {
                sorted[row][column] = columns[column][row];
            }
        }
        Arrays.sort(sorted, Arrays::compare);
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(rows, columns.length * Double.BYTES));
        for (double[] row : sorted) {
            bytes.asDoubleBuffer().put(row);
            bytes.position(bytes.position() + row.length * Double.BYTES);
        }
        return bytes.array();
    }

    /** What {@link #toBytes} of a tally that was paired or not wrote. */
    public static NumberTally fromBytes(byte[] bytes, boolean paired) {
        NumberTally tally = new NumberTally(paired);
        if (bytes.length % (tally.columns.length * Double.BYTES) != 0) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes are no rows of " + tally.columns.length + " numbers");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            tally.add(buffer.getDouble(), buffer.getDouble(), paired ? buffer.getDouble() : Double.NaN);
        }
        return tally;
    }

    /** A metric of the candidate's numbers, as a gate is judged on it. */
    public Sample sample(MetricChoice choice, Bootstrap bootstrap) {
        return Sample.of(side(choice, 1).reading(bootstrap));
    }

    /** A metric of both sides, as a gate is judged on it; {@code name} is what the reference is. */
    public Sample sample(MetricChoice choice, String name, double confidence, Bootstrap bootstrap) {
        if (columns.length < 3) {
            throw new IllegalStateException("no reference was counted");
        }
        return side(choice, 1).compared(side(choice, 2), name, confidence, bootstrap);
    }

    private NumberErrors side(MetricChoice choice, int column) {
        return new NumberErrors(choice, Arrays.copyOf(columns[0], rows), Arrays.copyOf(columns[column], rows));
    }
}
