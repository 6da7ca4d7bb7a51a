// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads floats by position, a tile at a time.
 *
 * <p>Where they are compared, that is done by keys: NaN lies beyond both infinities there, and loops over integers are what a
 * compiler turns into vector instructions.
 */
final class Floats {
    /** Numbers in a tile: 256 KiB, which stay in a processor's second cache. */
    static final int TILE = 1 << 16;

    private final Bytes bytes;
    private final ByteBuffer tile;

    /** {@code most} is the largest number of floats that is read at once. */
    Floats(Bytes bytes, int most) {
        this.bytes = bytes;
        this.tile = ByteBuffer.allocateDirect(most * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads {@code count} floats from the {@code position}-th on into the head of {@code into}. */
    void read(long position, int count, float[] into) throws IOException {
        fill(position, count);
        tile.asFloatBuffer().get(into, 0, count);
    }

    /** The same, as their bits, from {@code start} on. */
    void readBits(long position, int count, int[] into, int start) throws IOException {
        fill(position, count);
        tile.asIntBuffer().get(into, start, count);
    }

    /** A number whose order among integers is that of a float, given by its bits, among floats; its own inverse. */
    static int key(int bits) {
        return bits ^ ((bits >> 31) >>> 1);
    }

    /** The float of a key. */
    static float ofKey(int key) {
        return Float.intBitsToFloat(key(key));
    }

    private void fill(long position, int count) throws IOException {
        tile.clear().limit(count * Float.BYTES);
        bytes.read(position * Float.BYTES, tile);
        tile.flip();
    }
}
