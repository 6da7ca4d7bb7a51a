// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

import java.util.Arrays;

/**
 * Sorts integers by their digits, the least significant first (Knuth, "The Art of Computer Programming", volume 3, section
 * 5.2.5). It takes as many passes as there are digits in which the integers differ, and room for them once more.
 */
final class RadixSort {
    private static final int DIGIT_BITS = 11;
    private static final int BUCKETS = 1 << DIGIT_BITS;
    private static final int MASK = BUCKETS - 1;
    private static final int INT_DIGITS = 3;
    private static final int LONG_DIGITS = 6;

    /** The lowest digit by which longs are sorted first: few that are not equal differ only below it. */
    private static final int LOWEST_OF_MOST = 2;

    /** Fewer integers than this are sorted faster by comparing them. */
    private static final int FEW = 2048;

    private RadixSort() {}

    /** The first {@code size} of {@code integers} in ascending order, in an array of that size. */
    static int[] sorted(int[] integers, int size) {
        if (size < FEW) {
            int[] few = Arrays.copyOf(integers, size);
            Arrays.sort(few);
            return few;
        }
        int[][] counts = counts(integers, size);
        int[] from = integers;
        int[] to = new int[size];
        for (int digit = 0; digit < INT_DIGITS; digit++) {
            int shift = digit * DIGIT_BITS;
            if (counts[digit][digit(from[0], shift)] == size) {
                continue;
            }
            toPositions(counts[digit]);
            place(from, to, size, counts[digit], shift);
            int[] sorted = to;
            to = from;
            from = sorted;
        }
        return from.length == size ? from : Arrays.copyOf(from, size);
    }

    /** Puts each integer where {@code next} says that the next one of its digit belongs. */
    private static void place(int[] from, int[] to, int size, int[] next, int shift) {
        for (int i = 0; i < size; i++) {
            int value = from[i];
            to[next[digit(value, shift)]++] = value;
        }
    }

    /** Negative integers come first: the sign bit counts the other way round. */
    private static int digit(int value, int shift) {
        return (value ^ Integer.MIN_VALUE) >>> shift & MASK;
    }

    private static int[][] counts(int[] integers, int size) {
        int[] low = new int[BUCKETS];
        int[] middle = new int[BUCKETS];
        int[] high = new int[BUCKETS];
        for (int i = 0; i < size; i++) {
            int value = integers[i];
            low[digit(value, 0)]++;
            middle[digit(value, DIGIT_BITS)]++;
            high[digit(value, 2 * DIGIT_BITS)]++;
        }
        return new int[][] {low, middle, high};
    }

    /** The first {@code size} of {@code integers} in ascending order, in an array of that size. */
    static long[] sorted(long[] integers, int size) {
        if (size < FEW) {
            long[] few = Arrays.copyOf(integers, size);
            Arrays.sort(few);
            return few;
        }
        int[][] counts = counts(integers, size);
        long[] from = integers;
        long[] to = new long[size];
        for (int digit = LOWEST_OF_MOST; digit < LONG_DIGITS; digit++) {
            int[] next = counts[digit];
            int shift = digit * DIGIT_BITS;
            if (next[digit(from[0], shift)] == size) {
                continue;
            }
            toPositions(next);
            for (int i = 0; i < size; i++) {
                long value = from[i];
                to[next[digit(value, shift)]++] = value;
            }
            long[] sorted = to;
            to = from;
            from = sorted;
        }
        sortBelow(from, size, LOWEST_OF_MOST * DIGIT_BITS);
        return from.length == size ? from : Arrays.copyOf(from, size);
    }

    /** Sorts what is sorted already but for its lowest {@code bits}. */
    private static void sortBelow(long[] integers, int size, int bits) {
        int first = 0;
        for (int i = 1; i <= size; i++) {
            if (i == size || integers[i] >> bits != integers[first] >> bits) {
                if (i - first > 1) {
                    Arrays.sort(integers, first, i);
                }
                first = i;
            }
        }
    }

    /** The positions of {@code integers} in ascending order of what stands there; equal ones in the order of positions. */
    static int[] order(long[] integers) {
        int size = integers.length;
        int[][] counts = counts(integers, size);
        int[] from = new int[size];
        Arrays.setAll(from, i -> i);
        int[] to = new int[size];
        for (int digit = 0; digit < LONG_DIGITS && size > 0; digit++) {
            int[] next = counts[digit];
            int shift = digit * DIGIT_BITS;
            if (next[digit(integers[0], shift)] == size) {
                continue;
            }
            toPositions(next);
            for (int i = 0; i < size; i++) {
                int position = from[i];
                to[next[digit(integers[position], shift)]++] = position;
            }
            int[] sorted = to;
            to = from;
            from = sorted;
        }
        return from;
    }

    private static int digit(long value, int shift) {
        return (int) ((value ^ Long.MIN_VALUE) >>> shift) & MASK;
    }

    private static int[][] counts(long[] integers, int size) {
        int[][] counts = new int[LONG_DIGITS][BUCKETS];
        for (int i = 0; i < size; i++) {
            long bits = integers[i] ^ Long.MIN_VALUE;
            counts[0][(int) bits & MASK]++;
            counts[1][(int) (bits >>> DIGIT_BITS) & MASK]++;
            counts[2][(int) (bits >>> (2 * DIGIT_BITS)) & MASK]++;
            counts[3][(int) (bits >>> (3 * DIGIT_BITS)) & MASK]++;
            counts[4][(int) (bits >>> (4 * DIGIT_BITS)) & MASK]++;
            counts[5][(int) (bits >>> (5 * DIGIT_BITS))]++;
        }
        return counts;
    }

    /** Turns counts into the position of each bucket's first integer. */
    private static void toPositions(int[] counts) {
        int position = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            int count = counts[bucket];
            counts[bucket] = position;
            position += count;
        }
    }
}
