// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

/** LZ4's block format: literal bytes and copies of what came before, by turns. */
final class Lz4 {
    private static final int LEAST_COPY = 4;

    private final byte[] bytes;
    private final int length;
    private int at;

    private Lz4(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /** Decompresses as {@link Compression#decompress} says. */
    static int decompress(byte[] bytes, int length, byte[] into, int from, int to) {
        return new Lz4(bytes, length).decompress(into, from, to);
    }

    private int decompress(byte[] into, int from, int to) {
        int out = from;
        while (at < length) {
            int token = bytes[at++] & 0xFF;
            int literals = count(token >>> 4);
            if (literals < 0 || literals > length - at || literals > to - out) {
                return Snappy.BROKEN;
            }
            System.arraycopy(bytes, at, into, out, literals);
            at += literals;
            out += literals;
            if (at == length) {
                return out - from; // the last turn has literals only
            }
            if (length - at < 2) {
                return Snappy.BROKEN;
            }
            int distance = (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
            at += 2;
            int count = count(token & 0xF);
            if (count < 0 || distance == 0 || distance > out - from || count > to - out - LEAST_COPY) {
                return Snappy.BROKEN;
            }
            Snappy.copy(into, out - distance, out, count + LEAST_COPY);
            out += count + LEAST_COPY;
        }
        return Snappy.BROKEN;
    }

    /** A count, of which {@code four} bits stand in the token and the rest, if those are all ones, follows; -1 if not. */
    private int count(int four) {
        int count = four;
        if (four == 0xF) {
            int next;
            do {
                if (at == length || count > Integer.MAX_VALUE - 0xFF) {
                    return Snappy.BROKEN;
                }
                next = bytes[at++] & 0xFF;
                count += next;
            } while (next == 0xFF);
        }
        return count;
    }
}
