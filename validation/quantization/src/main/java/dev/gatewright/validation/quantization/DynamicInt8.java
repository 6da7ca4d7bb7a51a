// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

/**
 * Weights are int8, symmetric; what flows through the model becomes uint8 with a range that is taken anew from each batch.
 *
 * @param perChannel each column of a weight has a scale of its own
 * @param reducedRange weights use 7 bits, for processors that saturate when they add products of 8 bits
 */
public record DynamicInt8(boolean perChannel, boolean reducedRange) implements Scheme {
    @Override
    public String spelling() {
        return "int8-dynamic";
    }
}
