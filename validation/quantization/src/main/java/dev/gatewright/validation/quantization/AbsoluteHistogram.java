// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.quantization.Ranges.Range;
import java.util.Arrays;

/**
 * Counts of absolute values: bins from the least to the largest of the first batch, to which more of the same width come at their
 * end; the arithmetic of NumPy and of {@code HistogramCollector.collect_absolute_value} in onnxruntime/quantization/calibrate.py
 * (1.32), in single precision as there. Numbers below those of the first batch are not counted, as there.
 */
final class AbsoluteHistogram implements Counts {
    private long[] counts;
    private float[] edges = {};
    private float min = Float.POSITIVE_INFINITY;
    private float max = Float.NEGATIVE_INFINITY;

    AbsoluteHistogram(int bins) {
        this.counts = new long[bins];
    }

    @Override
    public boolean reaches(Range ends) {
        return edges.length == 0 || counts.length + more(ends.farthest()) <= MOST_BINS;
    }

    @Override
    public boolean add(float[] numbers, Range ends) {
        min = Math.min(min, ends.min());
        max = Math.max(max, ends.max());
        float[] absolute = new float[numbers.length];
        float least = Float.POSITIVE_INFINITY;
        for (int i = 0; i < numbers.length; i++) {
            absolute[i] = Math.abs(numbers[i]);
            least = Math.min(least, absolute[i]); // NaN stays
        }
        if (Float.isNaN(least)) {
            return false;
        }
        if (edges.length == 0) {
            boolean isOne = least == ends.farthest();
            edges = Histogram.edges(
                    counts.length, isOne ? least - 0.5f : least, isOne ? least + 0.5f : ends.farthest());
        }
        double[] exact = grown(ends.farthest());
        count(absolute, exact);
        for (int i = 0; i < edges.length; i++) {
            edges[i] = (float) exact[i];
        }
        return true;
    }

    /** How many bins it takes more to hold {@code wanted}. */
    private int more(float wanted) {
        float last = edges[counts.length];
        float width = edges[1] - edges[0];
        return wanted > last ? (int) Math.min(MOST_BINS, Math.ceil((wanted + width - (last + width)) / width)) : 0;
    }

    /** The edges with room for {@code wanted}; those that are new in double precision, as NumPy's {@code arange} has them. */
    private double[] grown(float wanted) {
        int bins = counts.length;
        int more = more(wanted);
        double[] exact = new double[bins + 1 + more];
        for (int i = 0; i <= bins; i++) {
            exact[i] = edges[i];
        }
        float width = edges[1] - edges[0];
        float first = edges[bins] + width;
        double step = (double) (first + width) - first;
        for (int i = 0; i < more; i++) {
            exact[bins + 1 + i] = first + i * step;
        }
        counts = Arrays.copyOf(counts, bins + more);
        edges = Arrays.copyOf(edges, exact.length);
        return exact;
    }

    private void count(float[] absolute, double... exact) {
        int bins = counts.length;
        for (float number : absolute) {
            if (number >= exact[0] && number <= exact[bins]) {
                int found = Arrays.binarySearch(exact, number);
                int bin = found < 0 ? -found - 2 : found;
                while (bin < bins && exact[bin + 1] == number) {
                    bin++; // of edges that are equal, the last one
                }
                counts[Math.min(bins - 1, bin)]++;
            }
        }
    }

    @Override
    public float min() {
        return min;
    }

    @Override
    public float max() {
        return max;
    }

    @Override
    public int bins() {
        return counts.length;
    }

    @Override
    public long count(int bin) {
        return counts[bin];
    }

    @Override
    public float edge(int bin) {
        return edges[bin];
    }
}
