// SPDX-License-Identifier: Apache-2.0
/**
 * Model + rows + gates -> judged metrics.
 *
 * <p>Start reading at {@link dev.gatewright.validation.evaluation.Evaluator}: it streams blocks of rows through the model (and
 * the one it is compared with), lets {@code Answers} say what was predicted, lets {@code Scoring} count, and lets {@code
 * GateEvidence} hand the counts to the gates. A predictions file takes the model's place where there is no model.
 */
@NullMarked
package dev.gatewright.validation.evaluation;

import org.jspecify.annotations.NullMarked;
