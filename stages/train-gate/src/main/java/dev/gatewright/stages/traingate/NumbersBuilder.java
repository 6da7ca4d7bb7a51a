// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers in the making, of a source that may hold any number of them. */
final class NumbersBuilder {
    /** How many values all names together may have. */
    static final int MOST_VALUES = 2_000_000;

    private final Map<String, List<Double>> series = new LinkedHashMap<>();
    private final Map<String, String> unusable = new LinkedHashMap<>();
    private int count;

    /** The next value of {@code name}. */
    void add(String name, double value) throws IOException {
        if (++count > MOST_VALUES) {
            throw new IOException(
                    "it holds more than " + MOST_VALUES + " numbers; log each an epoch, or every so many steps");
        }
        series.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    /** In the place of a value of {@code name} stands something else. */
    void unusable(String name, String what) {
        unusable.putIfAbsent(name, what);
    }

    /** How many values there are. */
    int count() {
        return count;
    }

    /** Whether there is a value of {@code name}, or something in its place. */
    boolean has(String name) {
        return series.containsKey(name) || unusable.containsKey(name);
    }

    /** What there is by now. */
    TrainingNumbers build() {
        return new TrainingNumbers(series, unusable);
    }
}
