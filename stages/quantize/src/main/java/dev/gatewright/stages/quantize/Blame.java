// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.validation.metrics.gate.Verdict;
import java.util.List;

/**
 * Which nodes spoil the answers, and what became of leaving the worst of them as they are.
 *
 * @param rows the first rows of the data, on which nodes were held against each other
 * @param score the task's metric of the unquantised model on them
 * @param nodes the worst first
 * @param unmeasured nodes that became smaller too and for which no trial was left, those with the fewest weights
 * @param steps the form that was spoilt, and those that were judged without the worst nodes, in the order in which they were made
 * @param trials how many forms were made in all
 */
record Blame(int rows, double score, List<Node> nodes, List<String> unmeasured, List<Step> steps, int trials) {
    /** Keeps its own copies. */
    Blame {
        nodes = List.copyOf(nodes);
        unmeasured = List.copyOf(unmeasured);
        steps = List.copyOf(steps);
    }

    /**
     * A node, and what the model answers if it alone becomes smaller.
     *
     * @param weights how many of its weights become smaller
     * @param signalToNoise of the scores against the unquantised ones in decibels; infinite where they are the same, NaN where
     *     there are none
     * @param changed rows that are answered otherwise
     * @param score the task's metric on those rows; NaN where the form gave no answers
     */
    record Node(String name, String operator, long weights, double signalToNoise, int changed, double score) {}

    /** A form without the {@code excluded} worst nodes. */
    record Step(int excluded, Verdict verdict, String sentence) {}
}
