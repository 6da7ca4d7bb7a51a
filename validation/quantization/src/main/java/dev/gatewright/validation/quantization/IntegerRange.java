// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.model.ElementType;

/**
 * The integers that quantised numbers may take.
 *
 * @param type INT8 or UINT8
 */
record IntegerRange(ElementType type, int min, int max) {
    /** Signed weights, around zero: -127 to 127, or -64 to 64 where the range is reduced. */
    static IntegerRange ofWeights(boolean reduced) {
        return reduced ? new IntegerRange(ElementType.INT8, -64, 64) : new IntegerRange(ElementType.INT8, -127, 127);
    }

    /** What flows through a model, with a zero point of its own, or around zero. */
    static IntegerRange ofActivations(boolean symmetric) {
        return new IntegerRange(ElementType.INT8, symmetric ? -127 : -128, 127);
    }

    /** Constants that meet what flows through: as that, with the reduced range of weights. */
    static IntegerRange ofConstants(boolean symmetric, boolean reduced) {
        return reduced ? new IntegerRange(ElementType.INT8, -64, 64) : ofActivations(symmetric);
    }

    /** Whole bytes without a sign. */
    static IntegerRange unsigned() {
        return new IntegerRange(ElementType.UINT8, 0, 255);
    }

    /** The least number of the type, where clipping ends. */
    int typeMin() {
        return type == ElementType.INT8 ? Byte.MIN_VALUE : 0;
    }

    /** The largest number of the type. */
    int typeMax() {
        return type == ElementType.INT8 ? Byte.MAX_VALUE : 255;
    }
}
