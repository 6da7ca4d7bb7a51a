// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import java.util.Arrays;

/** The middle of some times: one that something else disturbed does not move it. */
final class Median {
    private Median() {}

    /** The middle value, or the mean of both. */
    static double of(double[] values) {
        double[] ascending = values.clone();
        Arrays.sort(ascending);
        int half = ascending.length / 2;
        return ascending.length % 2 == 1 ? ascending[half] : (ascending[half - 1] + ascending[half]) / 2;
    }
}
