// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

/**
 * An input or output of a model.
 *
 * @param name its name
 * @param type its declared type
 */
public record ValueInfo(String name, ValueType type) {}
