// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.catalogue.Catalogue;
import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Gate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What has to be counted of each row so that all gates can be judged.
 *
 * @param classes the number of classes; 0 for a regression
 * @param decisions the ways in which an answer becomes a class; the model's own is the first
 * @param rowMetrics the metrics that are means of a value a row
 * @param paired whether a reference answers the same rows
 */
record Counted(int classes, List<Decision> decisions, List<Metric> rowMetrics, boolean paired) {

    static Counted of(EvaluationRequest request, boolean paired) {
        Set<Decision> decisions = new LinkedHashSet<>();
        if (request.task().isClassification()) {
            decisions.add(Decision.OF_MODEL);
        }
        Set<Metric> rowMetrics = new LinkedHashSet<>();
        if (!request.task().isClassification()) {
            rowMetrics.add(Catalogue.MSE);
        }
        for (Gate gate : request.gates()) {
            MetricChoice choice = (MetricChoice) gate.measure();
            Kernel kernel = choice.metric().kernel();
            if (kernel instanceof Kernel.Counts) {
                decisions.add(Decision.of(choice));
            } else if (kernel instanceof Kernel.RowProbabilities || kernel instanceof Kernel.RowNumbers) {
                rowMetrics.add(choice.metric());
            }
        }
        return new Counted(request.classes().size(), new ArrayList<>(decisions), new ArrayList<>(rowMetrics), paired);
    }

    /** Whether probabilities are needed, and not only the predicted class. */
    boolean needsProbabilities() {
        return decisions.stream().anyMatch(decision -> decision.threshold() != null)
                || rowMetrics.stream().anyMatch(metric -> metric.kernel() instanceof Kernel.RowProbabilities);
    }
}
