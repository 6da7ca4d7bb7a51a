// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

/** What a quotient of counts is when its denominator is zero, as for the precision of a class that is never predicted. */
public enum ZeroDivision {
    /** Undefined: the metric cannot be judged. The only choice that takes no side. */
    UNDEFINED("undefined", Double.NaN),
    /** Zero. */
    ZERO("0", 0),
    /** One. */
    ONE("1", 1),
    /** The class is left out of the average. */
    SKIP("skip", Double.NaN);

    private final String spelling;
    private final double value;

    ZeroDivision(String spelling, double value) {
        this.spelling = spelling;
        this.value = value;
    }

    /** As a spec writes it. */
    public String spelling() {
        return spelling;
    }

    double divide(long numerator, long denominator) {
        return divide((double) numerator, (double) denominator);
    }

    double divide(double numerator, double denominator) {
        return denominator == 0 ? value : numerator / denominator;
    }
}
