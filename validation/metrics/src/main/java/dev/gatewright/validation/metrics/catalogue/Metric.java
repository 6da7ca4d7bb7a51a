// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Unit;
import java.util.List;
import java.util.Set;

/**
 * A metric as the catalogue describes it.
 *
 * @param name as specs write it
 * @param title as a person says it
 * @param kernel what it is computed from, and how
 * @param options what a gate may or must say about it
 * @param formula its definition in one line
 * @param source where the definition stands
 */
public record Metric(
        String name,
        String title,
        Unit unit,
        Direction direction,
        Kernel kernel,
        Set<Option> options,
        String formula,
        WorkedExample example,
        String source) {

    /** What a gate can say about a metric beside its name. */
    public enum Option {
        /** How the classes' values become one. */
        AVERAGE("average"),
        /** One class alone. */
        CLASS("class"),
        /** The class that counts as positive. */
        POSITIVE("positive"),
        /** The probability of the positive class from which on it is predicted. */
        THRESHOLD("threshold"),
        /** What a quotient without rows is. */
        ZERO_DIVISION("zero-division");

        private final String spelling;

        Option(String spelling) {
            this.spelling = spelling;
        }

        /** The key that a spec writes. */
        public String spelling() {
            return spelling;
        }
    }

    /**
     * A small case with its value worked out.
     *
     * @param truth the labels or target values, a row each; empty for metrics that know none
     * @param answers the predictions, a row each; for metrics of probabilities that of the true class; for times the times
     */
    public record WorkedExample(List<String> truth, List<String> answers, String working, double value) {
        static WorkedExample of(String truth, String answers, String working, double value) {
            return new WorkedExample(words(truth), words(answers), working, value);
        }

        private static List<String> words(String text) {
            return text.isEmpty() ? List.of() : List.of(text.split(" "));
        }
    }

    /** Whether another sample would have given another value, so that it has an interval. */
    public boolean isSampled() {
        return !(kernel instanceof Kernel.ModelSize);
    }

    /** Whether it is about classes, and not about numbers or a model as such. */
    public boolean isOfClasses() {
        return kernel instanceof Kernel.Counts || isOfProbabilities();
    }

    /** Whether predicted classes are not enough for it. */
    public boolean isOfProbabilities() {
        return kernel instanceof Kernel.RowProbabilities || kernel instanceof Kernel.AreaUnder;
    }

    /** Whether its values come from the time or memory of one run. */
    public boolean isRunTime() {
        return kernel instanceof Kernel.MeanTime || kernel instanceof Kernel.TimeQuantile;
    }
}
