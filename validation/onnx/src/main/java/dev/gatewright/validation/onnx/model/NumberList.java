// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** Numbers of which all are counted and the first few are kept. */
final class NumberList implements LongConsumer {
    /** Enough for every operand that is a shape. */
    static final int FEW = 64;

    private final int most;
    private double[] kept = new double[0];
    private long count;

    NumberList(int most) {
        this.most = most;
    }

    @Override
    public void accept(long value) {
        add((double) value);
    }

    void add(double value) {
        if (keeps()) {
            kept = Arrays.copyOf(kept, kept.length + 1);
            kept[kept.length - 1] = value;
        }
        count++;
    }

    /** Counts numbers that are not looked at. */
    void skip(long more) {
        count += more;
    }

    /** Whether the next number is kept. */
    boolean keeps() {
        return kept.length < most;
    }

    long count() {
        return count;
    }

    /** Whether the kept ones are all. */
    boolean isWhole() {
        return count == kept.length;
    }

    double[] kept() {
        return kept;
    }
}
