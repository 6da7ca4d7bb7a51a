// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import dev.gatewright.validation.data.format.Half;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Quote;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Some values of a column on their way into a block: doubles of a float type, slices of bytes, else longs. {@link #settle}
 * makes numbers of raw bits.
 */
final class Batch {
    /** The most values that are here at a time. */
    static final int MOST = 1024;

    final long[] longs;
    final double[] doubles;
    final byte[][] bytes;
    final int[] from;
    final int[] to;
    final int[] small = new int[MOST]; // for levels and positions on their way
    int count;

    private final Leaf leaf;

    /** Room for values of {@code leaf}, and of all others of its type. */
    Batch(Leaf leaf) {
        this.leaf = leaf;
        int texts = isText() ? MOST : 0;
        this.longs = new long[isText() ? 0 : MOST];
        this.doubles = new double[areFloats() ? MOST : 0];
        this.bytes = new byte[texts][];
        this.from = new int[texts];
        this.to = new int[texts];
    }

    /** Whether they are text. */
    boolean isText() {
        return leaf.type() == ElementType.STRING;
    }

    /** Whether they are numbers of a float type. */
    boolean areFloats() {
        return leaf.type().isFloat();
    }

    /** Whether they are whole numbers, truth values excluded. */
    boolean areIntegers() {
        return leaf.type().isInteger();
    }

    /** Whether the longs are to be read as unsigned. */
    boolean areUnsigned() {
        return leaf.type() == ElementType.UINT64;
    }

    /** Makes values of the {@code count} raw bits that were put among the longs; texts stay as they are. */
    void settle(int count) {
        switch (leaf.type()) {
            case FLOAT64 -> {
                for (int i = 0; i < count; i++) {
                    doubles[i] = Double.longBitsToDouble(longs[i]);
                }
            }
            case FLOAT32 -> {
                for (int i = 0; i < count; i++) {
                    doubles[i] = Float.intBitsToFloat((int) longs[i]);
                }
            }
            case FLOAT16 -> {
                for (int i = 0; i < count; i++) {
                    doubles[i] = Half.value((short) longs[i]);
                }
            }
            case STRING, INT64, UINT64 -> {}
            default -> {
                for (int i = 0; i < count; i++) {
                    longs[i] = leaf.whole(longs[i]);
                }
            }
        }
    }

    /** Value {@code i} as a name: text, whole numbers in digits, True and False as numpy writes them. */
    String name(int i) {
        if (isText()) {
            return text(i);
        }
        if (areFloats()) {
            return Double.toString(doubles[i]);
        }
        if (leaf.type() == ElementType.BOOL) {
            return longs[i] == 0 ? "False" : "True";
        }
        return areUnsigned() ? Long.toUnsignedString(longs[i]) : Long.toString(longs[i]);
    }

    /** Value {@code i} for a message. */
    String shown(int i) {
        return isText()
                ? Quote.of(bytes[i], from[i], to[i])
                : areIntegers() || areFloats() ? name(i) : Quote.of(name(i));
    }

    /** Text {@code i}; bytes that are not UTF-8 are malformed. */
    String text(int i) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes[i], from[i], to[i] - from[i]))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("bytes that are not UTF-8");
        }
    }
}
