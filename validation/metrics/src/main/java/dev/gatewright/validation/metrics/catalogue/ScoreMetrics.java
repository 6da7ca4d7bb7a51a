// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import static dev.gatewright.validation.metrics.Direction.HIGHER_IS_BETTER;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.AVERAGE;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.CLASS;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.POSITIVE;

import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.catalogue.Metric.WorkedExample;
import java.util.EnumSet;

/** The metrics of predicted probabilities as they are, without a class decided from them. */
public final class ScoreMetrics {
    /** How often a row of a class has the higher probability of it than a row of another. */
    public static final Metric ROC_AUC = new Metric(
            "roc_auc",
            "area under the ROC curve",
            Unit.FRACTION,
            HIGHER_IS_BETTER,
            new Kernel.AreaUnder(Kernel.Curve.ROC),
            EnumSet.of(AVERAGE, CLASS, POSITIVE),
            "of a class against all others: pairs of a row of it and another row in which the first has the higher probability"
                    + " of it, ties counting half / such pairs; macro and weighted: the mean over the classes",
            WorkedExample.of("n n p p", "0.1 0.4 0.35 0.8", "3 of the 4 pairs are in order: 3/4", 0.75),
            "Hanley and McNeil, The meaning and use of the area under a ROC curve, 1982; interval: DeLong, DeLong and"
                    + " Clarke-Pearson, 1988");

    /** How pure the most probable rows of a class are, on the average over its rows. */
    public static final Metric AVERAGE_PRECISION = new Metric(
            "average_precision",
            "average precision",
            Unit.FRACTION,
            HIGHER_IS_BETTER,
            new Kernel.AreaUnder(Kernel.Curve.PRECISION_RECALL),
            EnumSet.of(AVERAGE, CLASS, POSITIVE),
            "of a class against all others: mean over its rows of the share that its rows have among those with no lower"
                    + " probability of it; macro and weighted: the mean over the classes",
            WorkedExample.of("n n p p", "0.1 0.4 0.35 0.8", "p at 0.8: 1/1, p at 0.35: 2/3; (1 + 2/3) / 2", 5.0 / 6),
            "Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, section 8.4");

    private ScoreMetrics() {}
}
