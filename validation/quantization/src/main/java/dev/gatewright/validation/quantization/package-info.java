// SPDX-License-Identifier: Apache-2.0
/**
 * Models in smaller numbers. {@link dev.gatewright.validation.quantization.Quantizer} takes a checked model and a
 * {@link dev.gatewright.validation.quantization.Scheme}, and writes a model that a stock ONNX Runtime runs.
 *
 * <p>Scales and zero points are those of ONNX Runtime's own quantiser for the same settings, to the bit. Weights are read by
 * position, twice: once for their extremes, once to be written in tiles, so that memory does not grow with the model.
 */
@NullMarked
package dev.gatewright.validation.quantization;

import org.jspecify.annotations.NullMarked;
