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

    /** How many columns should be asked for at once, of {@code wanted}. */
    abstract int width(int wanted);

    /** Reads the bits of {@code height} rows of {@code width} columns into {@code tile}, a row each {@code stride} places. */
    abstract void read(int row, int height, int column, int width, int[] tile, int stride) throws IOException;

    private static final class ByRows extends Matrix {
        private final Floats floats;
        private final int most;

        ByRows(Bytes bytes, int rows, int columns) {
            super(rows, columns);
            this.most = Math.min(columns, Floats.TILE);
            this.floats = new Floats(bytes, most);
        }

        @Override
        int width(int wanted) {
            return Math.min(wanted, most);
        }

        @Override
        void read(int row, int height, int column, int width, int[] tile, int stride) throws IOException {
            for (int i = 0; i < height; i++) {
                floats.readBits((long) (row + i) * columns() + column, width, tile, i * stride);
            }
        }
    }

    /** Keeps the columns that were read last, since the rows of a tile lie far apart. */
    private static final class ByColumns extends Matrix {
        private static final int MOST = 1 << 20;

        private final Floats floats;
        private final int[] held;
        private int first = -1;
        private int count;

        ByColumns(Bytes bytes, int rows, int columns) {
            super(rows, columns);
            this.held = new int[(int) Math.min((long) rows * columns, Math.max(rows, MOST / rows * rows))];
            this.floats = new Floats(bytes, held.length);
        }

        @Override
        int width(int wanted) {
            return Math.max(1, Math.min(wanted, held.length / rows()));
        }

        @Override
        void read(int row, int height, int column, int width, int[] tile, int stride) throws IOException {
            if (column != first || width != count) {
                floats.readBits((long) column * rows(), width * rows(), held, 0);
                first = column;
                count = width;
            }
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    tile[i * stride + j] = held[j * rows() + row + i];
                }
            }
        }
    }
}
