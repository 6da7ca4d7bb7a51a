// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import java.util.Optional;

/** Precision, recall and their like: a quotient of counts for each class, averaged. */
enum ClassQuotients {
    /** Correct among those predicted. */
    PRECISION {
        @Override
        double numerator(ClassCounts counts, int k, double parameter) {
            return counts.correct(k);
        }

        @Override
        double denominator(ClassCounts counts, int k, double parameter) {
            return counts.predicted(k);
        }

        @Override
        boolean isProportion() {
            return true;
        }
    },
    /** Correct among those labelled. */
    RECALL {
        @Override
        double numerator(ClassCounts counts, int k, double parameter) {
            return counts.correct(k);
        }

        @Override
        double denominator(ClassCounts counts, int k, double parameter) {
            return counts.labelled(k);
        }

        @Override
        boolean isProportion() {
            return true;
        }
    },
    /** Rows of other classes that were not predicted, among those. */
    SPECIFICITY {
        @Override
        double numerator(ClassCounts counts, int k, double parameter) {
            return (double) counts.rows() - counts.labelled(k) - counts.predicted(k) + counts.correct(k);
        }

        @Override
        double denominator(ClassCounts counts, int k, double parameter) {
            return (double) counts.rows() - counts.labelled(k);
        }

        @Override
        boolean isProportion() {
            return true;
        }
    },
    /** The harmonic mean of precision and recall, as 2·correct / (labelled + predicted). */
    F1 {
        @Override
        double numerator(ClassCounts counts, int k, double parameter) {
            return 2.0 * counts.correct(k);
        }

        @Override
        double denominator(ClassCounts counts, int k, double parameter) {
            return (double) counts.labelled(k) + counts.predicted(k);
        }

        @Override
        boolean isProportion() {
            return false;
        }
    },
    /** The same with recall beta² times as heavy. */
    F_BETA {
        @Override
        double numerator(ClassCounts counts, int k, double beta) {
            return (1 + beta * beta) * counts.correct(k);
        }

        @Override
        double denominator(ClassCounts counts, int k, double beta) {
            return beta * beta * counts.labelled(k) + counts.predicted(k);
        }

        @Override
        boolean isProportion() {
            return false;
        }
    };

    abstract double numerator(ClassCounts counts, int k, double parameter);

    abstract double denominator(ClassCounts counts, int k, double parameter);

    /** Whether the value of one class is a share of rows. */
    abstract boolean isProportion();

    double value(ClassCounts counts, MetricChoice choice) {
        if (choice.onlyClass() >= 0) {
            int k = choice.onlyClass();
            return choice.zeroDivision()
                    .divide(numerator(counts, k, choice.parameter()), denominator(counts, k, choice.parameter()));
        }
        return choice.average() == Average.MICRO ? micro(counts, choice) : mean(counts, choice);
    }

    private double micro(ClassCounts counts, MetricChoice choice) {
        double numerator = 0;
        double denominator = 0;
        for (int k = 0; k < counts.classes(); k++) {
            numerator += numerator(counts, k, choice.parameter());
            denominator += denominator(counts, k, choice.parameter());
        }
        return choice.zeroDivision().divide(numerator, denominator);
    }

    /** The mean over the classes; weighted where {@code choice} says so. */
    double mean(ClassCounts counts, MetricChoice choice) {
        double sum = 0;
        double weights = 0;
        for (int k = 0; k < counts.classes(); k++) {
            double denominator = denominator(counts, k, choice.parameter());
            if (denominator == 0 && choice.zeroDivision() == ZeroDivision.SKIP) {
                continue;
            }
            double weight = choice.average() == Average.WEIGHTED ? counts.labelled(k) : 1;
            weights += weight;
            // A class without weight has no say, defined or not.
            if (weight > 0) {
                sum += weight * choice.zeroDivision().divide(numerator(counts, k, choice.parameter()), denominator);
            }
        }
        return weights == 0 ? Double.NaN : sum / weights;
    }

    Optional<Kernel.Proportion> proportion(ClassCounts counts, MetricChoice choice) {
        if (choice.onlyClass() >= 0 && isProportion()) {
            int k = choice.onlyClass();
            long successes = (long) numerator(counts, k, choice.parameter());
            return Optional.of(new Kernel.Proportion(
                    successes, (long) denominator(counts, k, choice.parameter()), this == RECALL));
        }
        // With one label a row all of them are accuracy, but for specificity, to which a row adds once for each class.
        return choice.average() == Average.MICRO && this != SPECIFICITY && counts.areOfOneClass()
                ? Optional.of(new Kernel.Proportion(counts.rowsCorrect(), counts.rows(), true))
                : Optional.empty();
    }

    Kernel kernel() {
        return new Kernel.Counts(this::value, this::proportion, CountMetrics.OF_CLASSIFICATION);
    }
}
