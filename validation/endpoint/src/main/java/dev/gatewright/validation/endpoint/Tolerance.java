// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

/**
 * How far a float may be from the expected one: {@code absolute + relative · |expected|}. Integers and texts are equal or not.
 *
 * @param absolute not negative, finite
 * @param relative not negative, finite
 */
public record Tolerance(double absolute, double relative) {
    /**
     * What floats of the same model on another processor need: its vector instructions add in another order. It is a thousandth
     * of what an answer in half precision would need.
     */
    public static final Tolerance USUAL = new Tolerance(1e-5, 1e-4);

    /** Refuses what would hold for everything, or nothing. */
    public Tolerance {
        if (!(absolute >= 0 && relative >= 0 && Double.isFinite(absolute) && Double.isFinite(relative))) {
            throw new IllegalArgumentException("tolerances are not negative, not " + absolute + " and " + relative);
        }
    }

    /** Whether {@code found} is near enough; never for NaN. */
    boolean holds(double found, double expected) {
        return Double.isFinite(found)
                && Double.isFinite(expected)
                && Math.abs(found - expected) <= absolute + relative * Math.abs(expected);
    }
}
