// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Bytes;
import dev.gatewright.validation.onnx.graph.Tensor;
import java.io.IOException;

/** A matrix of floats, read in tiles; stored row by row, or column by column. */
abstract class Matrix {
    private final int rows;
    private final int columns;

    private Matrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** The matrix of a tensor of rank two. */
    static Matrix of(Tensor tensor, boolean isTransposed) {
        Bytes bytes = (Bytes) tensor.values();
        int outer = Math.toIntExact(tensor.dimensions().get(0));
        int inner = Math.toIntExact(tensor.dimensions().get(1));
        return isTransposed ? new ByColumns(bytes, inner, outer) : new ByRows(bytes, outer, inner);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** How many columns should be asked for at once, of {@code most}. */
    abstract int width(int most);

    /** Reads {@code height} rows of {@code width} columns into {@code tile}, row by row. */
    abstract void read(int row, int height, int column, int width, float[] tile) throws IOException;

    private static final class ByRows extends Matrix {
        private final Floats floats;
        private final float[] line;

        ByRows(Bytes bytes, int rows, int columns) {
            super(rows, columns);
            this.line = new float[Math.min(columns, Floats.TILE)];
            this.floats = new Floats(bytes, line.length);
        }

        @Override
        int width(int most) {
            return Math.min(most, line.length);
        }

        @Override
        void read(int row, int height, int column, int width, float[] tile) throws IOException {
            for (int i = 0; i < height; i++) {
                floats.read((long) (row + i) * columns() + column, width, line);
                System.arraycopy(line, 0, tile, i * width, width);
            }
        }
    }

    /** Keeps the columns that were read last, since the rows of a tile lie far apart. */
    private static final class ByColumns extends Matrix {
        private final Floats floats;
        private final float[] held;
        private int first = -1;
        private int count;

        ByColumns(Bytes bytes, int rows, int columns) {
            super(rows, columns);
            this.held = new float[Math.max(rows, Math.min(rows * columns, Floats.TILE / rows * rows))];
            this.floats = new Floats(bytes, held.length);
        }

        @Override
        int width(int most) {
            return Math.max(1, Math.min(most, held.length / rows()));
        }

        @Override
        void read(int row, int height, int column, int width, float[] tile) throws IOException {
            if (column != first || width != count) {
                floats.read((long) column * rows(), width * rows(), held);
                first = column;
                count = width;
            }
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    tile[i * width + j] = held[j * rows() + row + i];
                }
            }
        }
    }
}
