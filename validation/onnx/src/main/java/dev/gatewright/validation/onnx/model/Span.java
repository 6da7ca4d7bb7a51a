// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

/** A run of bytes in the model's main file. */
record Span(long offset, long length) {}
