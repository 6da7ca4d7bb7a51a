// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import org.jspecify.annotations.Nullable;

/**
 * How an answer becomes a class.
 *
 * @param threshold the probability of class {@code positive} from which on it is predicted; none: what the model predicts
 */
record Decision(@Nullable Double threshold, int positive) {
    /** What the model predicts itself, or the most probable class. */
    static final Decision OF_MODEL = new Decision(null, -1);

    static Decision of(MetricChoice choice) {
        return choice.threshold() == null ? OF_MODEL : new Decision(choice.threshold(), choice.positive());
    }

    int decide(Answers answers, int row) {
        if (threshold == null || !answers.hasProbabilities()) {
            return answers.predictedClass(row);
        }
        return answers.probability(row, positive) >= threshold ? positive : 1 - positive;
    }
}
