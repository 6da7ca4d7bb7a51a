// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

/** Gives of any number of requests the weight's share of them, rounded down, to the candidate, spread evenly. Not by chance. */
final class WeightedChoice {
    private static final int ALL = 100;

    private final int weight;
    private long asked;

    /** In percent. */
    WeightedChoice(int weight) {
        if (weight < 0 || weight > ALL) {
            throw new IllegalArgumentException("a weight is 0 to 100, not " + weight);
        }
        this.weight = weight;
    }

    int weight() {
        return weight;
    }

    /** Whether the next request is the candidate's. */
    synchronized boolean nextIsCandidate() {
        long before = asked * weight / ALL;
        asked++;
        return asked * weight / ALL > before;
    }
}
