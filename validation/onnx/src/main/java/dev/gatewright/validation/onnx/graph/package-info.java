// SPDX-License-Identifier: Apache-2.0
/**
 * The graph of a checked model as something that can be changed and written again.
 *
 * <p>Weights stay where they are: a tensor knows the place of its values, and they are copied, or made, tile by tile while
 * a file is written. What this package does not look at (functions, documentation, unknown fields) is copied byte by byte.
 */
@NullMarked
package dev.gatewright.validation.onnx.graph;

import org.jspecify.annotations.NullMarked;
