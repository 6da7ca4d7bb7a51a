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

    /** Numbers of a tile that lie side by side. */
    interface Run {
        /**
         * The {@code from}-th number of the tile to the one before {@code to}: all of {@code channel}; or, where no two numbers
         * of a channel lie side by side, of {@code channel} and of those after it, one each.
         */
        void of(int from, int to, int channel);
    }

    /** Whether the numbers of a run are of one channel. */
    boolean isByChannel() {
        return inner > 1 || channels == 1;
    }

    /** Goes through the {@code count} numbers of a tile that begins at the {@code position}-th number of the tensor. */
    void forEachRun(long position, int count, Run run) {
        long width = isByChannel() ? inner : channels;
        int from = 0;
        while (from < count) {
            long at = position + from;
            int channel = (int) (isByChannel() ? at / inner % channels : at % channels);
            int to = (int) Math.min(count, from + width - at % width);
            run.of(from, to, channel);
            from = to;
        }
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
