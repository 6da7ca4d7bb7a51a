// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

/** A component of a JPEG image, such as its brightness, and its samples once they are decoded. */
final class JpegComponent {
    /** Of a progressive image: how many of a coefficient's lowest bits are still to come; this many at first. */
    static final int NOT_SEEN = 99;

    final int id;
    final int horizontal;
    final int vertical;
    final int table;

    /** Its own size in samples. */
    int width;

    int height;

    /** Its size in blocks of 8 x 8 samples, as a scan of this component alone has them. */
    int blocksWide;

    int blocksHigh;

    /** The same, filled up to whole units of a scan of all components. */
    int paddedWide;

    int paddedHigh;

    /** Its samples, 8 * {@link #paddedWide} a row. */
    byte[] samples = {};

    /** Of a progressive image the coefficients, 64 a block in natural order. */
    short[] coefficients = {};

    final int[] bitsToCome = new int[64];
    int predictor;
    boolean decoded;
    int[] quantization = {};

    JpegComponent(int id, int horizontal, int vertical, int table) {
        this.id = id;
        this.horizontal = horizontal;
        this.vertical = vertical;
        this.table = table;
        java.util.Arrays.fill(bitsToCome, NOT_SEEN);
    }

    /** Where the coefficients of a block begin. */
    int coefficientsOf(int blockX, int blockY) {
        return (blockY * paddedWide + blockX) * 64;
    }

    /** Where the samples of a block begin. */
    int samplesOf(int blockX, int blockY) {
        return blockY * 8 * stride() + blockX * 8;
    }

    /** The samples from a row to the next. */
    int stride() {
        return paddedWide * 8;
    }
}
