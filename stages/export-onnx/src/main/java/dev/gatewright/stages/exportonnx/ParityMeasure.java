// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Measure;
import dev.gatewright.validation.metrics.Unit;
import org.jspecify.annotations.Nullable;

/**
 * How far an exported model is from its source, in one way. All are better the lower they are, and 0 at the best.
 *
 * @param output the one output that is meant; none for the worst of all
 */
record ParityMeasure(Kind kind, @Nullable String output) implements Measure {
    /** The ways. */
    enum Kind {
        /** Things of its structure that are not as they must be; always on. */
        DEFECTS("export_defects", "Things that are wrong with its structure: always judged, with max 0."),
        /** The greatest difference between answers to the same rows, asked three times; always on. */
        REPEATS(
                "repeat_difference",
                "The greatest difference between three answers to the same rows: always judged, with max 0."),
        ABSOLUTE("max_absolute_difference", "The greatest |exported - source| of a float output's elements."),
        RELATIVE(
                "max_relative_difference",
                "The greatest |exported - source| / |source|, where a source below 1e-6 counts as that."),
        TOLERANCE(
                "tolerance",
                "The least t with |exported - source| <= t + t·|source| for all elements: what numpy's allclose would need as both"
                        + " its tolerances."),
        UNEQUAL(
                "unequal_share",
                "The share of an output's elements that are not equal, for outputs that are no floats."),
        BATCHES(
                "batch_difference",
                "The greatest difference between answers in batches of 1, 2 and 7 rows and in one of 64."),
        PREPROCESSING(
                "preprocessing_difference",
                "The greatest difference between the tensors that source.preprocess makes of the data file and those that are fed"
                        + " here.");

        private final String spelling;
        private final String description;

        Kind(String spelling, String description) {
            this.spelling = spelling;
            this.description = description;
        }

        String spelling() {
            return spelling;
        }

        String description() {
            return description;
        }

        /** Whether it has a value for each output. */
        boolean isOfOutputs() {
            return this == ABSOLUTE || this == RELATIVE || this == TOLERANCE || this == UNEQUAL;
        }

        /** Whether the program judges it itself, always. */
        boolean isAlwaysOn() {
            return this == DEFECTS || this == REPEATS;
        }
    }

    @Override
    public String spelling() {
        return output == null ? kind.spelling() : kind.spelling() + "[output=" + output + "]";
    }

    @Override
    public Unit unit() {
        return kind == Kind.UNEQUAL ? Unit.FRACTION : Unit.NUMBER;
    }

    @Override
    public Direction direction() {
        return Direction.LOWER_IS_BETTER;
    }

    @Override
    public boolean isRunTime() {
        return false;
    }
}
