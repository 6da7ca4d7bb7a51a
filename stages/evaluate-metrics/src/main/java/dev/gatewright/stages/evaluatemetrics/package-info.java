// SPDX-License-Identifier: Apache-2.0
/**
 * The stage {@code evaluate-metrics}: judges a model, or predictions that were made before, on labelled rows.
 *
 * <p>Start reading at {@link dev.gatewright.stages.evaluatemetrics.EvaluateMetricsStage}. The judging itself is done in
 * {@code validation/evaluation}; here the spec becomes a request ({@code Requests}) and what was found becomes a report
 * ({@code Outcomes}).
 */
@NullMarked
package dev.gatewright.stages.evaluatemetrics;

import org.jspecify.annotations.NullMarked;
