// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import org.jspecify.annotations.Nullable;

/** How the values of a page are encoded, by the format's numbers. */
final class Encoding {
    static final int PLAIN = 0;
    static final int PLAIN_DICTIONARY = 2;
    static final int RLE = 3;
    static final int DELTA_BINARY_PACKED = 5;
    static final int DELTA_LENGTH_BYTE_ARRAY = 6;
    static final int DELTA_BYTE_ARRAY = 7;
    static final int RLE_DICTIONARY = 8;
    static final int BYTE_STREAM_SPLIT = 9;

    private Encoding() {}

    /**
     * The values in {@code bytes} from {@code from} to before {@code to}.
     *
     * @param dictionary that of the chunk; null if it has none
     * @param longest the longest text
     */
    static Values values(
            int encoding, Leaf leaf, @Nullable Dictionary dictionary, byte[] bytes, int from, int to, int longest) {
        if ((encoding == PLAIN_DICTIONARY || encoding == RLE_DICTIONARY) && dictionary != null) {
            return dictionary.values(bytes, from, to);
        }
        Values raw = raw(encoding, leaf, bytes, from, to, longest);
        return (batch, count) -> {
            raw.take(batch, count);
            batch.settle(count);
        };
    }

    private static Values raw(int encoding, Leaf leaf, byte[] bytes, int from, int to, int longest) {
        boolean isText = leaf.physical() == Leaf.BYTE_ARRAY;
        boolean isBits = leaf.physical() == Leaf.BOOLEAN;
        boolean isWhole = leaf.physical() == Leaf.INT32 || leaf.physical() == Leaf.INT64;
        if (encoding == PLAIN) {
            return isText
                    ? PlainValues.texts(bytes, from, to)
                    : isBits ? PlainValues.bits(bytes, from, to) : PlainValues.numbers(bytes, from, to, leaf.bytes());
        }
        if (encoding == RLE && isBits) {
            return PlainValues.runs(bytes, from, to);
        }
        if (encoding == DELTA_BINARY_PACKED && isWhole) {
            return DeltaValues.numbers(bytes, from, to);
        }
        if (encoding == DELTA_LENGTH_BYTE_ARRAY && isText) {
            return DeltaValues.lengths(bytes, from, to);
        }
        if (encoding == DELTA_BYTE_ARRAY && isText) {
            return DeltaValues.prefixes(bytes, from, to, longest);
        }
        if (encoding == BYTE_STREAM_SPLIT && leaf.bytes() > 0) {
            return PlainValues.split(bytes, from, to, leaf.bytes());
        }
        throw new Malformed("a page with values in the encoding " + encoding
                + (encoding == RLE_DICTIONARY || encoding == PLAIN_DICTIONARY ? " but no dictionary before it" : ""));
    }
}
