// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

/**
 * How often a model has an operator.
 *
 * @param domain the operator's domain; that of ONNX itself is {@code ai.onnx}
 * @param name the operator, or the model's own function
 * @param count the nodes that run it, those of subgraphs and functions included, a function's body counted once
 */
public record OperatorCount(String domain, String name, int count) {}
