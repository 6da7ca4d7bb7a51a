// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.gate;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that a gate is judged on. */
public sealed interface Evidence {

    /** There is none; {@code why} completes the sentence "could not be judged: …". */
    record Missing(String why) implements Evidence {}

    /** The metric on all rows. */
    record Whole(Sample sample) implements Evidence {}

    /** What was counted or measured once: {@code value}, of no sample, and compared with nothing. */
    static Evidence exact(double value) {
        return new Whole(Sample.of(new Reading.Exact(value)));
    }

    /**
     * The metric on the rows of each value of a slice.
     *
     * @param slice the slice's name
     * @param samples by value of the slice, in the order of the values
     */
    record Slices(String slice, SortedMap<String, Sample> samples, Pooling pooling) implements Evidence {
        /** Keeps its own copy. */
        public Slices {
            samples = Collections.unmodifiableSortedMap(new TreeMap<>(samples));
        }
    }

    /** Puts the rows of several slice values together. */
    interface Pooling {
        /** The sample of the rows of all {@code values}. */
        Sample pool(Collection<String> values);
    }
}
