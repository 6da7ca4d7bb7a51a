// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

/**
 * Constant factors of matrix products in blocks of few bits ({@code MatMulNBits}); what flows through stays float.
 *
 * @param bits 4 or 8
 * @param blockSize how many numbers of a column share a scale: a power of two from 16 to 256
 * @param symmetric no zero points: the middle of the range stands for zero
 */
public record WeightOnly(int bits, int blockSize, boolean symmetric) implements Scheme {
    /** Refuses what {@code MatMulNBits} does not have. */
    public WeightOnly {
        if (bits != 4 && bits != 8) {
            throw new IllegalArgumentException("weights have 4 or 8 bits, not " + bits);
        }
        if (blockSize < 16 || blockSize > 256 || Integer.bitCount(blockSize) != 1) {
            throw new IllegalArgumentException("a block has 16, 32, 64, 128 or 256 numbers, not " + blockSize);
        }
    }

    @Override
    public String spelling() {
        return "int" + bits;
    }
}
