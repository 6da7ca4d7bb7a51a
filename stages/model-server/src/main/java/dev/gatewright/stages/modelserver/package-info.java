// SPDX-License-Identifier: Apache-2.0
/**
 * Serves one ONNX model over HTTP: the Open Inference Protocol v2 and the {@code :predict} protocol v1.
 *
 * <p>Start at {@link dev.gatewright.stages.modelserver.ServerMain}, which is the program. It is a process of its own, since it loads
 * native code. Requests come in by {@code http}, are read into tensors by {@code protocol} and {@code tensor}, and run by
 * {@code run} as the model was judged; {@code config} is the one document that says how.
 */
@NullMarked
package dev.gatewright.stages.modelserver;

import org.jspecify.annotations.NullMarked;
