// SPDX-License-Identifier: Apache-2.0
/**
 * Tensors out of JSON and of raw bytes, in memory that ONNX Runtime reads in place, and back.
 */
@NullMarked
package dev.gatewright.stages.modelserver.tensor;

import org.jspecify.annotations.NullMarked;
