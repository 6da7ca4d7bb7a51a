// SPDX-License-Identifier: Apache-2.0
/**
 * Writes the first spec of a model: works out what can be worked out, measures once, and asks for the rest.
 *
 * <p>Start reading at {@link dev.gatewright.stages.cli.init.ModelGuess}. What cannot be told is a problem that names the option
 * to give; nothing is assumed that a run would not show to be wrong.
 */
@NullMarked
package dev.gatewright.stages.cli.init;

import org.jspecify.annotations.NullMarked;
