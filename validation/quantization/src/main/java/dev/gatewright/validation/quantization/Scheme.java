// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

/** How a model's numbers are made smaller. */
public sealed interface Scheme permits DynamicInt8, StaticInt8, WeightOnly, Float16 {
    /** As a spec writes it, such as {@code int8-dynamic}. */
    String spelling();
}
