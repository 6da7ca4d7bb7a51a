// SPDX-License-Identifier: Apache-2.0
/**
 * The stage {@code quantize}: makes a smaller form of the model, and judges it.
 *
 * <p>Start reading at {@link dev.gatewright.stages.quantize.QuantizeStage}. The rungs of the {@code Ladder} are tried in the
 * written order; a {@code Trial} makes one form and judges it, {@code BlameSearch} looks for the nodes that spoil one, and {@code
 * LadderReport} tells it all. The forms themselves are made in {@code validation/quantization}.
 */
@NullMarked
package dev.gatewright.stages.quantize;

import org.jspecify.annotations.NullMarked;
