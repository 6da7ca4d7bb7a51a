// SPDX-License-Identifier: Apache-2.0
/**
 * Reads an ONNX model without running it, before any native code sees a byte of it.
 *
 * <p>Start at {@link dev.gatewright.validation.onnx.model.ModelFile}: it opens a model, and either refuses it with a
 * {@link dev.gatewright.validation.onnx.model.RefusedModelException} or gives its {@link
 * dev.gatewright.validation.onnx.model.ModelDescription}, its digest, and the states of its files, by which a change
 * under the reader is noticed.
 *
 * <p>Inside, the classes named {@code …Message} hold what the protobuf messages say, as they say it; {@code ModelCheck}
 * then walks them once. Weights are never read: they are stepped over, and where they lie is kept.
 */
@NullMarked
package dev.gatewright.validation.onnx.model;

import org.jspecify.annotations.NullMarked;
