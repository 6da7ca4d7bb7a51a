// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

/**
 * A sum of numbers that come in a fixed order, with what rounding lost added in the end: Neumaier, "Rundungsfehleranalyse
 * einiger Verfahren zur Summation endlicher Summen", ZAMM 54, 1974.
 */
final class CompensatedSum {
    private double sum;
    private double lost;

    void add(double value) {
        double next = sum + value;
        lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
        sum = next;
    }

    double value() {
        return sum + lost;
    }
}
