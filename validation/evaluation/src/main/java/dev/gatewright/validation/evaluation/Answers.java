// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

/** What was answered for the rows of a block. Rows count from 0. */
interface Answers {
    /** The probability from which on a class is predicted, where a row has any number of them and nothing else decides. */
    double EVEN = 0.5;

    /** The index of the predicted class, where a row has one. */
    int predictedClass(int row);

    /** Whether class {@code k} is among the predicted ones, where a row has any number of them. */
    boolean predicts(int row, int k);

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
