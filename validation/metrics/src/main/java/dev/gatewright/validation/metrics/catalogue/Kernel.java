// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import dev.gatewright.validation.metrics.Task;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/** What a metric is computed from, and how. */
public sealed interface Kernel {

    /**
     * From how often each class was labelled and predicted.
     *
     * @param tasks the tasks in whose answers this means something
     */
    record Counts(CountFunction value, ProportionFunction proportion, Set<Task> tasks) implements Kernel {}

    /** The mean over the rows of a function of the predicted probabilities. */
    record RowProbabilities(ScoreFunction value) implements Kernel {}

    /** The mean over the rows of a function of the scores as the model gave them, before they became probabilities. */
    record RowScores(ScoreFunction value) implements Kernel {}

    /** How far the highest probability is from the share of rows in which it is right, in bins of equal width. */
    record Calibration(int bins) implements Kernel {}

    /** A function of the mean over the rows of a function of the predicted number. */
    record RowNumbers(NumberFunction value, DoubleUnaryOperator ofMean) implements Kernel {}

    /**
     * The share of the targets' variance that the predicted numbers explain.
     *
     * @param forgivesOffset whether a constant error costs nothing
     */
    record ExplainedShare(boolean forgivesOffset) implements Kernel {}

    /** The median of the absolute errors of the predicted numbers. */
    record MedianError() implements Kernel {}

    /** The largest absolute error of the predicted numbers. */
    record LargestError() implements Kernel {}

    /** From the order of the rows by the probability of a class: the area under a curve, each class against all others. */
    record AreaUnder(Curve curve) implements Kernel {}

    /** A curve along the rows in the order of their scores. */
    enum Curve {
        /** True positive rate over false positive rate. */
        ROC,
        /** Precision over recall. */
        PRECISION_RECALL
    }

    /** From the times of single calls: their mean. */
    record MeanTime() implements Kernel {}

    /** From the times of single calls: the time that a share of them does not exceed. */
    record TimeQuantile(double share) implements Kernel {}

    /** From the times of calls with a whole batch: rows a second. */
    record Throughput() implements Kernel {}

    /** From the memory of the process in which the model ran: the most that it held at once. */
    record PeakMemory() implements Kernel {}

    /** From the rows: the share of them that occur in the training data. */
    record Overlap() implements Kernel {}

    /** From the bytes of the model's files. */
    record ModelSize() implements Kernel {}

    /** From two models: the share of the rows that both answer with the same class, or the same set of classes. */
    record SameAnswers() implements Kernel {}

    /** From two models: the bytes of the one's files over those of the other's. */
    record SizeRatio() implements Kernel {}

    /** A value of counts; NaN where it is undefined. */
    @FunctionalInterface
    interface CountFunction {
        /** The value of {@code counts} under the options of {@code choice}. */
        double of(ClassCounts counts, MetricChoice choice);
    }

    /** Says where a value of counts is a share of independent rows, so that the score interval of a proportion holds. */
    @FunctionalInterface
    interface ProportionFunction {
        /** The rows that count and those among them that succeed; empty where the value is no such share. */
        Optional<Proportion> of(ClassCounts counts, MetricChoice choice);
    }

    /** A share of rows. {@code fixedByLabels}: the labels alone say which rows count, so two models share them. */
    record Proportion(long successes, long trials, boolean fixedByLabels) {}

    /** A value of one row's predicted scores. */
    @FunctionalInterface
    interface ScoreFunction {
        /**
         * The value of a row.
         *
         * @param scores one a class
         * @param label the index of the row's class
         * @param epsilon the machine epsilon of the type in which the scores came
         */
        double of(double[] scores, int label, double epsilon);
    }

    /** A value of one row's predicted number. */
    @FunctionalInterface
    interface NumberFunction {
        /** The value of a row; {@code parameter} is the metric's, NaN where it has none. */
        double of(double target, double prediction, double parameter);
    }
}
