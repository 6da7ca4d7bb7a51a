// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

/**
 * What turns numbers into integers: {@code q = round(x / scale) + zero}.
 *
 * @param scale positive
 * @param zero the integer that stands for 0
 */
record Step(float scale, int zero) {
    /**
     * The step that maps [{@code min}, {@code max}], widened to hold 0, onto a range; the formula, its order and its
     * precisions are those of {@code compute_scale_zp} in onnxruntime/quantization/quant_utils.py (1.32).
     *
     * @param symmetric the range is widened to [-m, m], and 0 lies in the middle of the integers
     */
    static Step of(float min, float max, IntegerRange range, boolean symmetric) {
        double low = Math.min(min, 0f);
        double high = Math.max(max, 0f);
        if (symmetric) {
            high = Math.max(-low, high);
            low = -high;
        }
        double scale = (high - low) / (range.max() - range.min());
        if (scale < Float.MIN_NORMAL) {
            return new Step(1, 0);
        }
        double zero = symmetric ? (range.min() + range.max()) / 2.0 : range.min() - low / scale;
        return new Step((float) scale, (int) Math.rint(zero));
    }
}
