// SPDX-License-Identifier: Apache-2.0
/**
 * The stage {@code evaluate-metrics}: judges a model, or predictions that were made before, on labelled rows.
 *
 * <p>Start reading at {@link dev.gatewright.stages.evaluatemetrics.EvaluateMetricsStage}. The judging itself is done in
 * {@code validation/evaluation}; how a spec becomes a request, and what was found a report, is shared with the stages that make
 * other forms of the model, in {@code stages/evaluation}.
 */
@NullMarked
package dev.gatewright.stages.evaluatemetrics;

import org.jspecify.annotations.NullMarked;
