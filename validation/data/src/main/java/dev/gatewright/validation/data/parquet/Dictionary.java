// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

/** The different values of a chunk, to which its pages point by position. */
final class Dictionary {
    private final byte[] bytes;
    private final int width;
    private final int size;
    private final int[] starts; // of texts, and the end of the last

    /** The {@code size} values that lie plainly in {@code bytes} up to {@code to}; {@code width} is 0 for text. */
    Dictionary(byte[] bytes, int to, int size, int width) {
        if (size < 0 || size > to / (width == 0 ? Integer.BYTES : width)) {
            throw new Malformed("a dictionary that ends too early");
        }
        this.bytes = bytes;
        this.width = width;
        this.size = size;
        this.starts = new int[width == 0 ? size + 1 : 0];
        int at = 0;
        for (int i = 0; i < starts.length - 1; i++) {
            starts[i] = at + Integer.BYTES;
            int length = starts[i] <= to ? LittleEndian.number(bytes, at) : -1;
            if (length < 0 || length > to - starts[i]) {
                throw new Malformed("a dictionary with a text that goes beyond its end");
            }
            at = starts[i] + length;
        }
        if (width == 0) {
            starts[size] = at + Integer.BYTES;
        }
    }

    /** The values that the positions in {@code page} from {@code from} to before {@code to} point to. */
    Values values(byte[] page, int from, int to) {
        if (from == to) {
            return (batch, count) -> {
                throw new Malformed("a page that ends too early");
            };
        }
        RunLengths positions = new RunLengths(page, from + 1, to, page[from] & 0xFF);
        return (batch, count) -> {
            int[] taken = batch.small;
            positions.take(taken, count);
            give(taken, batch, count);
        };
    }

    private int checked(int position) {
        if (position < 0 || position >= size) {
            throw new Malformed("a position beyond the dictionary");
        }
        return position;
    }

    private void give(int[] positions, Batch batch, int count) {
        if (width == 0) {
            for (int i = 0; i < count; i++) {
                int position = checked(positions[i]);
                batch.bytes[i] = bytes;
                batch.from[i] = starts[position];
                batch.to[i] = starts[position + 1] - Integer.BYTES;
            }
        } else if (width == Float.BYTES && batch.areFloats()) {
            // What most models are fed with is settled on the way.
            for (int i = 0; i < count; i++) {
                int at = Float.BYTES * checked(positions[i]);
                batch.doubles[i] = Float.intBitsToFloat(LittleEndian.number(bytes, at));
            }
        } else {
            for (int i = 0; i < count; i++) {
                batch.longs[i] = LittleEndian.bits(bytes, width * checked(positions[i]), width);
            }
            batch.settle(count);
        }
    }
}
