// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Range;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.metrics.Unit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A metric as the catalogue describes it.
 *
 * @param name as specs write it
 * @param title as a person says it
 * @param range between what its values lie
 * @param kernel what it is computed from, and how
 * @param options what a gate may or must say about it
 * @param formula its definition in one line
 * @param source where the definition stands
 */
public record Metric(
        String name,
        String title,
        Unit unit,
        Range range,
        Direction direction,
        Kernel kernel,
        Set<Option> options,
        String formula,
        WorkedExample example,
        String source) {

    /** What a gate can say about a metric beside its name. */
    public enum Option {
        /** How the classes' values become one. */
        AVERAGE("average", false),
        /** One class alone. */
        CLASS("class", false),
        /** The class that counts as positive. */
        POSITIVE("positive", false),
        /** The probability of the positive class from which on it is predicted. */
        THRESHOLD("threshold", false),
        /** What a quotient without rows is. */
        ZERO_DIVISION("zero-division", false),
        /** How many times as important recall is as precision. */
        BETA("beta", true),
        /** Among how many of the most probable classes the label has to be. */
        K("k", true),
        /** The share of the targets that should lie below the predicted numbers. */
        QUANTILE("quantile", true);

        private final String spelling;
        private final boolean parameter;

        Option(String spelling, boolean parameter) {
            this.spelling = spelling;
            this.parameter = parameter;
        }

        /** The key that a spec writes. */
        public String spelling() {
            return spelling;
        }

        /** Whether it is a number without which the metric is not defined. */
        public boolean isParameter() {
            return parameter;
        }
    }

    /**
     * A small case with its value worked out.
     *
     * @param truth the labels or target values, a row each; empty for metrics that know none
     * @param answers the predictions, a row each: classes, numbers, or the scores of all classes joined by commas; for times
     *     the times
     * @param parameter the metric's; NaN where it has none
     */
    public record WorkedExample(
            List<String> truth, List<String> answers, double parameter, String working, double value) {
        static WorkedExample of(String truth, String answers, String working, double value) {
            return of(truth, answers, Double.NaN, working, value);
        }

        static WorkedExample of(String truth, String answers, double parameter, String working, double value) {
            return new WorkedExample(words(truth), words(answers), parameter, working, value);
        }

        private static List<String> words(String text) {
            return text.isEmpty() ? List.of() : List.of(text.split(" "));
        }
    }

    /** The number that a gate has to name, if there is one. */
    public Optional<Option> parameter() {
        return options.stream().filter(Option::isParameter).findFirst();
    }

    /** Whether it rests on rows or runs, so that another sample would have given another value. */
    public boolean isSampled() {
        return !(isOfFiles() || kernel instanceof Kernel.PeakMemory || isOfData());
    }

    /** Whether it is of the size of a model's files, whatever the model answers. */
    public boolean isOfFiles() {
        return kernel instanceof Kernel.ModelSize || kernel instanceof Kernel.SizeRatio;
    }

    /** Whether the sample tells how sure the value is: the largest of its rows tells nothing of larger ones. */
    public boolean hasInterval() {
        return isSampled() && !(kernel instanceof Kernel.LargestError);
    }

    /** Whether the answers to such a task are what it is about. */
    public boolean fits(Task task) {
        if (kernel instanceof Kernel.Counts counts) {
            return counts.tasks().contains(task);
        }
        if (kernel instanceof Kernel.AreaUnder || kernel instanceof Kernel.SameAnswers) {
            return task.isClassification();
        }
        if (isOfClasses()) {
            return task.isOfOneClass();
        }
        return !isOfNumbers() || task == Task.REGRESSION;
    }

    /** Whether it is about classes, and not about numbers or a model as such. */
    public boolean isOfClasses() {
        return kernel instanceof Kernel.Counts || isOfProbabilities() || kernel instanceof Kernel.RowScores;
    }

    /** Whether it is about predicted numbers. */
    public boolean isOfNumbers() {
        return kernel instanceof Kernel.RowNumbers
                || kernel instanceof Kernel.ExplainedShare
                || kernel instanceof Kernel.MedianError
                || kernel instanceof Kernel.LargestError;
    }

    /** Whether predicted classes are not enough for it. */
    public boolean isOfProbabilities() {
        return kernel instanceof Kernel.RowProbabilities
                || kernel instanceof Kernel.Calibration
                || kernel instanceof Kernel.AreaUnder
                || options.contains(Option.K);
    }

    /** Whether it is itself a comparison of two models. */
    public boolean isOfTwoModels() {
        return kernel instanceof Kernel.SameAnswers || kernel instanceof Kernel.SizeRatio;
    }

    /** Whether it is about the rows alone, the same for every model. */
    public boolean isOfData() {
        return kernel instanceof Kernel.Overlap;
    }

    /** Whether its values come from the time or memory of one run. */
    public boolean isRunTime() {
        return isTime() || kernel instanceof Kernel.PeakMemory;
    }

    /** Whether its values come from timed calls. */
    public boolean isTime() {
        return kernel instanceof Kernel.MeanTime
                || kernel instanceof Kernel.TimeQuantile
                || kernel instanceof Kernel.Throughput;
    }
}
