// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** Repeated numbers of a message: packed into one field, or each in a field of its own, as protobuf allows both. */
final class NumberFields {
    /** The most dimensions of a shape; NumPy's limit as well. */
    static final int MAX_RANK = 64;

    private NumberFields() {}

    /** The dimensions {@code before}, and those of this field. */
    static long[] dimensions(MessageReader message, long[] before) throws IOException {
        Dimensions dimensions = new Dimensions(message, before);
        integers(message, dimensions);
        return dimensions.all;
    }

    private static final class Dimensions implements LongConsumer {
        private final MessageReader message;
        private long[] all;

        Dimensions(MessageReader message, long[] before) {
            this.message = message;
            this.all = before;
        }

        @Override
        public void accept(long dimension) {
            if (all.length == MAX_RANK) {
                throw message.refused(Refusal.DIMENSION, "is dimension number " + (MAX_RANK + 1) + " of a tensor");
            }
            all = Arrays.copyOf(all, all.length + 1);
            all[all.length - 1] = dimension;
        }
    }

    /** Hands on the integers of this field. */
    static void integers(MessageReader message, LongConsumer into) throws IOException {
        if (!message.isRun()) {
            into.accept(message.int64());
            return;
        }
        CodedInputStream in = message.in;
        int outer = in.pushLimit(message.length());
        while (in.getBytesUntilLimit() > 0) {
            into.accept(message.varint());
        }
        in.popLimit(outer);
    }

    /** Steps over the integers of this field, and counts them. */
    static long countIntegers(MessageReader message) throws IOException {
        NumberList counted = new NumberList(0);
        integers(message, counted);
        return counted.count();
    }

    /** Adds the 32-bit floats of this field. */
    static void floats(MessageReader message, NumberList into) throws IOException {
        if (!message.isRun()) {
            into.add(message.float32());
            return;
        }
        int count = wholeNumbers(message, Float.BYTES);
        for (; count > 0 && into.keeps(); count--) {
            into.add(Float.intBitsToFloat(message.in.readRawLittleEndian32()));
        }
        into.skip(count);
        message.in.skipRawBytes(count * Float.BYTES);
    }

    /** Adds the 64-bit floats of this field. */
    static void doubles(MessageReader message, NumberList into) throws IOException {
        int count = 1;
        if (message.isRun()) {
            count = wholeNumbers(message, Double.BYTES);
        } else {
            message.requireFixed(Double.BYTES);
        }
        for (; count > 0 && into.keeps(); count--) {
            into.add(Double.longBitsToDouble(message.in.readRawLittleEndian64()));
        }
        into.skip(count);
        message.in.skipRawBytes(count * Double.BYTES);
    }

    /** Steps over the numbers of {@code width} bytes, 4 or 8, of this field, and counts them. */
    static long countFixed(MessageReader message, int width) throws IOException {
        int count = 1;
        if (message.isRun()) {
            count = wholeNumbers(message, width);
        } else {
            message.requireFixed(width);
        }
        message.in.skipRawBytes(count * width);
        return count;
    }

    private static int wholeNumbers(MessageReader message, int width) throws IOException {
        int bytes = message.length();
        if (bytes % width != 0) {
            throw message.refused(
                    Refusal.MALFORMED,
                    "gives field " + message.number() + " " + bytes + " bytes, no multiple of the " + width
                            + " of a number");
        }
        return bytes / width;
    }
}
