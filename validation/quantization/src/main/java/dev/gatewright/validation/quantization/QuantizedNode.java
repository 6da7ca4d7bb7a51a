// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

/**
 * A node of the original model that was, or can be, quantised.
 *
 * @param name its name, else the name of its first output; what excludes it
 * @param operator its operator, such as {@code MatMul}
 * @param weights how many of its weights become smaller
 */
public record QuantizedNode(String name, String operator, long weights) {}
