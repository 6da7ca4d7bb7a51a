// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

/** Values that are stored by their differences. */
final class DeltaValues {
    private static final byte[] EMPTY = {};
    private static final long MOST_TOGETHER = 1L << 26; // of one batch

    private DeltaValues() {}

    /** Whole numbers. */
    static Values numbers(byte[] bytes, int from, int to) {
        Deltas deltas = new Deltas(bytes, from, to);
        return (batch, count) -> {
            for (int i = 0; i < count; i++) {
                batch.longs[i] = deltas.take();
            }
        };
    }

    /** Texts one after the other, before them their lengths. */
    static Values lengths(byte[] bytes, int from, int to) {
        Deltas lengths = new Deltas(bytes, from, to);
        int texts = new Deltas(bytes, from, to).skip();
        return new Values() {
            private int at = texts;

            @Override
            public void take(Batch batch, int count) {
                for (int i = 0; i < count; i++) {
                    long length = lengths.take();
                    if (length < 0 || length > to - at) {
                        throw new Malformed("a page with a text that goes beyond its end");
                    }
                    batch.bytes[i] = bytes;
                    batch.from[i] = at;
                    at += (int) length;
                    batch.to[i] = at;
                }
            }
        };
    }

    /** Texts by what they share with the one before, none longer than {@code longest}. */
    static Values prefixes(byte[] bytes, int from, int to, int longest) {
        Deltas prefixes = new Deltas(bytes, from, to);
        Values suffixes = lengths(bytes, new Deltas(bytes, from, to).skip(), to);
        return new Values() {
            private byte[] last = EMPTY;

            @Override
            public void take(Batch batch, int count) {
                suffixes.take(batch, count);
                long together = 0;
                for (int i = 0; i < count; i++) {
                    long shared = prefixes.take();
                    int length = batch.to[i] - batch.from[i];
                    if (shared < 0 || shared > last.length || shared + length > longest) {
                        throw new Malformed("a page with a text that shares more than there is");
                    }
                    together += shared + length;
                    if (together > MOST_TOGETHER) {
                        throw new Malformed("texts that together are too long");
                    }
                    byte[] text = new byte[(int) shared + length];
                    System.arraycopy(last, 0, text, 0, (int) shared);
                    System.arraycopy(batch.bytes[i], batch.from[i], text, (int) shared, length);
                    batch.bytes[i] = text;
                    batch.from[i] = 0;
                    batch.to[i] = text.length;
                    last = text;
                }
            }
        };
    }
}
