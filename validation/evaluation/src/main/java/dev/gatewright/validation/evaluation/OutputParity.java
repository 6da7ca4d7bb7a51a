// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one output of a model is from the source's.
 *
 * @param isOfFloats whether its elements are floats; of others only is known how many are unequal
 * @param elements how many were compared
 * @param maxAbsolute the greatest |exported - source|
 * @param maxRelative the greatest of |exported - source| / |source|, of sources below {@value #SMALLEST} as if they were that
 * @param tolerance the least t with |exported - source| ≤ t + t·|source| for all elements: with it as both tolerances numpy's
 *     {@code allclose} holds
 * @param unequal how many are not equal
 * @param worst the elements with the greatest differences, the greatest first
 * @param sample pairs for a plot, spread evenly over all rows
 * @param defect why the output as a whole is not the source's; none where it is
 */
public record OutputParity(
        String name,
        boolean isOfFloats,
        long elements,
        double maxAbsolute,
        double maxRelative,
        double tolerance,
        long unequal,
        List<Element> worst,
        List<Pair> sample,
        @Nullable String defect) {
    /** The magnitude below which a relative difference is taken of this. */
    public static final double SMALLEST = 1e-6;

    /** Keeps its own copies. */
    public OutputParity {
        worst = List.copyOf(worst);
        sample = List.copyOf(sample);
    }

    /** An element; rows count from 1, as in messages about data, elements of a row from 0. */
    public record Element(long row, int element, String source, String exported) {}

    /** A pair for a plot. */
    public record Pair(double source, double exported) {}

    /** An output that could not be compared. */
    static OutputParity defective(String name, String defect) {
        return new OutputParity(name, true, 0, Double.NaN, Double.NaN, Double.NaN, 0, List.of(), List.of(), defect);
    }
}
