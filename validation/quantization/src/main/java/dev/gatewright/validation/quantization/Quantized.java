// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import java.util.List;

/** The names of a quantised value: its integers, their scale and their zero point. */
record Quantized(String values, String scale, String zero) {
    /** As an operator that dequantises takes them. */
    List<String> inputs() {
        return List.of(values, scale, zero);
    }
}
