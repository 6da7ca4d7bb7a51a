// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import java.util.Map;

/**
 * The range of each value that flows through a model, as calibration saw it.
 *
 * @param byName the range of a value by its name
 */
public record Ranges(Map<String, Range> byName) {
    /** Keeps its own copy. */
    public Ranges {
        byName = Map.copyOf(byName);
    }

    /** From the smallest to the largest number; both finite. */
    public record Range(float min, float max) {
        /** How far from 0 the farther end is. */
        float farthest() {
            return Math.max(Math.abs(min), Math.abs(max));
        }
    }
}
