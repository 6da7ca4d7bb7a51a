// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.evaluation.EvaluationRequest.Training;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The means, deviations and ranges of an input's columns over the training rows: what a scaler was fitted to. */
final class ColumnScales {
    private static final int BLOCK_BYTES = 1 << 22;

    private final double[] mean;
    private final double[] squares;
    private final double[] least;
    private final double[] greatest;
    private long rows;

    private ColumnScales(int width) {
        mean = new double[width];
        squares = new double[width];
        least = new double[width];
        greatest = new double[width];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    }

    /**
     * Reads the training rows of {@code input} in one pass; null where there are none, or rows of another width.
     *
     * @param width the elements of a row of the input
     */
    static @Nullable ColumnScales of(Training training, Field.Matrix input, int width) {
        Field.Matrix matrix = new Field.Matrix(
                input.name(),
                ElementType.FLOAT64,
                training.features().getOrDefault(input.name(), input.columns()),
                training.missing(),
                Field.Matrix.ANY_WIDTH);
        try (DataFile file = training.open()) {
            Selection selection = Evaluator.select(file, List.of(matrix));
            if (InputChange.width(selection.shape(matrix)) != width) {
                return null;
            }
            ColumnScales scales = new ColumnScales(width);
            RowBlock block = selection.newBlock(
                    Math.max(1, BLOCK_BYTES / (width * Double.BYTES)),
                    (field, bytes) -> ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
            DoubleBuffer numbers = block.memory(matrix).asDoubleBuffer();
            try (RowReader reader = selection.open()) {
                while (reader.read(block) > 0) {
                    scales.add(numbers, block.rows());
                }
            }
            file.verifyUnchanged();
            return scales.rows == 0 ? null : scales;
        }
    }

    /** Welford's running mean and sum of squares, which lose nothing to large means. */
    private void add(DoubleBuffer numbers, int count) {
        for (int row = 0; row < count; row++) {
            rows++;
            for (int column = 0; column < mean.length; column++) {
                double value = numbers.get(row * mean.length + column);
                double before = value - mean[column];
                mean[column] += before / rows;
                squares[column] += before * (value - mean[column]);
                least[column] = Math.min(least[column], value);
                greatest[column] = Math.max(greatest[column], value);
            }
        }
    }

    int width() {
        return mean.length;
    }

    /** {@code value} of {@code column}, brought to mean 0 and deviation 1. */
    double standardised(double value, int column) {
        return (value - mean[column]) / deviation(column);
    }

    /** Undoes {@link #standardised}. */
    double raw(double value, int column) {
        return value * deviation(column) + mean[column];
    }

    /** {@code value} of {@code column}, brought to [0, 1]. */
    double ranged(double value, int column) {
        return (value - least[column]) / range(column);
    }

    /** Undoes {@link #ranged}. */
    double unranged(double value, int column) {
        return value * range(column) + least[column];
    }

    /** A column that never changes is left at its scale, as scalers do. */
    private double deviation(int column) {
        double deviation = StrictMath.sqrt(squares[column] / rows);
        return deviation > 0 ? deviation : 1;
    }

    private double range(int column) {
        double range = greatest[column] - least[column];
        return range > 0 ? range : 1;
    }
}
