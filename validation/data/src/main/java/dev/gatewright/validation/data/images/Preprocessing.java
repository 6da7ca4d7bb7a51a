// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import dev.gatewright.validation.data.images.ImageOptions.Channels;
import dev.gatewright.validation.data.images.ImageOptions.Exactly;
import dev.gatewright.validation.data.images.ImageOptions.Layout;
import dev.gatewright.validation.data.images.ImageOptions.ShorterSide;
import dev.gatewright.validation.data.images.ImageOptions.Size;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Place;
import java.util.List;

/** Makes the values of a row out of an image, as {@link ImageOptions} say. */
final class Preprocessing {
    private static final int SAMPLES = 256;

    private final ImageOptions options;
    private final Resampler resampler;
    private final float[][] values; // of each sample, by channel

    Preprocessing(ImageOptions options) {
        this.options = options;
        this.resampler = new Resampler(options.interpolation());
        this.values = new float[options.channels().count()][SAMPLES];
        for (int channel = 0; channel < values.length; channel++) {
            for (int sample = 0; sample < SAMPLES; sample++) {
                values[channel][sample] = value(sample, channel);
            }
        }
    }

    /** In single precision at each step, as torch counts. */
    private float value(int sample, int channel) {
        float value = sample / (float) options.divideBy();
        if (!options.mean().isEmpty()) {
            value -= options.mean().get(channel).floatValue();
        }
        if (!options.std().isEmpty()) {
            value /= options.std().get(channel).floatValue();
        }
        return value;
    }

    /** The size of an image of {@code size} once it is prepared. */
    Size after(Size size, Place place) {
        Size resized = resized(size, place);
        Size crop = options.crop();
        if (crop == null) {
            return resized;
        }
        if (crop.height() > resized.height() || crop.width() > resized.width()) {
            throw new BadDataException(
                    place,
                    "an image of " + text(resized) + " pixels"
                            + (options.resize() == null ? "" : " when it is resized"),
                    "at least the " + text(crop) + " that are cut out",
                    "resize it to more, or crop less");
        }
        return crop;
    }

    private Size resized(Size size, Place place) {
        if (options.resize() instanceof Exactly exactly) {
            return exactly.size();
        }
        if (options.resize() instanceof ShorterSide side) {
            int shorter = Math.min(size.height(), size.width());
            int longer = Math.max(size.height(), size.width());
            long other = (long) ((double) ((long) side.pixels() * longer) / shorter);
            if (other * side.pixels() > ImageBytes.MOST_PIXELS) {
                throw new BadDataException(
                        place,
                        "an image of " + text(size) + " pixels, which is resized to " + side.pixels() + " by " + other,
                        "at most " + ImageBytes.MOST_PIXELS + " pixels",
                        "take it out, or resize to height and width");
            }
            return size.height() <= size.width()
                    ? new Size(side.pixels(), (int) other)
                    : new Size((int) other, side.pixels());
        }
        return size;
    }

    /** The samples of the prepared image, before they are divided, in the order of the layout. */
    byte[] samples(Pixels image, Place place) {
        Pixels wanted = options.channels() == Channels.GRAY ? image.toGray() : image.toRgb();
        Size size = new Size(image.height(), image.width());
        Size resized = resized(size, place);
        Size part = after(size, place);
        Resampler.Window window = new Resampler.Window(
                centred(resized.width() - part.width()),
                centred(resized.height() - part.height()),
                part.width(),
                part.height());
        return arranged(resampler.resize(wanted, resized.width(), resized.height(), window));
    }

    /** Half of {@code left}, with a half rounded to the even number as Python's {@code round} does. */
    private static int centred(int left) {
        return (int) Math.rint(left / 2.0);
    }

    private byte[] arranged(Pixels pixels) {
        boolean byChannel = options.layout() == Layout.NCHW;
        boolean reversed = options.channels() == Channels.BGR;
        int channels = pixels.channels();
        int count = pixels.width() * pixels.height();
        if (channels == 1 || (!byChannel && !reversed)) {
            return pixels.samples();
        }
        byte[] arranged = new byte[pixels.samples().length];
        for (int channel = 0; channel < channels; channel++) {
            int from = reversed ? channels - 1 - channel : channel;
            for (int i = 0; i < count; i++) {
                arranged[byChannel ? channel * count + i : i * channels + channel] =
                        pixels.samples()[i * channels + from];
            }
        }
        return arranged;
    }

    /** The value of the sample at position {@code i} of {@code samples}. */
    float value(byte[] samples, int i) {
        int channels = values.length;
        int channel = options.layout() == Layout.NCHW ? i / (samples.length / channels) : i % channels;
        return values[channel][samples[i] & 0xFF];
    }

    /** The axes of a row. */
    List<Integer> shape(Size size) {
        int channels = options.channels().count();
        return options.layout() == Layout.NCHW
                ? List.of(channels, size.height(), size.width())
                : List.of(size.height(), size.width(), channels);
    }

    private static String text(Size size) {
        return size.width() + " x " + size.height();
    }
}
