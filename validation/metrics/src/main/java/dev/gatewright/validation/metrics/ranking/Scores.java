// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

import java.util.Arrays;

/** A list of finite numbers: 4 bytes each for as long as each of them is a {@code float}, and from then on 8. */
final class Scores {
    private static final int FIRST_CAPACITY = 256;

    private int[] floats = new int[FIRST_CAPACITY];
    private long[] doubles = new long[0];
    private boolean wide;
    private int size;

    void add(double value) {
        if (size == capacity()) {
            grow();
        }
        if (wide) {
            doubles[size++] = OrderedBits.of(value);
        } else if ((float) value == value) {
            floats[size++] = OrderedBits.of((float) value);
        } else {
            widen();
            doubles[size++] = OrderedBits.of(value);
        }
    }

    double get(int index) {
        return wide ? OrderedBits.toDouble(doubles[index]) : OrderedBits.toFloat(floats[index]);
    }

    int size() {
        return size;
    }

    /** How many numbers it has room for. */
    int capacity() {
        return wide ? doubles.length : floats.length;
    }

    /** All numbers, sorted; nothing is left here. */
    SortedRun takeSorted() {
        SortedRun run = wide
                ? SortedRun.ofDoubles(RadixSort.sorted(doubles, size))
                : SortedRun.ofFloats(RadixSort.sorted(floats, size));
        floats = new int[FIRST_CAPACITY];
        doubles = new long[0];
        wide = false;
        size = 0;
        return run;
    }

    /** The positions of the numbers, in their ascending order. */
    int[] order() {
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            keys[i] = OrderedBits.of(get(i));
        }
        return RadixSort.order(keys);
    }

    private void grow() {
        int larger = Math.multiplyExact(capacity(), 2);
        if (wide) {
            doubles = Arrays.copyOf(doubles, larger);
        } else {
            floats = Arrays.copyOf(floats, larger);
        }
    }

    private void widen() {
        long[] wider = new long[floats.length];
        for (int i = 0; i < size; i++) {
            wider[i] = OrderedBits.of((double) OrderedBits.toFloat(floats[i]));
        }
        doubles = wider;
        floats = new int[0];
        wide = true;
    }
}
