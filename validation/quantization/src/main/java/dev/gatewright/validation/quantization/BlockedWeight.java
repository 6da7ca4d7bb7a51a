// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Content;
import dev.gatewright.validation.onnx.graph.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A matrix {@code [K, N]} in blocks of a column: packed integers {@code [N, blocks, bytes of a block]}, scales {@code [N, blocks]}
 * and packed zero points {@code [N, bytes]}, made when they are written.
 *
 * <p>Scales and zero points are found on the way through the integers and kept until they were written too; written in
 * another order they are found again.
 */
final class BlockedWeight {
    /** The most bytes of integers that are made at once. */
    private static final int BAND = 1 << 22;

    private final Source source;
    private final int rows;
    private final int columns;
    private final int blockSize;
    private final BlockRange range;
    private final int blocks;
    private final String what;
    private float @Nullable [] scales;
    private byte @Nullable [] zeros;

    /** Rows of a tile lie this much further apart, so that one column of it does not fall into one set of a cache. */
    private static final int GAP = 16;

    /** Opens the matrix anew, so that nothing of it is held between two writes. */
    interface Source {
        Matrix open();
    }

    BlockedWeight(Source source, int rows, int columns, WeightOnly scheme, String what) {
        this.source = source;
        this.rows = rows;
        this.columns = columns;
        this.blockSize = scheme.blockSize();
        this.range = new BlockRange(scheme.bits(), scheme.symmetric());
        this.blocks = (rows + blockSize - 1) / blockSize;
        this.what = what;
    }

    int blocks() {
        return blocks;
    }

    /** The bytes of a block of integers. */
    int blockBytes() {
        return blockSize * range.bits() / Byte.SIZE;
    }

    /** The bytes of a column's zero points. */
    int zeroBytes() {
        return (blocks * range.bits() + Byte.SIZE - 1) / Byte.SIZE;
    }

    Content values() {
        return new Made((long) columns * blocks * blockBytes()) {
            @Override
            public void writeTo(Sink out) throws IOException {
                pass(out);
            }
        };
    }

    Content scales() {
        return new Made((long) columns * blocks * Float.BYTES) {
            @Override
            public void writeTo(Sink out) throws IOException {
                if (scales == null) {
                    pass(null);
                }
                ByteBuffer line = ByteBuffer.allocate(blocks * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                for (int column = 0; column < columns && scales != null; column++) {
                    line.clear();
                    line.asFloatBuffer().put(scales, column * blocks, blocks);
                    out.write(line);
                }
                scales = null;
                if (range.symmetric()) {
                    zeros = null;
                }
            }
        };
    }

    Content zeros() {
        return new Made((long) columns * zeroBytes()) {
            @Override
            public void writeTo(Sink out) throws IOException {
                if (zeros == null) {
                    pass(null);
                    scales = null;
                }
                byte[] line = new byte[zeroBytes()];
                for (int column = 0; column < columns && zeros != null; column++) {
                    pack(zeros, column * blocks, blocks, line);
                    out.write(ByteBuffer.wrap(line));
                }
                zeros = null;
            }
        };
    }

    /** Finds scales and zero points; writes the integers too if there is somewhere to write them to. */
    private void pass(@Nullable Sink out) throws IOException {
        Matrix matrix = source.open();
        int columnBytes = blocks * blockBytes();
        int band = matrix.width(Math.max(1, Math.min(columns, BAND / columnBytes)));
        float[] foundScales = new float[Math.multiplyExact(columns, blocks)];
        byte[] foundZeros = new byte[foundScales.length];
        int stride = band + GAP;
        int[] tile = new int[blockSize * stride];
        byte[] packed = out == null ? new byte[0] : new byte[band * columnBytes];
        Block block = new Block(band, stride);
        for (int column = 0; column < columns; column += band) {
            int width = Math.min(band, columns - column);
            Arrays.fill(packed, (byte) 0);
            for (int index = 0; index < blocks; index++) {
                int height = Math.min(blockSize, rows - index * blockSize);
                matrix.read(index * blockSize, height, column, width, tile, stride);
                block.measure(tile, height, width);
                for (int j = 0; j < width; j++) {
                    foundScales[(column + j) * blocks + index] = block.scales[j];
                    foundZeros[(column + j) * blocks + index] = (byte) block.zeros[j];
                }
                if (out != null) {
                    block.pack(tile, height, width, packed, index * blockBytes(), columnBytes);
                }
            }
            if (out != null) {
                out.write(ByteBuffer.wrap(packed, 0, width * columnBytes));
            }
        }
        scales = foundScales;
        zeros = foundZeros;
    }

    private void pack(byte[] from, int start, int count, byte[] into) {
        Arrays.fill(into, (byte) 0);
        int places = into.length * Byte.SIZE / range.bits();
        for (int i = 0; i < places; i++) {
            int bit = i * range.bits();
            int zero = i < count ? from[start + i] & 0xFF : range.middle();
            into[bit / Byte.SIZE] |= (byte) (zero << bit % Byte.SIZE);
        }
    }

    /** A row of blocks, one of each column of a band. */
    private final class Block {
        private final int stride;
        private final int[] low;
        private final int[] high;
        private final float[] scales;
        private final int[] zeros;

        Block(int band, int stride) {
            this.stride = stride;
            low = new int[band];
            high = new int[band];
            scales = new float[band];
            zeros = new int[band];
        }

        void measure(int[] tile, int height, int width) {
            Arrays.fill(low, Integer.MAX_VALUE);
            Arrays.fill(high, Integer.MIN_VALUE);
            for (int i = 0; i < height; i++) {
                int line = i * stride;
                for (int j = 0; j < width; j++) {
                    int key = Floats.key(tile[line + j]);
                    low[j] = Math.min(low[j], key);
                    high[j] = Math.max(high[j], key);
                }
            }
            for (int j = 0; j < width; j++) {
                float min = Floats.ofKey(low[j]);
                float max = Floats.ofKey(high[j]);
                if (!Float.isFinite(min) || !Float.isFinite(max)) {
                    throw new UnquantizableModelException(what + " hold NaN or an infinite number, which no integer can"
                            + " stand for; look at the training, or exclude that node");
                }
                if (min == 0 && max == 0) {
                    // Of zeros with either sign the kernels keep the first.
                    min = Float.intBitsToFloat(tile[j]);
                    max = min;
                }
                scales[j] = range.scale(min, max);
                zeros[j] = range.zero(min, scales[j]);
            }
        }

        void pack(int[] tile, int height, int width, byte[] packed, int offset, int columnBytes) {
            int bits = range.bits();
            for (int j = 0; j < width; j++) {
                float reciprocal = scales[j] == 0 ? 0 : 1 / scales[j];
                int zero = zeros[j];
                int at = j * columnBytes + offset;
                for (int i = 0; i < height; i++) {
                    float number = Float.intBitsToFloat(tile[i * stride + j]);
                    int bit = i * bits;
                    packed[at + bit / Byte.SIZE] |= (byte) (range.integer(number, reciprocal, zero) << bit % Byte.SIZE);
                }
            }
        }
    }

    private abstract static class Made implements Content {
        private final long size;

        Made(long size) {
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }
    }
}
