// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

/** Rows of a positive and a negative kind in the order of their scores. */
public interface Ranking {
    /** How many rows are positive. */
    long positives();

    /** How many rows are negative. */
    long negatives();

    /**
     * Shows all rows to {@code groups}, those of equal scores together, the lowest score first. Negative rows that no positive one
     * lies between may come together as well: nothing that follows from a ranking tells them apart.
     */
    void walk(Groups groups);

    /** Sees group after group of rows. */
    @FunctionalInterface
    interface Groups {
        /** The next group: at least one row. */
        void take(long positives, long negatives);
    }
}
