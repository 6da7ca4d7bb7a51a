// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import static dev.gatewright.validation.metrics.Direction.HIGHER_IS_BETTER;
import static dev.gatewright.validation.metrics.Direction.LOWER_IS_BETTER;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.AVERAGE;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.BETA;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.CLASS;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.K;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.POSITIVE;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.THRESHOLD;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.ZERO_DIVISION;

import dev.gatewright.validation.metrics.Range;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.catalogue.Metric.Option;
import dev.gatewright.validation.metrics.catalogue.Metric.WorkedExample;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The metrics of predicted classes: functions of how often each was labelled and predicted. */
public final class CountMetrics {
    /** The tasks whose answers are classes. */
    static final Set<Task> OF_CLASSIFICATION =
            EnumSet.of(Task.BINARY_CLASSIFICATION, Task.MULTICLASS_CLASSIFICATION, Task.MULTILABEL_CLASSIFICATION);

    private static final Set<Task> OF_ONE_CLASS =
            EnumSet.of(Task.BINARY_CLASSIFICATION, Task.MULTICLASS_CLASSIFICATION);
    private static final Set<Task> OF_ANY_CLASSES = EnumSet.of(Task.MULTILABEL_CLASSIFICATION);
    private static final Set<Option> OF_CLASSES = EnumSet.of(AVERAGE, CLASS, POSITIVE, THRESHOLD, ZERO_DIVISION);
    private static final String SOKOLOVA =
            "Sokolova and Lapalme, A systematic analysis of performance measures for classification tasks, 2009";

    /** The share of rows whose label was predicted. */
    public static final Metric ACCURACY = share(
            "accuracy",
            "accuracy",
            rightRows(OF_ONE_CLASS),
            EnumSet.of(POSITIVE, THRESHOLD),
            "rows predicted as labelled / rows",
            WorkedExample.of("a a b c", "a b b c", "3 of 4 rows are right: 3/4", 0.75),
            SOKOLOVA);

    /** The share of each class's rows whose label was predicted, on the average over the classes. */
    public static final Metric BALANCED_ACCURACY = share(
            "balanced_accuracy",
            "balanced accuracy",
            new Kernel.Counts(ClassQuotients.RECALL::value, (counts, choice) -> Optional.empty(), OF_ONE_CLASS),
            EnumSet.of(POSITIVE, THRESHOLD, ZERO_DIVISION),
            "mean over the classes of rows labelled and predicted as it / rows labelled as it",
            WorkedExample.of("a a b c", "a b b c", "a 1/2, b 1/1, c 1/1: (1/2 + 1 + 1) / 3", 2.5 / 3),
            "Brodersen, Ong, Stephan and Buhmann, The balanced accuracy and its posterior distribution, 2010");

    /** The share of rows whose label is among the most probable classes. */
    public static final Metric TOP_K_ACCURACY = share(
            "top_k_accuracy",
            "top-k accuracy",
            rightRows(OF_ONE_CLASS),
            EnumSet.of(K),
            "rows whose label is among the k classes of highest probability / rows; of equal ones the first in the model's order",
            WorkedExample.of(
                    "a a b",
                    "0.5,0.3,0.2 0.3,0.5,0.2 0.4,0.25,0.35",
                    2,
                    "a is 1st, a is 2nd, b is 3rd of 3: 2/3",
                    2.0 / 3),
            "Russakovsky and others, ImageNet large scale visual recognition challenge, 2015, section 4.1");

    /** How much of what was predicted as a class belongs to it. */
    public static final Metric PRECISION = share(
            "precision",
            "precision",
            ClassQuotients.PRECISION.kernel(),
            OF_CLASSES,
            "of a class: rows labelled and predicted as it / rows predicted as it",
            WorkedExample.of("a a b c", "a b b c", "a 1/1, b 1/2, c 1/1; macro: (1 + 1/2 + 1) / 3", 2.5 / 3),
            SOKOLOVA);

    /** How much of what belongs to a class was predicted as it. */
    public static final Metric RECALL = share(
            "recall",
            "recall",
            ClassQuotients.RECALL.kernel(),
            OF_CLASSES,
            "of a class: rows labelled and predicted as it / rows labelled as it",
            WorkedExample.of("a a b c", "a b b c", "a 1/2, b 1/1, c 1/1; macro: (1/2 + 1 + 1) / 3", 2.5 / 3),
            SOKOLOVA);

    /** How much of what does not belong to a class was not predicted as it. */
    public static final Metric SPECIFICITY = share(
            "specificity",
            "specificity",
            ClassQuotients.SPECIFICITY.kernel(),
            OF_CLASSES,
            "of a class: rows neither labelled nor predicted as it / rows not labelled as it",
            WorkedExample.of("a a b c", "a b b c", "a 2/2, b 2/3, c 3/3; macro: (1 + 2/3 + 1) / 3", 8.0 / 9),
            SOKOLOVA);

    /** The harmonic mean of precision and recall. */
    public static final Metric F1 = share(
            "f1",
            "F1",
            ClassQuotients.F1.kernel(),
            OF_CLASSES,
            "of a class: 2 · rows labelled and predicted as it / (rows labelled as it + rows predicted as it)",
            WorkedExample.of("a a b c", "a b b c", "a 2/3, b 2/3, c 2/2; macro: (2/3 + 2/3 + 1) / 3", 7.0 / 9),
            "van Rijsbergen, Information Retrieval, 1979; " + SOKOLOVA);

    /** The harmonic mean of precision and recall, of which recall counts beta² times. */
    public static final Metric F_BETA = share(
            "f_beta",
            "F-beta",
            ClassQuotients.F_BETA.kernel(),
            EnumSet.of(AVERAGE, CLASS, POSITIVE, THRESHOLD, ZERO_DIVISION, BETA),
            "of a class: (1 + β²) · rows labelled and predicted as it / (β² · rows labelled as it + rows predicted as it)",
            WorkedExample.of("a a b c", "a b b c", 2, "a 5/9, b 5/6, c 5/5; macro: (5/9 + 5/6 + 1) / 3", 43.0 / 54),
            "van Rijsbergen, Information Retrieval, 1979, chapter 7");

    /** The correlation of labels and predictions. */
    public static final Metric MCC = agreement(
            "mcc",
            "Matthews correlation coefficient",
            Agreement::matthews,
            "(c·n − Σ tᵢpᵢ) / √((n² − Σ pᵢ²)(n² − Σ tᵢ²)), with n rows, c of them right, tᵢ labelled and pᵢ predicted as class i",
            WorkedExample.of("a a b c", "a b b c", "(3·4 − 5) / √((16 − 6)(16 − 6))", 0.7),
            "Gorodkin, Comparing two K-category assignments by a K-category correlation coefficient, 2004");

    /** The agreement of labels and predictions beyond that of chance. */
    public static final Metric COHEN_KAPPA = agreement(
            "cohen_kappa",
            "Cohen's kappa",
            Agreement::kappa,
            "(accuracy − e) / (1 − e), e the accuracy of predictions as frequent as these, but drawn at random",
            WorkedExample.of("a a b c", "a b b c", "e = (2·1 + 1·2 + 1·1) / 16; (3/4 − 5/16) / (1 − 5/16)", 7.0 / 11),
            "Cohen, A coefficient of agreement for nominal scales, 1960");

    /** The share of rows of which exactly the labelled classes were predicted. */
    public static final Metric SUBSET_ACCURACY = share(
            "subset_accuracy",
            "subset accuracy (exact match)",
            rightRows(OF_ANY_CLASSES),
            EnumSet.of(THRESHOLD),
            "rows of which exactly the labelled classes were predicted / rows",
            WorkedExample.of("a,b b c -", "a,b b,c c a", "a,b and c of 4 rows are right: 2/4", 0.5),
            "Zhang and Zhou, A review on multi-label learning algorithms, 2014, section 2.2");

    /** The share of answers that are wrong, one for each class of each row. */
    public static final Metric HAMMING_LOSS = new Metric(
            "hamming_loss",
            "Hamming loss",
            Unit.FRACTION,
            Range.FROM_0_TO_1,
            LOWER_IS_BETTER,
            new Kernel.Counts(CountMetrics::wrongAnswers, (counts, choice) -> Optional.empty(), OF_ANY_CLASSES),
            EnumSet.of(THRESHOLD),
            "classes labelled and not predicted or predicted and not labelled, of all rows / (rows · classes)",
            WorkedExample.of("a,b b c -", "a,b b,c c a", "c in the 2nd row and a in the 4th, of 4 · 3: 2/12", 1.0 / 6),
            "Zhang and Zhou, A review on multi-label learning algorithms, 2014, section 2.2");

    /** All of them, in the order in which they are shown. */
    static final List<Metric> ALL = List.of(
            ACCURACY,
            BALANCED_ACCURACY,
            TOP_K_ACCURACY,
            PRECISION,
            RECALL,
            SPECIFICITY,
            F1,
            F_BETA,
            MCC,
            COHEN_KAPPA,
            SUBSET_ACCURACY,
            HAMMING_LOSS);

    private CountMetrics() {}

    private static Kernel rightRows(Set<Task> tasks) {
        return new Kernel.Counts(
                (counts, choice) -> ZeroDivision.UNDEFINED.divide(counts.rowsCorrect(), counts.rows()),
                (counts, choice) -> Optional.of(new Kernel.Proportion(counts.rowsCorrect(), counts.rows(), true)),
                tasks);
    }

    private static double wrongAnswers(ClassCounts counts, MetricChoice choice) {
        long wrong = 0;
        for (int k = 0; k < counts.classes(); k++) {
            wrong += counts.labelled(k) + counts.predicted(k) - 2 * counts.correct(k);
        }
        return ZeroDivision.UNDEFINED.divide(wrong, Math.multiplyExact(counts.rows(), (long) counts.classes()));
    }

    private static Metric share(
            String name,
            String title,
            Kernel kernel,
            Set<Option> options,
            String formula,
            WorkedExample example,
            String source) {
        return new Metric(
                name,
                title,
                Unit.FRACTION,
                Range.FROM_0_TO_1,
                HIGHER_IS_BETTER,
                kernel,
                options,
                formula,
                example,
                source);
    }

    private static Metric agreement(
            String name,
            String title,
            Kernel.CountFunction value,
            String formula,
            WorkedExample example,
            String source) {
        return new Metric(
                name,
                title,
                Unit.NUMBER,
                Range.FROM_MINUS_1_TO_1,
                HIGHER_IS_BETTER,
                new Kernel.Counts(value, (counts, choice) -> Optional.empty(), OF_ONE_CLASS),
                EnumSet.of(POSITIVE, THRESHOLD),
                formula,
                example,
                source);
    }
}
