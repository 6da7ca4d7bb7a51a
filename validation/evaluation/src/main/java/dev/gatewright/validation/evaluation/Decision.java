// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import org.jspecify.annotations.Nullable;

/**
 * How an answer becomes a class, or several.
 *
 * @param threshold the probability of class {@code positive} from which on it is predicted, and where a row has any number of
 *     classes that of each; none: what the model predicts
 * @param among the label itself is decided where it is among so many of the most probable classes; 0: it has no say
 */
record Decision(@Nullable Double threshold, int positive, int among) {
    /** What the model predicts itself; else the most probable class, or each class that is at least as probable as not. */
    static final Decision OF_MODEL = new Decision(null, -1, 0);

    static Decision of(MetricChoice choice) {
        if (choice.metric().options().contains(Metric.Option.K)) {
            return new Decision(null, -1, (int) choice.parameter());
        }
        return choice.threshold() == null ? OF_MODEL : new Decision(choice.threshold(), choice.positive(), 0);
    }

    /** Whether class {@code k} is decided for, where a row has any number of classes. */
    boolean holds(Answers answers, int row, int k) {
        if (threshold == null || !answers.hasProbabilities()) {
            return answers.predicts(row, k);
        }
        return answers.probability(row, k) >= threshold;
    }

    /** The class that is decided for, where a row has one. */
    int decide(Answers answers, int row, int label) {
        if (!answers.hasProbabilities()) {
            return answers.predictedClass(row);
        }
        if (among > 0) {
            return isAmongMostProbable(answers, row, label) ? label : other(answers, row, label);
        }
        return threshold == null
                ? answers.predictedClass(row)
                : answers.probability(row, positive) >= threshold ? positive : 1 - positive;
    }

    /** Of equally probable classes the first come first, as where the most probable one is decided. */
    private boolean isAmongMostProbable(Answers answers, int row, int label) {
        double probability = answers.probability(row, label);
        int before = 0;
        for (int k = 0; k < answers.classes() && before < among; k++) {
            double other = answers.probability(row, k);
            before += other > probability || (other == probability && k < label) ? 1 : 0;
        }
        return before < among;
    }

    /** What a row counts as whose label is not among them: the model's class, unless its own decision is another. */
    private static int other(Answers answers, int row, int label) {
        int predicted = answers.predictedClass(row);
        return predicted != label ? predicted : (label + 1) % answers.classes();
    }
}
