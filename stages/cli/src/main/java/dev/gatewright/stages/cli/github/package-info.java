// SPDX-License-Identifier: Apache-2.0
/**
 * What a GitHub runner is told of a run: outputs, a summary, and annotations on the lines of the spec.
 *
 * <p>Start reading at {@link dev.gatewright.stages.cli.github.GitHubStep}. What specs, models and trainings say ends up in the
 * same log that a runner reads commands from, and in the same file that it reads outputs from; no such text becomes either.
 */
@NullMarked
package dev.gatewright.stages.cli.github;

import org.jspecify.annotations.NullMarked;
