// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.tally.RowValues;
import java.util.BitSet;
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
    private final double[] scores;
    private final BitSet set = new BitSet();
    private boolean hasProbabilities;
    private boolean referenceHasProbabilities;
    private int label;
    private double target;
    private double number;
    private double numberOfReference;

    RowOutcome(Counted counted) {
        this.counted = counted;
        this.predicted = new int[counted.decisions().size()];
        this.predictedByReference = new int[counted.decisions().size()];
        this.values = new double[counted.rowMetrics().size()];
        this.valuesOfReference = new double[counted.rowMetrics().size()];
        this.probabilities = new double[counted.sets().classes()];
        this.probabilitiesOfReference = new double[counted.sets().classes()];
        this.scores = new double[counted.sets().classes()];
    }

    /**
     * Takes a row in.
     *
     * @param label the number of its set of classes; 0 in a regression
     * @param target its number; NaN in a classification
     */
    void take(int row, int label, double target, Answers candidate, @Nullable Answers reference) {
        this.label = label;
        this.target = target;
        hasProbabilities = candidate.hasProbabilities();
        number = judge(row, candidate, predicted, values, probabilities);
        if (reference != null) {
            referenceHasProbabilities = reference.hasProbabilities();
            numberOfReference =
                    judge(row, reference, predictedByReference, valuesOfReference, probabilitiesOfReference);
        }
    }

    /** Fills in what one side's answer comes to, and gives its number: NaN in a classification. */
    private double judge(int row, Answers answers, int[] classes, double[] numbers, double[] ofClasses) {
        for (int i = 0; i < classes.length; i++) {
            classes[i] = decided(counted.decisions().get(i), answers, row);
        }
        if (answers.hasProbabilities() && counted.needsProbabilities()) {
            for (int k = 0; k < ofClasses.length; k++) {
                ofClasses[k] = answers.probability(row, k);
            }
        }
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = value(counted.rowMetrics().get(i), row, answers, ofClasses);
        }
        return counted.ofNumbers() ? answers.number(row) : Double.NaN;
    }

    private int decided(Decision decision, Answers answers, int row) {
        if (counted.sets().areOfOneClass()) {
            return decision.decide(answers, row, label);
        }
        set.clear();
        for (int k = 0; k < counted.sets().classes(); k++) {
            set.set(k, decision.holds(answers, row, k));
        }
        return counted.number(set);
    }

    private double value(Metric metric, int row, Answers answers, double[] ofClasses) {
        if (metric.isOfProbabilities()) {
            return answers.hasProbabilities() ? RowValues.of(metric, ofClasses, label, answers.epsilon()) : Double.NaN;
        }
        if (!answers.hasDecisionValues()) {
            return Double.NaN;
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] = answers.score(row, k);
        }
        return RowValues.of(metric, scores, label, answers.epsilon());
    }

    /** The row's number; NaN in a classification. */
    double target() {
        return target;
    }

    /** The number that the candidate predicted. */
    double number() {
        return number;
    }

    /** The number that the reference predicted. */
    double numberOfReference() {
        return numberOfReference;
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
