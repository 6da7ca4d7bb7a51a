// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * A row that a model and its source answer differently. Rows count from 1; nothing else of the data is in here, but the truth.
 *
 * @param truth the label of the data: a class, several, or a number
 * @param exported none where its answer is none: NaN, or no class
 * @param difference the greatest between the probabilities of a class, or between the predicted numbers; 1 or 0 where a side has
 *     classes alone; infinite where one answered nothing
 */
public record RowDifference(
        long row, String truth, Answer source, @Nullable Answer exported, double difference) {
    /**
     * What one side answered.
     *
     * @param label the class, or several; none in a regression
     * @param score the probability of that class, or the predicted number; NaN where there is none
     */
    public record Answer(@Nullable String label, double score) {}

    /** Whether both decide for another class. */
    public boolean changesLabel() {
        return exported == null || (source.label() != null && !source.label().equals(exported.label()));
    }
}
