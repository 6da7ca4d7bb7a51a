// SPDX-License-Identifier: Apache-2.0
/**
 * Runs an ONNX model in a worker process. This side loads no native code.
 *
 * <p>Start at {@link dev.gatewright.validation.onnx.run.ModelRunner}: it starts a second Java, which alone has ONNX Runtime, and
 * hands it blocks of rows in memory that both share. A {@link dev.gatewright.validation.onnx.run.RunPlan} says what is run,
 * {@link dev.gatewright.validation.onnx.run.WorkerOptions} with what means; whatever goes wrong is a {@link
 * dev.gatewright.validation.onnx.run.WorkerFailure}. The worker is taken for hostile, since the model in it may be: each
 * length, index and type that it sends is checked.
 */
@NullMarked
package dev.gatewright.validation.onnx.run;

import org.jspecify.annotations.NullMarked;
