// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

/**
 * The inverse cosine transform of 8 x 8 coefficients: the accurate integer method of the Independent JPEG Group
 * (Loeffler, Ligtenberg and Moschytz, ICASSP 1989, with 13 bits of fraction), which libjpeg-turbo uses unless told otherwise.
 */
final class JpegTransform {
    private static final int FRACTION = 13;
    private static final int FIRST_PASS = 2; // more bits are kept between the passes

    private static final byte[] NATURAL = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    private final int[] work = new int[64];

    /** The position in a block of the coefficient that comes as number {@code k}. */
    static int natural(int k) {
        return NATURAL[k];
    }

    /** Puts the samples of a block, whose coefficients begin at {@code at}, where they belong in {@code component}. */
    void inverse(short[] coefficients, int at, JpegComponent component, int blockX, int blockY) {
        int[] quantization = component.quantization;
        for (int i = 0; i < 64; i++) {
            work[i] = coefficients[at + i] * quantization[i];
        }
        for (int column = 0; column < 8; column++) {
            transform(column, 8, FRACTION - FIRST_PASS);
        }
        for (int row = 0; row < 8; row++) {
            transform(row * 8, 1, FRACTION + FIRST_PASS + 3);
        }
        byte[] samples = component.samples;
        int to = component.samplesOf(blockX, blockY);
        for (int row = 0; row < 8; row++) {
            for (int column = 0; column < 8; column++) {
                int value = work[row * 8 + column] + 128;
                samples[to + column] = (byte) (value < 0 ? 0 : Math.min(value, 255));
            }
            to += component.stride();
        }
    }

    /** Transforms the eight values from {@code at} on, {@code step} apart, and drops the lowest {@code shift} bits. */
    private void transform(int at, int step, int shift) {
        int z2 = work[at + 2 * step];
        int z3 = work[at + 6 * step];
        int z1 = (z2 + z3) * 4433; // 0.541196100
        int even2 = z1 - z3 * 15137; // 1.847759065
        int even3 = z1 + z2 * 6270; // 0.765366865
        int even0 = (work[at] + work[at + 4 * step]) << FRACTION;
        int even1 = (work[at] - work[at + 4 * step]) << FRACTION;
        final int sum0 = even0 + even3;
        final int sum3 = even0 - even3;
        final int sum1 = even1 + even2;
        final int sum2 = even1 - even2;

        int odd0 = work[at + 7 * step];
        int odd1 = work[at + 5 * step];
        int odd2 = work[at + 3 * step];
        int odd3 = work[at + step];
        int z5 = (odd0 + odd2 + odd1 + odd3) * 9633; // 1.175875602
        z1 = (odd0 + odd3) * -7373; // 0.899976223
        z2 = (odd1 + odd2) * -20995; // 2.562915447
        z3 = (odd0 + odd2) * -16069 + z5; // 1.961570560
        int z4 = (odd1 + odd3) * -3196 + z5; // 0.390180644
        odd0 = odd0 * 2446 + z1 + z3; // 0.298631336
        odd1 = odd1 * 16819 + z2 + z4; // 2.053119869
        odd2 = odd2 * 25172 + z2 + z3; // 3.072711026
        odd3 = odd3 * 12299 + z1 + z4; // 1.501321110

        int half = 1 << (shift - 1);
        work[at] = (sum0 + odd3 + half) >> shift;
        work[at + 7 * step] = (sum0 - odd3 + half) >> shift;
        work[at + step] = (sum1 + odd2 + half) >> shift;
        work[at + 6 * step] = (sum1 - odd2 + half) >> shift;
        work[at + 2 * step] = (sum2 + odd1 + half) >> shift;
        work[at + 5 * step] = (sum2 - odd1 + half) >> shift;
        work[at + 3 * step] = (sum3 + odd0 + half) >> shift;
        work[at + 4 * step] = (sum3 - odd0 + half) >> shift;
    }
}
