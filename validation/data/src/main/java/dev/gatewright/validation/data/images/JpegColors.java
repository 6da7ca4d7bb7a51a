// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import java.util.List;

/** The pixels of decoded components: each brought to the image's size, and brightness and colour differences to RGB. */
final class JpegColors {
    /** The transform of an image without a segment of Adobe's. */
    static final int NO_ADOBE = -1;

    private static final int RED = 91881; // 1.40200 of 65536
    private static final int BLUE = 116130; // 1.77200
    private static final int GREEN_OF_RED = 46802; // 0.71414
    private static final int GREEN_OF_BLUE = 22554; // 0.34414
    private static final int HALF = 1 << 15;

    private JpegColors() {}

    static Pixels of(JpegFrame frame, boolean isJfif, int adobeTransform) {
        List<JpegComponent> components = frame.components();
        Pixels pixels = new Pixels(frame.width(), frame.height(), components.size());
        boolean isRgb = isRgb(components, isJfif, adobeTransform);
        JpegUpsampler[] rows = new JpegUpsampler[components.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new JpegUpsampler(frame, components.get(i));
        }
        byte[] samples = pixels.samples();
        for (int y = 0; y < frame.height(); y++) {
            int to = y * frame.width() * rows.length;
            byte[] first = rows[0].row(y);
            if (rows.length == 1) {
                System.arraycopy(first, 0, samples, to, frame.width());
                continue;
            }
            byte[] second = rows[1].row(y);
            byte[] third = rows[2].row(y);
            for (int x = 0; x < frame.width(); x++, to += 3) {
                if (isRgb) {
                    samples[to] = first[x];
                    samples[to + 1] = second[x];
                    samples[to + 2] = third[x];
                } else {
                    convert(first[x] & 0xFF, (second[x] & 0xFF) - 128, (third[x] & 0xFF) - 128, samples, to);
                }
            }
        }
        return pixels;
    }

    /** What three components are, guessed as libjpeg guesses it. */
    private static boolean isRgb(List<JpegComponent> components, boolean isJfif, int adobeTransform) {
        if (components.size() != 3 || isJfif) {
            return false;
        }
        if (adobeTransform != NO_ADOBE) {
            return adobeTransform == 0;
        }
        return components.get(0).id == 'R' && components.get(1).id == 'G' && components.get(2).id == 'B';
    }

    private static void convert(int brightness, int blueDifference, int redDifference, byte[] samples, int to) {
        samples[to] = clamp(brightness + ((RED * redDifference + HALF) >> 16));
        samples[to + 1] =
                clamp(brightness + ((-GREEN_OF_BLUE * blueDifference - GREEN_OF_RED * redDifference + HALF) >> 16));
        samples[to + 2] = clamp(brightness + ((BLUE * blueDifference + HALF) >> 16));
    }

    private static byte clamp(int value) {
        return (byte) (value < 0 ? 0 : Math.min(value, 255));
    }
}
