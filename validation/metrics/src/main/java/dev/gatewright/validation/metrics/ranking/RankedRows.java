// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

import dev.gatewright.validation.metrics.LabelSets;
import dev.gatewright.validation.metrics.statistics.ExactSum;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Rows with a label and several scores each, in memory: one score for each class that is ranked against all others, and for
 * each of two models. Each score takes 4 bytes where all of its kind are {@code float}s, else 8.
 */
public final class RankedRows {
    private final LabelSets sets;
    private final Scores[] columns;
    private int[] labels = new int[256];
    private int rows;

    /** No rows yet, labelled as {@code sets}, of {@code columns} scores each. */
    public RankedRows(LabelSets sets, int columns) {
        this.sets = sets;
        this.columns = new Scores[columns];
        Arrays.setAll(this.columns, column -> new Scores());
    }

    /** Adds a row with a label, which is the number of a set; {@code scores} are all finite and still belong to the caller. */
    public void add(int label, double[] scores) {
        if (scores.length != columns.length) {
            throw new IllegalArgumentException(scores.length + " scores for " + columns.length + " columns");
        }
        for (double score : scores) {
            if (!Double.isFinite(score)) {
                throw new IllegalArgumentException("a score is " + score + ": it must be finite");
            }
        }
        if (rows == labels.length) {
            labels = Arrays.copyOf(labels, Math.multiplyExact(rows, 2));
        }
        labels[rows++] = label;
        for (int column = 0; column < columns.length; column++) {
            columns[column].add(scores[column]);
        }
    }

    /** Adds all that {@code other} holds. */
    public void merge(RankedRows other) {
        for (int row = 0; row < other.rows; row++) {
            add(other.labels[row], other.scores(row));
        }
    }

    /** How many rows there are. */
    public int rows() {
        return rows;
    }

    /** How many rows are of class {@code k}. */
    public int labelled(int k) {
        int count = 0;
        for (int row = 0; row < rows; row++) {
            count += isOf(row, k) ? 1 : 0;
        }
        return count;
    }

    /** How many classes all rows have together: as many as rows, where each has one. */
    public long labels() {
        long count = 0;
        for (int row = 0; row < rows; row++) {
            count += classesOf(row).length;
        }
        return count;
    }

    /** Whether a row is of class {@code k}. */
    public boolean isOf(int row, int k) {
        return sets.has(labels[row], k);
    }

    /** The classes of a row; not to be written to. */
    public int[] classesOf(int row) {
        return sets.members(labels[row]);
    }

    /** The same rows in an order that does not depend on the one in which they came: by label, then by scores. */
    public RankedRows inCanonicalOrder() {
        Comparator<Integer> order = (one, other) -> sets.compare(labels[one], labels[other]);
        for (Scores column : columns) {
            order = order.thenComparingDouble(column::get);
        }
        RankedRows canonical = new RankedRows(sets, columns.length);
        IntStream.range(0, rows).boxed().sorted(order).forEach(row -> canonical.add(labels[row], scores(row)));
        return canonical;
    }

    /**
     * The canonical form: each row's label and scores, 4 and 8 bytes each, in canonical order.
     *
     * @throws ArithmeticException if they do not fit into an array
     */
    public byte[] toBytes() {
        RankedRows canonical = inCanonicalOrder();
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(rows, rowBytes(columns.length)));
        for (int row = 0; row < rows; row++) {
            bytes.putInt(canonical.labels[row]);
            for (Scores column : canonical.columns) {
                bytes.putDouble(column.get(row));
            }
        }
        return bytes.array();
    }

    /** The rows of {@code columns} scores each that {@link #toBytes} wrote, labelled as the same sets. */
    public static RankedRows fromBytes(byte[] array, LabelSets sets, int columns) {
        if (array.length % rowBytes(columns) != 0) {
            throw new IllegalArgumentException(array.length + " bytes are no rows of " + columns + " scores");
        }
        RankedRows rows = new RankedRows(sets, columns);
        ByteBuffer bytes = ByteBuffer.wrap(array);
        double[] scores = new double[columns];
        while (bytes.hasRemaining()) {
            int label = bytes.getInt();
            Arrays.setAll(scores, column -> bytes.getDouble());
            rows.add(label, scores);
        }
        return rows;
    }

    private static int rowBytes(int columns) {
        return Integer.BYTES + columns * Double.BYTES;
    }

    private double[] scores(int row) {
        double[] scores = new double[columns.length];
        Arrays.setAll(scores, column -> columns[column].get(row));
        return scores;
    }

    /** The rows in the order of one of their scores, those of class {@code positive} against all others. */
    public RankedColumn ranked(int column, int positive) {
        return new RankedColumn(this, columns[column], columns[column].order(), positive);
    }

    /** The standard error of a sum that each row influences by so much: the root of the sum of squares. */
    public static double standardError(double[] influences) {
        ExactSum squares = new ExactSum();
        for (double influence : influences) {
            squares.add(influence * influence);
        }
        return StrictMath.sqrt(squares.rounded());
    }
}
