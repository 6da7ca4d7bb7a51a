// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

/**
 * How a block of numbers becomes unsigned integers of few bits, in the formulas of MLAS's {@code BlockwiseQuantizer}
 * (onnxruntime/core/mlas/lib/q4_dq.cpp), which {@code MatMulNBits} reads.
 */
record BlockRange(int bits, boolean symmetric) {
    /** The largest integer. */
    int most() {
        return (1 << bits) - 1;
    }

    /** The integer that stands for zero where there are no zero points. */
    int middle() {
        return 1 << (bits - 1);
    }

    /** The scale of a block whose numbers lie between {@code min} and {@code max}. */
    float scale(float min, float max) {
        if (symmetric) {
            // Below the middle lies one integer more than above: the farther end goes there, whatever its sign.
            float farther = Math.abs(max) > Math.abs(min) ? max : min;
            return -farther / middle();
        }
        return (Math.max(max, 0f) - Math.min(min, 0f)) / most();
    }

    /** The zero point of a block. */
    int zero(float min, float scale) {
        if (symmetric) {
            return middle();
        }
        float low = Math.min(min, 0f);
        float zero = scale == 0 ? low : -low / scale;
        return clip(zero);
    }

    /** A number as an integer. */
    int integer(float number, float reciprocal, int zero) {
        return clip(number * reciprocal + zero);
    }

    /** Rounds halves up: below zero, where that differs from halves away from zero, it is clipped. */
    private int clip(float number) {
        return Math.max(0, Math.min(most(), (int) (number + 0.5)));
    }
}
