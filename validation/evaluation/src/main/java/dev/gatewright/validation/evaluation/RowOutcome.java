// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.Metric;
import org.jspecify.annotations.Nullable;

/** What one row came to: its label, the classes decided, and its value for each metric. One object serves all rows. */
final class RowOutcome {
    private final Counted counted;
    private final int[] predicted;
    private final int[] predictedByReference;
    private final double[] values;
    private final double[] valuesOfReference;
    private final double[] probabilities;
    private final double[] probabilitiesOfReference;
    private boolean hasProbabilities;
    private boolean referenceHasProbabilities;
    private int label;

    RowOutcome(Counted counted) {
        this.counted = counted;
        this.predicted = new int[counted.decisions().size()];
        this.predictedByReference = new int[counted.decisions().size()];
        this.values = new double[counted.rowMetrics().size()];
        this.valuesOfReference = new double[counted.rowMetrics().size()];
        this.probabilities = new double[counted.classes()];
        this.probabilitiesOfReference = new double[counted.classes()];
    }

    /**
     * Takes a row in.
     *
     * @param label the index of its class; 0 in a regression
     * @param target its number; NaN in a classification
     */
    void take(int row, int label, double target, Answers candidate, @Nullable Answers reference) {
        this.label = label;
        judge(row, target, candidate, predicted, values);
        hasProbabilities = candidate.hasProbabilities();
        if (hasProbabilities && counted.isRanked()) {
            rank(row, candidate, probabilities);
        }
        if (reference != null) {
            judge(row, target, reference, predictedByReference, valuesOfReference);
            referenceHasProbabilities = reference.hasProbabilities();
            if (referenceHasProbabilities && counted.isRanked()) {
                rank(row, reference, probabilitiesOfReference);
            }
        }
    }

    private static void rank(int row, Answers answers, double[] probabilities) {
        for (int k = 0; k < probabilities.length; k++) {
            probabilities[k] = answers.probability(row, k);
        }
    }

    private void judge(int row, double target, Answers answers, int[] classes, double[] numbers) {
        for (int i = 0; i < classes.length; i++) {
            classes[i] = counted.decisions().get(i).decide(answers, row);
        }
        for (int i = 0; i < numbers.length; i++) {
            Metric metric = counted.rowMetrics().get(i);
            if (metric.kernel() instanceof Kernel.RowProbabilities kernel) {
                numbers[i] = answers.hasProbabilities()
                        ? kernel.value().of(answers.probability(row, label), answers.epsilon())
                        : Double.NaN;
            } else if (metric.kernel() instanceof Kernel.RowNumbers kernel) {
                numbers[i] = kernel.value().of(target, answers.number(row));
            }
        }
    }

    int label() {
        return label;
    }

    int predicted(int decision) {
        return predicted[decision];
    }

    int predictedByReference(int decision) {
        return predictedByReference[decision];
    }

    double value(int metric) {
        return values[metric];
    }

    double valueOfReference(int metric) {
        return valuesOfReference[metric];
    }

    /** Whether the candidate gave probabilities. */
    boolean hasProbabilities() {
        return hasProbabilities;
    }

    /** Whether the reference gave probabilities. */
    boolean referenceHasProbabilities() {
        return referenceHasProbabilities;
    }

    /** The probability of class {@code k}. */
    double probability(int k) {
        return probabilities[k];
    }

    /** The probability of class {@code k} that the reference gave. */
    double probabilityOfReference(int k) {
        return probabilitiesOfReference[k];
    }
}
