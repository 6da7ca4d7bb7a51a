// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.quantization.Ranges.Range;

/** How often numbers were seen, by bins that lie side by side, and the least and the largest of them. */
interface Counts {
    /** More bins than that are no sign of numbers, but of the first rows being unlike the others. */
    int MOST_BINS = 1 << 20;

    /** Whether it may grow to numbers that lie in {@code ends}: to {@link #MOST_BINS}, no more. */
    boolean reaches(Range ends);

    /**
     * Counts the numbers of a batch, which lie in {@code ends}; it has to reach them.
     *
     * @return false if one of them is NaN; the counts are of no use then
     */
    boolean add(float[] numbers, Range ends);

    float min();

    float max();

    int bins();

    long count(int bin);

    /** The lower edge of a bin; of the bin after the last one, where that ends. */
    float edge(int bin);

    /** How many numbers were counted. */
    default long total() {
        long total = 0;
        for (int bin = 0; bin < bins(); bin++) {
            total += count(bin);
        }
        return total;
    }
}
