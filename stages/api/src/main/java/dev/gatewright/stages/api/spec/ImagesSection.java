// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the images of a folder are prepared for a model.
 *
 * @param resize empty to leave the size, one number for the shorter side, or height and width
 * @param crop height and width of what is cut out of the centre; empty for all
 * @param mean one number a channel, or none
 * @param std the same
 */
public record ImagesSection(
        Place place,
        List<Integer> resize,
        List<Integer> crop,
        Interpolation interpolation,
        Channels channels,
        double divideBy,
        List<Double> mean,
        List<Double> std,
        Layout layout) {

    /** How a pixel is made of its neighbours when an image is resized. */
    public enum Interpolation {
        BILINEAR,
        BICUBIC
    }

    /** Which channels there are, in order. */
    public enum Channels {
        RGB,
        BGR,
        GRAY
    }

    /** The order of the axes: N images, C channels, H rows, W columns. */
    public enum Layout {
        NCHW,
        NHWC
    }

    private static final double MOST = 65536;

    /** With this, a side of both squares is within the pixels that an image may have. */
    private static final int LONGEST_SIDE = 4096;

    private static final Key<List<Long>> RESIZE = Key.optional(
            "resize",
            Shapes.listOf(Shapes.count(1, LONGEST_SIDE), true),
            "The shorter side, whose shape is kept, or height and width. Without it all images have the same size.",
            "resize: 256");
    private static final Key<List<Long>> CROP = Key.optional(
            "crop",
            Shapes.listOf(Shapes.count(1, LONGEST_SIDE), true),
            "The square, or height and width, that is cut out of the centre.",
            "crop: 224");
    private static final Key<Interpolation> INTERPOLATION = Key.optional(
            "interpolation",
            Shapes.oneOf(Interpolation.values(), ImagesSection::spelling),
            "How a pixel is made of its neighbours, with antialiasing as Pillow does it; bilinear unless said otherwise.",
            "interpolation: bicubic");
    private static final Key<Channels> CHANNELS = Key.optional(
            "channels",
            Shapes.oneOf(Channels.values(), ImagesSection::spelling),
            "The channels in order; rgb unless said otherwise.",
            "channels: gray");
    private static final Key<Double> DIVIDE_BY = Key.optional(
            "divide-by",
            Shapes.numberBetween(0, MOST),
            "What samples from 0 to 255 are divided by: 255 unless said otherwise, as torchvision's ToTensor does; 1 for none.",
            "divide-by: 1");
    private static final Key<List<Double>> MEAN = Key.optional(
            "mean",
            Shapes.listOf(Shapes.number(), true),
            "What is then subtracted, a number for each channel.",
            "mean: [0.485, 0.456, 0.406]");
    private static final Key<List<Double>> STD = Key.optional(
            "std",
            Shapes.listOf(Shapes.numberBetween(0, MOST), true),
            "What that is then divided by, a number for each channel.",
            "std: [0.229, 0.224, 0.225]");
    private static final Key<Layout> LAYOUT = Key.optional(
            "layout",
            Shapes.oneOf(Layout.values(), ImagesSection::spelling),
            "The order of the axes: nchw (the default, as PyTorch has it) or nhwc (TensorFlow).",
            "layout: nhwc");

    static final Section<ImagesSection> SHAPE = new Section<>(
            "images",
            List.of(RESIZE, CROP, INTERPOLATION, CHANNELS, DIVIDE_BY, MEAN, STD, LAYOUT),
            ImagesSection::make);

    private static @Nullable ImagesSection make(Values values, Problems problems) {
        List<Integer> resize = sides(values.get(RESIZE, List.of()));
        List<Integer> crop = sides(values.get(CROP, List.of()));
        Channels channels = values.get(CHANNELS, Channels.RGB);
        boolean isSized = isSize(resize, RESIZE, values, problems);
        boolean fits = isSize(crop, CROP, values, problems) && isSized;
        for (Key<List<Double>> key : List.of(MEAN, STD)) {
            int count = values.get(key, List.of()).size();
            int wanted = channels == Channels.GRAY ? 1 : 3;
            if (count != 0 && count != wanted) {
                problems.add(
                        values.place(key),
                        key.name() + " needs one number for each channel, " + wanted + " for " + spelling(channels)
                                + ", and has " + count,
                        wanted == 3 ? key.example() : null);
                fits = false;
            }
        }
        List<Integer> cut = crop.size() == 1 ? List.of(crop.get(0), crop.get(0)) : crop;
        return !fits
                ? null
                : new ImagesSection(
                        values.place(),
                        resize,
                        cut,
                        values.get(INTERPOLATION, Interpolation.BILINEAR),
                        channels,
                        values.get(DIVIDE_BY, 255.0),
                        values.get(MEAN, List.of()),
                        values.get(STD, List.of()),
                        values.get(LAYOUT, Layout.NCHW));
    }

    private static boolean isSize(List<Integer> sides, Key<?> key, Values values, Problems problems) {
        if (sides.size() > 2) {
            problems.add(
                    values.place(key),
                    key.name() + " is one number, or height and width, and has " + sides.size() + " numbers",
                    key.name() + ": [224, 224]");
        }
        return sides.size() <= 2;
    }

    private static List<Integer> sides(List<Long> numbers) {
        return numbers.stream().map(Long::intValue).toList();
    }

    private static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }
}
