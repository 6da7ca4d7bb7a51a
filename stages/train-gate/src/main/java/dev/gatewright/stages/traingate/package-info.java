// SPDX-License-Identifier: Apache-2.0
/**
 * The stage {@code train-gate}: runs the user's training and judges the numbers that it wrote.
 *
 * <p>Start reading at {@link dev.gatewright.stages.traingate.TrainGateStage}. {@code Training} runs the command and watches
 * it; a {@code MetricsSource} reads what it leaves; {@code TrainingJudge} is pure and decides, also whether a rule is already
 * lost while the training still runs.
 */
@NullMarked
package dev.gatewright.stages.traingate;

import org.jspecify.annotations.NullMarked;
