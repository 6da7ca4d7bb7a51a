// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.quantization.Ranges.Range;

/**
 * Counts of numbers in equal bins around zero, which grow outwards when larger numbers come; the arithmetic of NumPy's {@code
 * histogram} and of {@code HistogramCollector.collect_value} in onnxruntime/quantization/calibrate.py (1.32), in single
 * precision as there.
 */
final class Histogram implements Counts {
    private static final int MOST_ROUNDINGS = 8;

    private long[] counts;
    private float[] edges;
    private float threshold;
    private float min;
    private float max;

    /** Counts {@code bins} bins between {@code -threshold} and {@code threshold}. */
    Histogram(int bins, float threshold) {
        this.counts = new long[bins];
        this.threshold = threshold;
        this.edges = edges(bins, threshold);
        this.min = Float.POSITIVE_INFINITY;
        this.max = Float.NEGATIVE_INFINITY;
    }

    /** The edges between bins; where nothing but 0 was seen, from -0.5 to 0.5, as NumPy has it. */
    private static float[] edges(int bins, float threshold) {
        float end = threshold == 0 ? 0.5f : threshold;
        return edges(bins, -end, end);
    }

    /** The edges of equal bins, as NumPy's {@code linspace} lays them. */
    static float[] edges(int bins, float first, float last) {
        float step = (last - first) / bins;
        float[] edges = new float[bins + 1];
        for (int i = 0; i < bins; i++) {
            edges[i] = i * step + first;
        }
        edges[bins] = last;
        return edges;
    }

    @Override
    public boolean reaches(Range ends) {
        float wanted = ends.farthest();
        return wanted <= threshold || threshold == 0 || counts.length + 2 * more(wanted) <= MOST_BINS;
    }

    @Override
    public boolean add(float[] numbers, Range ends) {
        min = Math.min(min, ends.min());
        max = Math.max(max, ends.max());
        float wanted = ends.farthest();
        if (wanted > threshold) {
            grow(wanted);
        }
        return count(numbers, counts, edges);
    }

    private void grow(float wanted) {
        if (threshold == 0) {
            threshold = wanted;
            edges = edges(counts.length, wanted);
            return;
        }
        int more = more(wanted);
        long[] grown = new long[counts.length + 2 * more];
        System.arraycopy(counts, 0, grown, more, counts.length);
        threshold = more * stride() + threshold;
        counts = grown;
        edges = edges(grown.length, threshold);
    }

    /** How many bins more it takes on either side; at most a million, where bins are too narrow to be told apart as well. */
    private int more(float wanted) {
        float more = floorDivide(wanted - threshold, stride()) + 1;
        return more < MOST_BINS ? (int) more : MOST_BINS;
    }

    private float stride() {
        return 2 * threshold / counts.length;
    }

    /** NumPy's floor division of positive floats. */
    private static float floorDivide(float a, float b) {
        float quotient = (a - a % b) / b;
        float floor = (float) Math.floor(quotient);
        return quotient - floor > 0.5f ? floor + 1 : floor;
    }

    private static boolean count(float[] numbers, long[] into, float[] edges) {
        int bins = into.length;
        float first = edges[0];
        float last = edges[bins];
        float width = width(edges);
        for (float number : numbers) {
            if (number >= first && number <= last) {
                int bin = Math.min(bins - 1, (int) ((number - first) / width * bins));
                // What was computed may lie beside the edge by a rounding.
                while (number < edges[bin]) {
                    bin--;
                }
                while (bin < bins - 1 && number >= edges[bin + 1]) {
                    bin++;
                }
                into[bin]++;
            } else if (Float.isNaN(number)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The length of all bins, rounded so that 0 falls into its bin at once: behind a Relu half of all numbers are 0, and a
     * processor cannot foresee which ones have to be moved.
     */
    private static float width(float[] edges) {
        int bins = edges.length - 1;
        float width = edges[bins] - edges[0];
        for (int i = 0; i < MOST_ROUNDINGS; i++) {
            int bin = Math.min(bins - 1, (int) (-edges[0] / width * bins));
            if (edges[bin] > 0) {
                width = Math.nextUp(width);
            } else if (edges[bin + 1] <= 0) {
                width = Math.nextDown(width);
            }
        }
        return width;
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
