// SPDX-License-Identifier: Apache-2.0
/**
 * The stage {@code smoke-test}: asks an endpoint whether it answers as the model was judged.
 *
 * <p>Start reading at {@link dev.gatewright.stages.smoketest.SmokeTestStage}. {@code Examination} asks, {@code Served} is where, {@code
 * Identity} is what proves that it is the judged model, and {@code ServingGate} is a rule on what only an endpoint has. The asking itself
 * is {@code validation/endpoint}'s.
 */
@NullMarked
package dev.gatewright.stages.smoketest;

import org.jspecify.annotations.NullMarked;
