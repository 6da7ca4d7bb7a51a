// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an image becomes a row of a model's input: decoded, resized, cropped at its centre, and each sample {@code (sample /
 * divideBy - mean) / std} in single precision, as torchvision's {@code Resize}, {@code CenterCrop}, {@code ToTensor} and
 * {@code Normalize} do.
 *
 * @param resize none leaves the size as it is
 * @param crop the size that is cut out of the centre; none leaves all
 * @param divideBy 255 for values from 0 to 1; with 1 and neither {@code mean} nor {@code std} samples stay whole numbers
 * @param mean one number a channel, in the order of {@code channels}; empty for none
 * @param std the same
 */
public record ImageOptions(
        @Nullable Resize resize,
        @Nullable Size crop,
        Interpolation interpolation,
        Channels channels,
        double divideBy,
        List<Double> mean,
        List<Double> std,
        Layout layout) {

    /** Images as they are: for those who only want their classes. */
    public static final ImageOptions UNCHANGED =
            new ImageOptions(null, null, Interpolation.BILINEAR, Channels.RGB, 1, List.of(), List.of(), Layout.NHWC);

    /** Refuses numbers that do not fit the channels. */
    public ImageOptions {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        for (List<Double> numbers : List.of(mean, std)) {
            if (!numbers.isEmpty() && numbers.size() != channels.count()) {
                throw new IllegalArgumentException(
                        numbers.size() + " numbers for " + channels.count() + " channels: write one for each");
            }
        }
        if (!(divideBy > 0) || std.stream().anyMatch(value -> !(value > 0))) {
            throw new IllegalArgumentException("a sample can only be divided by a number above 0");
        }
    }

    /** A size in pixels. */
    public record Size(int height, int width) {
        /** Refuses sizes that no image has. */
        public Size {
            if (height < 1 || width < 1 || (long) height * width > ImageBytes.MOST_PIXELS) {
                throw new IllegalArgumentException(height + " x " + width
                        + " pixels: an image has at least one, and here" + " at most " + ImageBytes.MOST_PIXELS);
            }
        }
    }

    /** The size to which an image is brought. */
    public sealed interface Resize {}

    /** The shorter side gets {@code pixels}, the other one what keeps the shape, rounded down. */
    public record ShorterSide(int pixels) implements Resize {}

    /** Both sides as said, whatever the shape was. */
    public record Exactly(Size size) implements Resize {}

    /** How a pixel is made of its neighbours: with antialiasing, by Pillow's filters of the same names. */
    public enum Interpolation {
        BILINEAR,
        BICUBIC
    }

    /** Which channels there are, in order. */
    public enum Channels {
        RGB(3),
        BGR(3),
        GRAY(1);

        private final int count;

        Channels(int count) {
            this.count = count;
        }

        /** Their number. */
        public int count() {
            return count;
        }
    }

    /** The order of the axes. */
    public enum Layout {
        /** Channels, rows, columns: PyTorch. */
        NCHW,
        /** Rows, columns, channels: TensorFlow. */
        NHWC
    }

    /** Whether samples stay whole numbers from 0 to 255. */
    boolean keepsSamples() {
        return divideBy == 1 && mean.isEmpty() && std.isEmpty();
    }
}
