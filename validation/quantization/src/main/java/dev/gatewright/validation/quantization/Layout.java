// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import java.util.List;

/**
 * A tensor as {@code outer × channels × inner} numbers, row by row: those that share the middle index share a step.
 *
 * @param channels 1 where the whole tensor has one step
 */
record Layout(long outer, int channels, long inner) {
    /** One step for all. */
    static Layout whole(List<Long> dimensions) {
        return new Layout(1, 1, product(dimensions));
    }

    /** A step for each index of {@code axis}. */
    static Layout along(List<Long> dimensions, int axis) {
        return new Layout(
                product(dimensions.subList(0, axis)),
                Math.toIntExact(dimensions.get(axis)),
                product(dimensions.subList(axis + 1, dimensions.size())));
    }

    long elements() {
        return outer * channels * inner;
    }

    private static long product(List<Long> dimensions) {
        long product = 1;
        for (long dimension : dimensions) {
            product = Math.multiplyExact(product, dimension);
        }
        return product;
    }
}
