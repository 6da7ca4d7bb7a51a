// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Bytes;
import java.io.IOException;
import java.util.Arrays;

/** The least and the largest number of each channel, by their keys. */
final class Extremes {
    private final int[] low;
    private final int[] high;

    private Extremes(int channels) {
        low = new int[channels];
        high = new int[channels];
        Arrays.fill(low, Integer.MAX_VALUE);
        Arrays.fill(high, Integer.MIN_VALUE);
    }

    /** Those of {@code weights}; none may be NaN or infinite. {@code what} is what a sentence calls them. */
    static Extremes of(Bytes weights, Layout layout, String what) throws IOException {
        Extremes extremes = new Extremes(layout.channels());
        int[] tile = new int[(int) Math.min(Floats.TILE, layout.elements())];
        Floats floats = new Floats(weights, tile.length);
        long elements = layout.elements();
        for (long position = 0; position < elements; ) {
            int count = (int) Math.min(tile.length, elements - position);
            floats.readBits(position, count, tile, 0);
            for (int i = 0; i < count; i++) {
                tile[i] = Floats.key(tile[i]);
            }
            extremes.add(tile, count, position, layout);
            position += count;
        }
        extremes.checkFinite(what);
        return extremes;
    }

    private void add(int[] keys, int count, long position, Layout layout) {
        boolean isByChannel = layout.isByChannel();
        layout.forEachRun(position, count, (from, to, channel) -> {
            if (isByChannel) {
                addRun(keys, from, to, channel);
            } else {
                addColumns(keys, from, to, channel);
            }
        });
    }

    private void addRun(int[] keys, int from, int to, int channel) {
        int least = low[channel];
        int most = high[channel];
        for (int i = from; i < to; i++) {
            least = Math.min(least, keys[i]);
            most = Math.max(most, keys[i]);
        }
        low[channel] = least;
        high[channel] = most;
    }

    private void addColumns(int[] keys, int from, int to, int first) {
        for (int i = 0; i < to - from; i++) {
            low[first + i] = Math.min(low[first + i], keys[from + i]);
            high[first + i] = Math.max(high[first + i], keys[from + i]);
        }
    }

    private void checkFinite(String what) {
        int infinity = Floats.key(Float.floatToRawIntBits(Float.POSITIVE_INFINITY));
        int minusInfinity = Floats.key(Float.floatToRawIntBits(Float.NEGATIVE_INFINITY));
        for (int channel = 0; channel < low.length; channel++) {
            if (high[channel] >= infinity || low[channel] <= minusInfinity) {
                boolean isNan = high[channel] > infinity || low[channel] < minusInfinity;
                throw new UnquantizableModelException(what + " hold " + (isNan ? "NaN" : "an infinite number")
                        + ", which no integer can stand for; look at the training, or exclude that node");
            }
        }
    }

    float min(int channel) {
        return Floats.ofKey(low[channel]);
    }

    float max(int channel) {
        return Floats.ofKey(high[channel]);
    }
}
