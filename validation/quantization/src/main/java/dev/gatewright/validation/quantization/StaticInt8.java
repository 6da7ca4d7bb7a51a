// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

/**
 * Weights are int8, symmetric; what flows through the model has a range that was calibrated before (QDQ form).
 *
 * @param perChannel each channel of a weight has a scale of its own
 * @param reducedRange weights use 7 bits, for processors that saturate when they add products of 8 bits
 * @param symmetric what flows through is int8 around zero, in place of uint8 with a zero point
 * @param ranges what calibration saw
 */
public record StaticInt8(boolean perChannel, boolean reducedRange, boolean symmetric, Ranges ranges) implements Scheme {
    @Override
    public String spelling() {
        return "int8-static";
    }
}
