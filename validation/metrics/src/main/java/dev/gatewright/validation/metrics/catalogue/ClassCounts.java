// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import dev.gatewright.validation.metrics.LabelSets;
import java.util.Arrays;

/**
 * How often each class was labelled, predicted, and both: where a row has one class, the margins and the diagonal of a
 * confusion matrix. All the metrics that count rows are functions of these.
 */
public final class ClassCounts {
    private final LabelSets sets;
    private final long[] labelled;
    private final long[] predicted;
    private final long[] correct;
    private long rows;
    private long rowsCorrect;

    /** No rows yet, labelled and predicted as {@code sets}. */
    public ClassCounts(LabelSets sets) {
        this.sets = sets;
        labelled = new long[sets.classes()];
        predicted = new long[sets.classes()];
        correct = new long[sets.classes()];
    }

    /** Forgets all rows. */
    public void clear() {
        Arrays.fill(labelled, 0);
        Arrays.fill(predicted, 0);
        Arrays.fill(correct, 0);
        rows = 0;
        rowsCorrect = 0;
    }

    /** Adds {@code count} rows that are labelled and predicted as these numbers of sets. */
    public void add(int label, int prediction, long count) {
        rows += count;
        rowsCorrect += label == prediction ? count : 0;
        if (sets.areOfOneClass()) {
            labelled[label] += count;
            predicted[prediction] += count;
            correct[label] += label == prediction ? count : 0;
            return;
        }
        for (int k : sets.members(label)) {
            labelled[k] += count;
        }
        for (int k : sets.members(prediction)) {
            predicted[k] += count;
            correct[k] += sets.has(label, k) ? count : 0;
        }
    }

    /** Whether each row has exactly one class, as a label and as a prediction. */
    public boolean areOfOneClass() {
        return sets.areOfOneClass();
    }

    /** The number of classes. */
    public int classes() {
        return labelled.length;
    }

    /** All rows. */
    public long rows() {
        return rows;
    }

    /** Rows whose label was predicted, and nothing else. */
    public long rowsCorrect() {
        return rowsCorrect;
    }

    /** Rows labelled {@code k}: the class's support. */
    public long labelled(int k) {
        return labelled[k];
    }

    /** Rows predicted as {@code k}. */
    public long predicted(int k) {
        return predicted[k];
    }

    /** Rows labelled and predicted as {@code k}: its true positives. */
    public long correct(int k) {
        return correct[k];
    }
}
