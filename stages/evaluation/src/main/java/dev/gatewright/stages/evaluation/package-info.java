// SPDX-License-Identifier: Apache-2.0
/**
 * What the stages that judge a model share: a spec's rows and gates become a request to evaluate, and what was found becomes the
 * parts of a report.
 *
 * <p>Start reading at {@link dev.gatewright.stages.evaluation.Evaluations}, which judges the spec's model. {@link
 * dev.gatewright.stages.evaluation.FormJudge} judges another form of it by the same gates on the same rows, and {@link
 * dev.gatewright.stages.evaluation.ModelOfRun} is the model on its way from stage to stage.
 */
@NullMarked
package dev.gatewright.stages.evaluation;

import org.jspecify.annotations.NullMarked;
