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
        while (!offer(value)) {
            grow();
        }
    }

    /** Adds a number if that takes no more memory, and tells whether it did. */
    boolean offer(double value) {
        if (size == capacity()) {
            return false;
        }
        if (wide) {
            doubles[size++] = OrderedBits.of(value);
        } else if ((float) value == value) {
            floats[size++] = OrderedBits.of((float) value);
        } else {
            return false;
        }
        return true;
    }

    /** Takes twice as much memory: for wider numbers while there is room for more of them, and else for more. */
    void grow() {
        if (size < capacity()) {
            widen();
        } else if (wide) {
            doubles = Arrays.copyOf(doubles, Math.multiplyExact(size, 2));
        } else {
            floats = Arrays.copyOf(floats, Math.multiplyExact(size, 2));
        }
    }

    double get(int index) {
        return wide ? OrderedBits.toDouble(doubles[index]) : OrderedBits.toFloat(floats[index]);
    }

    int size() {
        return size;
    }

    /** The memory that it takes. */
    long bytes() {
        return (long) capacity() * (wide ? Double.BYTES : Float.BYTES);
    }

    private int capacity() {
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
