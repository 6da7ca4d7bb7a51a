// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import static dev.gatewright.validation.metrics.Direction.HIGHER_IS_BETTER;
import static dev.gatewright.validation.metrics.Direction.LOWER_IS_BETTER;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.AVERAGE;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.CLASS;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.POSITIVE;

import dev.gatewright.validation.metrics.Range;
import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.catalogue.Metric.Option;
import dev.gatewright.validation.metrics.catalogue.Metric.WorkedExample;
import java.util.EnumSet;
import java.util.List;

/** The metrics of predicted probabilities and scores as they are, without a class decided from them. */
public final class ScoreMetrics {
    private static final int USUAL_BINS = 15;

    /** The mean surprise at the true class. */
    public static final Metric LOG_LOSS = new Metric(
            "log_loss",
            "log loss (cross-entropy)",
            Unit.NATS,
            Range.FROM_0,
            LOWER_IS_BETTER,
            new Kernel.RowProbabilities((probabilities, label, epsilon) ->
                    -StrictMath.log(Math.min(Math.max(probabilities[label], epsilon), 1 - epsilon))),
            EnumSet.noneOf(Option.class),
            "mean over the rows of −ln p(true class), p kept within [ε, 1−ε], ε the machine epsilon of the model's output",
            WorkedExample.of(
                    "n p", "0.5,0.5 0.2,0.8", "(−ln 0.5 − ln 0.8) / 2 = (0.693147 + 0.223144) / 2", 0.458145365937),
            "Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.4");

    /** The mean squared distance of the probabilities from what was the case. */
    public static final Metric BRIER_SCORE = new Metric(
            "brier_score",
            "Brier score",
            Unit.NUMBER,
            Range.FROM_0_TO_2,
            LOWER_IS_BETTER,
            new Kernel.RowProbabilities((probabilities, label, epsilon) -> squaredDistance(probabilities, label)),
            EnumSet.noneOf(Option.class),
            "mean over the rows of Σ (pᵢ − yᵢ)² over the classes, yᵢ being 1 for the true class and else 0; of two classes half of it",
            WorkedExample.of("n p", "0.5,0.5 0.2,0.8", "((1 − 0.5)² + (1 − 0.8)²) / 2", 0.145),
            "Brier, Verification of forecasts expressed in terms of probability, 1950; halved for two classes, as is usual");

    /** How far confidence is from accuracy. */
    public static final Metric EXPECTED_CALIBRATION_ERROR = new Metric(
            "expected_calibration_error",
            "expected calibration error",
            Unit.FRACTION,
            Range.FROM_0_TO_1,
            LOWER_IS_BETTER,
            new Kernel.Calibration(USUAL_BINS),
            EnumSet.noneOf(Option.class),
            "Σ over 15 equal bins of the highest probability: share of the rows in it · |its share of right rows − its mean highest"
                    + " probability|; a bin holds its upper end",
            WorkedExample.of(
                    "n p p",
                    "0.9,0.1 0.6,0.4 0.1,0.9",
                    "in 0.9's bin 2 of 2 right, in 0.6's 0 of 1: 2/3 · |1 − 0.9| + 1/3 · |0 − 0.6|",
                    0.8 / 3),
            "Guo, Pleiss, Sun and Weinberger, On calibration of modern neural networks, 2017");

    /** How far a row's true class is from being ahead of all others by 1. */
    public static final Metric HINGE_LOSS = new Metric(
            "hinge_loss",
            "hinge loss",
            Unit.NUMBER,
            Range.FROM_0,
            LOWER_IS_BETTER,
            new Kernel.RowScores((scores, label, epsilon) -> Math.max(0, 1 - lead(scores, label))),
            EnumSet.noneOf(Option.class),
            "mean over the rows of max(0, 1 − (score of the true class − highest score of another)); a single score stands for the"
                    + " positive class against 0",
            WorkedExample.of("n p", "0,-2 0,0.25", "(max(0, 1 − 2) + max(0, 1 − 0.25)) / 2", 0.375),
            "Crammer and Singer, On the algorithmic implementation of multiclass kernel-based vector machines, 2001");

    /** How often a row of a class has the higher probability of it than a row of another. */
    public static final Metric ROC_AUC = new Metric(
            "roc_auc",
            "area under the ROC curve",
            Unit.FRACTION,
            Range.FROM_0_TO_1,
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
            Range.FROM_0_TO_1,
            HIGHER_IS_BETTER,
            new Kernel.AreaUnder(Kernel.Curve.PRECISION_RECALL),
            EnumSet.of(AVERAGE, CLASS, POSITIVE),
            "of a class against all others: mean over its rows of the share that its rows have among those with no lower"
                    + " probability of it; macro and weighted: the mean over the classes",
            WorkedExample.of("n n p p", "0.1 0.4 0.35 0.8", "p at 0.8: 1/1, p at 0.35: 2/3; (1 + 2/3) / 2", 5.0 / 6),
            "Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, section 8.4");

    /** All of them, in the order in which they are shown. */
    static final List<Metric> ALL =
            List.of(LOG_LOSS, BRIER_SCORE, EXPECTED_CALIBRATION_ERROR, ROC_AUC, AVERAGE_PRECISION, HINGE_LOSS);

    private ScoreMetrics() {}

    private static double squaredDistance(double[] probabilities, int label) {
        double sum = 0;
        for (int k = 0; k < probabilities.length; k++) {
            double distance = probabilities[k] - (k == label ? 1 : 0);
            sum += distance * distance;
        }
        return probabilities.length == 2 ? sum / 2 : sum;
    }

    private static double lead(double[] scores, int label) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < scores.length; k++) {
            if (k != label) {
                highest = Math.max(highest, scores[k]);
            }
        }
        return scores[label] - highest;
    }
}
