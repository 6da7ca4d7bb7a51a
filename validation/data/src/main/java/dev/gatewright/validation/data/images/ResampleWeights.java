// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import dev.gatewright.validation.data.images.ImageOptions.Interpolation;

/** By which weights some pixels of a resized line come of the pixels of its source. */
final class ResampleWeights {
    private static final int FRACTION = 22;

    private final int count;
    private final int[] from;
    private final int[][] weights;

    /** The weights of {@code count} pixels from {@code begin} on, of {@code after} to which {@code before} are resized. */
    ResampleWeights(Interpolation interpolation, int before, int after, int begin, int count) {
        this.count = count;
        this.from = new int[count];
        this.weights = new int[count][];
        if (before == after) {
            // Pillow leaves out a direction in which nothing changes; its weights would be the same.
            for (int i = 0; i < count; i++) {
                from[i] = begin + i;
                weights[i] = new int[] {1 << FRACTION};
            }
            return;
        }
        double scale = (double) before / after;
        double widened = Math.max(scale, 1);
        double support = (interpolation == Interpolation.BILINEAR ? 1 : 2) * widened;
        for (int i = 0; i < count; i++) {
            double center = (begin + i + 0.5) * scale;
            from[i] = Math.max(0, (int) (center - support + 0.5));
            int to = Math.min(before, (int) (center + support + 0.5));
            double[] exact = new double[to - from[i]];
            double sum = 0;
            for (int j = 0; j < exact.length; j++) {
                exact[j] = weight(interpolation, (j + from[i] - center + 0.5) * (1 / widened));
                sum += exact[j];
            }
            weights[i] = new int[exact.length];
            for (int j = 0; j < exact.length; j++) {
                double part = (sum == 0 ? exact[j] : exact[j] / sum) * (1 << FRACTION);
                weights[i][j] = (int) (part < 0 ? part - 0.5 : part + 0.5);
            }
        }
    }

    /** The number of pixels that have weights. */
    int count() {
        return count;
    }

    /** Pixel {@code i} of a line of {@code source}, whose pixels begin at {@code at} and are {@code step} apart. */
    byte apply(int i, byte[] source, int at, int step) {
        int sum = 1 << (FRACTION - 1);
        int position = at + from[i] * step;
        for (int weight : weights[i]) {
            sum += (source[position] & 0xFF) * weight;
            position += step;
        }
        int value = sum >> FRACTION;
        return (byte) (value < 0 ? 0 : Math.min(value, 255));
    }

    private static double weight(Interpolation interpolation, double distance) {
        double x = Math.abs(distance);
        if (interpolation == Interpolation.BILINEAR) {
            return x < 1 ? 1 - x : 0;
        }
        double a = -0.5;
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }
}
