// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

/** A decoded image of 8 bits a sample. */
final class Pixels {
    private final int width;
    private final int height;
    private final int channels;
    private final byte[] samples;

    /** Room for an image. */
    Pixels(int width, int height, int channels) {
        this.width = width;
        this.height = height;
        this.channels = channels;
        this.samples = new byte[width * height * channels];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** 1 (gray), or 3 (red, green, blue). */
    int channels() {
        return channels;
    }

    /** Row by row, the channels of a pixel side by side. */
    byte[] samples() {
        return samples;
    }

    /** The same with three equal channels where it is gray, as Pillow's {@code convert("RGB")}. */
    Pixels toRgb() {
        if (channels == 3) {
            return this;
        }
        Pixels rgb = new Pixels(width, height, 3);
        for (int i = 0; i < samples.length; i++) {
            rgb.samples[3 * i] = samples[i];
            rgb.samples[3 * i + 1] = samples[i];
            rgb.samples[3 * i + 2] = samples[i];
        }
        return rgb;
    }

    /** The same in gray, with the weights of ITU-R 601-2 as Pillow's {@code convert("L")} rounds them. */
    Pixels toGray() {
        if (channels == 1) {
            return this;
        }
        Pixels gray = new Pixels(width, height, 1);
        for (int i = 0; i < gray.samples.length; i++) {
            int red = samples[3 * i] & 0xFF;
            int green = samples[3 * i + 1] & 0xFF;
            int blue = samples[3 * i + 2] & 0xFF;
            gray.samples[i] = (byte) ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
        }
        return gray;
    }
}
