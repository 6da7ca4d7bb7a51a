// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import dev.gatewright.validation.data.images.ImageOptions.Interpolation;

/**
 * Resizes as Pillow's {@code Image.resize}: along the rows and along the columns, each with weights of 22 bits of fraction
 * that cover all pixels of the source, rounded to 8 bits after each. Which comes first tells in the last bit; the rule is that
 * of Pillow 13, where older ones always begin along the rows.
 */
final class Resampler {
    private final Interpolation interpolation;

    Resampler(Interpolation interpolation) {
        this.interpolation = interpolation;
    }

    /** The part {@code window} of {@code image} resized to {@code width} by {@code height}. */
    Pixels resize(Pixels image, int width, int height, Window window) {
        ResampleWeights across =
                new ResampleWeights(interpolation, image.width(), width, window.left(), window.width());
        ResampleWeights down =
                new ResampleWeights(interpolation, image.height(), height, window.top(), window.height());
        int shorter = image.height() - height;
        int narrower = image.width() - width;
        boolean downFirst = shorter > 0 && shorter > 2 * narrower;
        Pixels half = downFirst ? down(image, down) : across(image, across);
        return downFirst ? across(half, across) : down(half, down);
    }

    private static Pixels across(Pixels image, ResampleWeights weights) {
        int channels = image.channels();
        Pixels result = new Pixels(weights.count(), image.height(), channels);
        byte[] to = result.samples();
        int next = 0;
        for (int y = 0; y < image.height(); y++) {
            int row = y * image.width() * channels;
            for (int x = 0; x < weights.count(); x++) {
                for (int channel = 0; channel < channels; channel++) {
                    to[next++] = weights.apply(x, image.samples(), row + channel, channels);
                }
            }
        }
        return result;
    }

    private static Pixels down(Pixels image, ResampleWeights weights) {
        int stride = image.width() * image.channels();
        Pixels result = new Pixels(image.width(), weights.count(), image.channels());
        byte[] to = result.samples();
        int next = 0;
        for (int y = 0; y < weights.count(); y++) {
            for (int x = 0; x < stride; x++) {
                to[next++] = weights.apply(y, image.samples(), x, stride);
            }
        }
        return result;
    }

    /** A part of an image. */
    record Window(int left, int top, int width, int height) {}
}
