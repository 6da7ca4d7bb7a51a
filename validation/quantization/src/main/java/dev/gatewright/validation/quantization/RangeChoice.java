// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.quantization.Ranges.Range;

/**
 * Takes a range from a histogram; percentile and entropy as {@code compute_percentile} and {@code get_entropy_threshold} in
 * onnxruntime/quantization/calibrate.py (1.32).
 */
final class RangeChoice {
    private static final int QUANTIZED_BINS = 128;
    private static final double SMOOTHING = 0.0001;
    private static final int INTEGERS = 255;
    private static final int CANDIDATES = 100;

    private RangeChoice() {}

    /** A range within the numbers that were seen. */
    private static Range within(Counts histogram, float low, float high) {
        float least = low < histogram.min() ? histogram.min() : low;
        float largest = high > histogram.max() ? histogram.max() : high;
        return new Range(least, largest);
    }

    /** The range of {@code percentile} per cent of the numbers. */
    static Range percentile(Counts histogram, double percentile) {
        double cut = (100.0 - percentile) / 200.0;
        return within(
                histogram,
                histogram.edge(firstWithShare(histogram, cut)),
                histogram.edge(firstWithShare(histogram, 1.0 - cut)));
    }

    /** The range, as far to either side of zero as {@code percentile} per cent of the absolute values reach. */
    static Range absolutePercentile(Counts absolute, double percentile) {
        float end = absolute.edge(firstWithShare(absolute, percentile / 100.0));
        return within(absolute, -end, end);
    }

    /** The first bin up to which there are at least {@code share} of the numbers. */
    private static int firstWithShare(Counts histogram, double share) {
        double total = histogram.total();
        double sum = 0;
        for (int bin = 0; bin < histogram.bins(); bin++) {
            sum += histogram.count(bin) / total;
            if (sum >= share) {
                return bin;
            }
        }
        return histogram.bins();
    }

    /** The range, around zero, whose numbers in 128 steps are told apart best from all numbers. */
    static Range entropy(Counts histogram) {
        int middle = histogram.bins() / 2;
        double least = Double.POSITIVE_INFINITY;
        int best = QUANTIZED_BINS / 2;
        for (int half = QUANTIZED_BINS / 2; half <= middle; half++) {
            int from = middle - half;
            int to = Math.min(middle + half + 1, histogram.bins());
            double divergence = divergence(histogram, from, to);
            if (divergence < least) {
                least = divergence;
                best = half;
            }
        }
        int from = middle - best;
        int to = Math.min(middle + best + 1, histogram.bins());
        return within(histogram, histogram.edge(from), histogram.edge(to));
    }

    private static double divergence(Counts histogram, int from, int to) {
        int size = to - from;
        long[] seen = new long[size];
        for (int bin = 0; bin < histogram.bins(); bin++) {
            seen[Math.max(0, Math.min(size - 1, bin - from))] += histogram.count(bin);
        }
        int merged = size / QUANTIZED_BINS;
        long[] told = new long[size];
        for (int step = 0; step < QUANTIZED_BINS; step++) {
            int start = step * merged;
            int end = start + merged;
            // The last step holds what is left over, too, but only those bins are told apart that it begins with.
            long count = 0;
            for (int bin = start; bin < (step == QUANTIZED_BINS - 1 ? size : end); bin++) {
                count += histogram.count(from + bin);
            }
            long filled = 0;
            for (int bin = start; bin < end; bin++) {
                filled += seen[bin] == 0 ? 0 : 1;
            }
            for (int bin = start; bin < end && filled > 0; bin++) {
                told[bin] = count / filled;
            }
        }
        float[] p = smooth(seen);
        float[] q = smooth(told);
        return p.length == 0 || q.length == 0 ? Double.POSITIVE_INFINITY : relativeEntropy(p, q);
    }

    /** Counts with a little in each empty bin, taken from the others; empty where all are empty. */
    private static float[] smooth(long[] counts) {
        int empty = 0;
        for (long count : counts) {
            empty += count == 0 ? 1 : 0;
        }
        int filled = counts.length - empty;
        if (filled == 0) {
            return new float[0];
        }
        float less = (float) (SMOOTHING * empty / filled);
        float[] smooth = new float[counts.length];
        for (int i = 0; i < counts.length; i++) {
            smooth[i] = counts[i] == 0 ? (float) SMOOTHING : counts[i] - less;
        }
        return smooth;
    }

    private static double relativeEntropy(float[] p, float[] q) {
        double sumP = sum(p);
        double sumQ = sum(q);
        double entropy = 0;
        for (int i = 0; i < p.length; i++) {
            double shareP = p[i] / sumP;
            double shareQ = q[i] / sumQ;
            entropy += shareP * StrictMath.log(shareP / shareQ);
        }
        return entropy;
    }

    private static double sum(float[] numbers) {
        double sum = 0;
        for (float number : numbers) {
            sum += number;
        }
        return sum;
    }

    /** The range whose 256 integers leave the least squared error, of 100 that end at equal steps away from zero. */
    static Range leastSquares(Counts histogram) {
        Range best = new Range(histogram.min(), histogram.max());
        float farthest = best.farthest();
        double least = Double.POSITIVE_INFINITY;
        for (int step = CANDIDATES; step > 0; step--) {
            float end = farthest * step / CANDIDATES;
            Range range = within(histogram, -end, end);
            double error = squaredError(histogram, range);
            if (error < least) {
                least = error;
                best = range;
            }
        }
        return best;
    }

    private static double squaredError(Counts histogram, Range range) {
        double low = Math.min(0, range.min());
        double high = Math.max(0, range.max());
        double step = (high - low) / INTEGERS;
        double error = 0;
        for (int bin = 0; bin < histogram.bins(); bin++) {
            if (histogram.count(bin) > 0) {
                double number = (histogram.edge(bin) + (double) histogram.edge(bin + 1)) / 2;
                double kept = Math.max(low, Math.min(high, number));
                double told = step == 0 ? 0 : Math.rint((kept - low) / step) * step + low;
                error += histogram.count(bin) * (number - told) * (number - told);
            }
        }
        return error;
    }
}
