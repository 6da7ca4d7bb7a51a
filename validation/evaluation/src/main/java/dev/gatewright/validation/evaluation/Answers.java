// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

/** What was answered for the rows of a block. Rows count from 0. */
interface Answers {
    /** The index of the predicted class. */
    int predictedClass(int row);

    /** The number of classes; 0 for a regression. */
    int classes();

    /** The probability of class {@code k}. */
    double probability(int row, int k);

    /** The score of class {@code k}, before it became a probability; only where there are {@link #hasDecisionValues such}. */
    double score(int row, int k);

    /** The predicted number. */
    double number(int row);

    /** The machine epsilon of the type in which probabilities came. */
    double epsilon();

    /** Whether there are probabilities. */
    boolean hasProbabilities();

    /** Whether the scores are decision values, and not probabilities themselves. */
    boolean hasDecisionValues();
}
