// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import java.util.Optional;

/** What a metric is computed from, and how. */
public sealed interface Kernel {

    /** From how often each class was labelled and predicted. */
    record Counts(CountFunction value, ProportionFunction proportion) implements Kernel {}

    /** The mean over the rows of a function of the predicted probabilities. */
    record RowProbabilities(ProbabilityFunction value) implements Kernel {}

    /** The mean over the rows of a function of the predicted number. */
    record RowNumbers(NumberFunction value) implements Kernel {}

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

    /** From the bytes of the model's files. */
    record ModelSize() implements Kernel {}

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

    /** A value of one row's predicted probabilities. */
    @FunctionalInterface
    interface ProbabilityFunction {
        /** The value of a row; {@code epsilon} is the machine epsilon of the type in which the probability came. */
        double of(double probabilityOfLabel, double epsilon);
    }

    /** A value of one row's predicted number. */
    @FunctionalInterface
    interface NumberFunction {
        /** The value of a row. */
        double of(double target, double prediction);
    }
}
