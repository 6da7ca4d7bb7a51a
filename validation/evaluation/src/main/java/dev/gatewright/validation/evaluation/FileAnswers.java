// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a predictions file says was answered for the rows of a block. */
final class FileAnswers implements Answers {
    private static final double SUM_TOLERANCE = 1e-3;

    private final Path file;
    private final RowBlock block;
    private final @Nullable Field prediction;
    private final @Nullable ByteBuffer ones; // the predictions, where a row has any number of classes
    private final @Nullable DoubleBuffer scores;
    private final int classes;
    private final boolean oneClass;
    private final double[] probabilities;
    private int rowOfProbabilities = -1;

    /** @param oneClass whether each row has exactly one class */
    FileAnswers(Path file, RowBlock block, RowFields fields, int classes, boolean oneClass) {
        this.file = file;
        this.block = block;
        this.prediction = fields.prediction();
        this.ones = fields.prediction() instanceof Field.Matrix said ? block.memory(said) : null;
        Field.Matrix matrix = fields.scores();
        this.scores = matrix == null ? null : block.memory(matrix).asDoubleBuffer();
        this.classes = classes;
        this.oneClass = oneClass;
        this.probabilities = new double[classes];
    }

    @Override
    public int predictedClass(int row) {
        if (prediction instanceof Field.ClassLabel label) {
            return block.codes(label)[row];
        }
        double[] ofRow = probabilities(row);
        int best = 0;
        for (int k = 1; k < classes; k++) {
            if (ofRow[k] > ofRow[best]) {
                best = k;
            }
        }
        return best;
    }

    @Override
    public boolean predicts(int row, int k) {
        return ones != null ? ones.get(row * classes + k) != 0 : probabilities(row)[k] >= EVEN;
    }

    @Override
    public double probability(int row, int k) {
        return probabilities(row)[k];
    }

    /**
     * The row's probabilities, read once however often they are asked for. What decides a class is held to what the spec calls
     * it, whether its value is judged or not.
     */
    private double[] probabilities(int row) {
        if (row == rowOfProbabilities) {
            return probabilities;
        }
        if (scores == null) {
            throw new IllegalStateException("the file has no scores");
        }
        rowOfProbabilities = -1;
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            double probability = scores.get(row * classes + k);
            if (!(probability >= 0 && probability <= 1)) {
                throw noProbabilities(row, "found " + probability + ", expected numbers from 0 to 1");
            }
            probabilities[k] = probability;
            sum += probability;
        }
        if (oneClass && Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw noProbabilities(row, "found the sum " + sum + ", expected 1 within " + SUM_TOLERANCE);
        }
        rowOfProbabilities = row;
        return probabilities;
    }

    private BadAnswerException noProbabilities(int row, String found) {
        return new BadAnswerException(
                "the file",
                file + ", row " + (block.firstRow() + row) + ": the scores do not hold probabilities: " + found);
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public double score(int row, int k) {
        throw new IllegalStateException("the file has no decision values");
    }

    @Override
    public boolean hasDecisionValues() {
        return false;
    }

    @Override
    public double number(int row) {
        if (prediction instanceof Field.Scalar scalar) {
            return block.numbers(scalar)[row];
        }
        throw new IllegalStateException("the file has no predicted numbers");
    }

    @Override
    public double epsilon() {
        return Math.ulp(1.0);
    }

    @Override
    public boolean hasProbabilities() {
        return scores != null;
    }
}
