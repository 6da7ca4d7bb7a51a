// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.LabelSets;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Gate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What has to be counted of each row so that all gates can be judged.
 *
 * @param sets what rows are labelled and predicted as
 * @param decisions the ways in which an answer becomes a class; the model's own is the first
 * @param rowMetrics the metrics of a value a row that comes from scores
 * @param ofNumbers whether the answers are numbers
 * @param ranked the classes of which areas under curves are asked one by one
 * @param rankedTogether whether the mean of such areas over all classes is asked
 * @param rankedInPairs the classes whose areas are compared with the reference's
 * @param paired whether a reference answers the same rows
 */
record Counted(
        LabelSets sets,
        List<Decision> decisions,
        List<Metric> rowMetrics,
        boolean ofNumbers,
        List<Integer> ranked,
        boolean rankedTogether,
        List<Integer> rankedInPairs,
        boolean paired) {

    static Counted of(EvaluationRequest request, boolean paired) {
        Set<Decision> decisions = new LinkedHashSet<>();
        if (request.task().isClassification()) {
            decisions.add(Decision.OF_MODEL);
        }
        Set<Metric> rowMetrics = new LinkedHashSet<>();
        List<Integer> all = IntStream.range(0, request.classes().size()).boxed().toList();
        Set<Integer> ranked = new TreeSet<>();
        Set<Integer> rankedInPairs = new TreeSet<>();
        boolean rankedTogether = false;
        for (Gate gate : request.gates()) {
            MetricChoice choice = (MetricChoice) gate.measure();
            Kernel kernel = choice.metric().kernel();
            if (choice.metric().isOfTwoModels()) {
                continue; // counted of each pair of answers, or not of rows at all
            }
            if (kernel instanceof Kernel.Counts) {
                decisions.add(Decision.of(choice));
            } else if (kernel instanceof Kernel.AreaUnder) {
                List<Integer> ofGate = choice.onlyClass() < 0 ? all : List.of(choice.onlyClass());
                if (gate.against() != null) {
                    rankedInPairs.addAll(paired ? ofGate : List.of());
                } else if (choice.onlyClass() < 0) {
                    rankedTogether = true;
                } else {
                    ranked.addAll(ofGate);
                }
            } else if (choice.metric().isOfClasses()) {
                rowMetrics.add(choice.metric());
            }
        }
        int classes = request.classes().size();
        return new Counted(
                request.task() == Task.MULTILABEL_CLASSIFICATION
                        ? LabelSets.ofAnyClasses(classes)
                        : LabelSets.ofOneClass(classes),
                new ArrayList<>(decisions),
                new ArrayList<>(rowMetrics),
                !request.task().isClassification(),
                new ArrayList<>(ranked),
                rankedTogether,
                new ArrayList<>(rankedInPairs),
                paired);
    }

    /**
     * The number of a set of classes.
     *
     * @throws EvaluationFailedException if there are more different ones than can be counted
     */
    int number(BitSet set) {
        int number = sets.number(set);
        if (number == LabelSets.NO_ROOM) {
            throw new EvaluationFailedException(
                    "the rows have more than " + LabelSets.MOST
                            + " different sets of classes, as labels and predictions together, which is more than can be"
                            + " counted; judge fewer rows, or fewer classes",
                    null);
        }
        return number;
    }

    /** Whether all probabilities of a row are needed. */
    boolean needsProbabilities() {
        return rankedTogether
                || !ranked.isEmpty()
                || !rankedInPairs.isEmpty()
                || rowMetrics.stream().anyMatch(Metric::isOfProbabilities);
    }
}
