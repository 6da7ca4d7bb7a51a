// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

/** Values that lie one after the other as they are. */
final class PlainValues {
    private PlainValues() {}

    /** Numbers of {@code width} bytes. */
    static Values numbers(byte[] bytes, int from, int to, int width) {
        return new Values() {
            private int at = from;

            @Override
            public void take(Batch batch, int count) {
                if (count > (to - at) / width) {
                    throw new Malformed("a page that ends too early");
                }
                read(bytes, at, width, batch.longs, count);
                at += count * width;
            }
        };
    }

    private static void read(byte[] bytes, int at, int width, long[] into, int count) {
        switch (width) {
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    into[i] = LittleEndian.number(bytes, at + 4 * i);
                }
            }
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    into[i] = LittleEndian.word(bytes, at + 8 * i);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    into[i] = LittleEndian.bits(bytes, at + width * i, width);
                }
            }
        }
    }

    /** Truth values, a bit each. */
    static Values bits(byte[] bytes, int from, int to) {
        return new Values() {
            private long bit = 8L * from;

            @Override
            public void take(Batch batch, int count) {
                if (count > 8L * to - bit) {
                    throw new Malformed("a page that ends too early");
                }
                for (int i = 0; i < count; i++, bit++) {
                    batch.longs[i] = (bytes[(int) (bit >>> 3)] >>> (bit & 7)) & 1L;
                }
            }
        };
    }

    /** Texts, each with its length before it. */
    static Values texts(byte[] bytes, int from, int to) {
        return new Values() {
            private int at = from;

            @Override
            public void take(Batch batch, int count) {
                for (int i = 0; i < count; i++) {
                    int start = at + Integer.BYTES;
                    int length = start <= to ? LittleEndian.number(bytes, at) : -1;
                    if (length < 0 || length > to - start) {
                        throw new Malformed("a page with a text that goes beyond its end");
                    }
                    batch.bytes[i] = bytes;
                    batch.from[i] = start;
                    batch.to[i] = start + length;
                    at = start + length;
                }
            }
        };
    }

    /** Numbers of {@code width} bytes, of all the first byte, then of all the second, and so on. */
    static Values split(byte[] bytes, int from, int to, int width) {
        int numbers = (to - from) / width;
        return new Values() {
            private int at;

            @Override
            public void take(Batch batch, int count) {
                if (count > numbers - at || numbers * width != to - from) {
                    throw new Malformed("a page that ends too early");
                }
                for (int i = 0; i < count; i++) {
                    long bits = 0;
                    for (int b = 0; b < width; b++) {
                        bits |= (bytes[from + b * numbers + at + i] & 0xFFL) << (8 * b);
                    }
                    batch.longs[i] = bits;
                }
                at += count;
            }
        };
    }

    /** Truth values in runs. */
    static Values runs(byte[] bytes, int from, int to) {
        if (to - from < Integer.BYTES) {
            throw new Malformed("a page that ends too early");
        }
        RunLengths runs = new RunLengths(bytes, from + Integer.BYTES, to, 1);
        return (batch, count) -> {
            int[] taken = batch.small;
            runs.take(taken, count);
            for (int i = 0; i < count; i++) {
                batch.longs[i] = taken[i];
            }
        };
    }
}
