// SPDX-License-Identifier: Apache-2.0
/**
 * The stage {@code export-onnx}: makes the ONNX form of the spec's source model, and holds it against the source and against the
 * gates of evaluate-metrics.
 *
 * <p>Start reading at {@link dev.gatewright.stages.exportonnx.ExportOnnxStage}. The source is asked in {@code
 * stages/evaluation}'s {@code SourceRun}; how far apart two models are is counted in {@code validation/evaluation}; here both
 * become gates and a report.
 */
@NullMarked
package dev.gatewright.stages.exportonnx;

import org.jspecify.annotations.NullMarked;
