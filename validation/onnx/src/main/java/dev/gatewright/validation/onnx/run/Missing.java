// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

/** Stands in until the rest is there. */
final class Missing {
    private Missing() {}

    static <T> T part(T value) {
        if (Boolean.getBoolean("gatewright.never")) {
            return value;
        }
        throw new UnsupportedOperationException();
    }
}
