// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

/** Snappy's raw format: the size, then literal bytes and copies of what came before. */
final class Snappy {
    /** What comes out of damaged bytes. */
    static final int BROKEN = -1;

    private Snappy() {}

    /** Decompresses as {@link Compression#decompress} says. */
    static int decompress(byte[] bytes, int length, byte[] into, int from, int to) {
        int at = 0;
        long size = 0;
        for (int shift = 0; ; shift += 7) {
            if (at == length || shift > 28) {
                return BROKEN;
            }
            size |= (long) (bytes[at] & 0x7F) << shift;
            if (bytes[at++] >= 0) {
                break;
            }
        }
        if (size > to - from) {
            return BROKEN;
        }
        int end = from + (int) size;
        int out = from;
        while (at < length) {
            int tag = bytes[at++] & 0xFF;
            int extra = extraBytes(tag);
            if (extra > length - at) {
                return BROKEN;
            }
            int number = 0;
            for (int i = 0; i < extra; i++) {
                number |= (bytes[at++] & 0xFF) << (8 * i);
            }
            if ((tag & 3) == 0) {
                int count = (tag >>> 2 < 60 ? tag >>> 2 : number) + 1;
                if (count <= 0 || count > length - at || count > end - out) {
                    return BROKEN;
                }
                System.arraycopy(bytes, at, into, out, count);
                at += count;
                out += count;
            } else {
                int count = (tag & 3) == 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
                int distance = (tag & 3) == 1 ? ((tag >>> 5) << 8) | number : number;
                if (distance <= 0 || distance > out - from || count > end - out) {
                    return BROKEN;
                }
                copy(into, out - distance, out, count);
                out += count;
            }
        }
        return out == end ? (int) size : BROKEN;
    }

    /** The bytes of the number that follows {@code tag}. */
    private static int extraBytes(int tag) {
        return switch (tag & 3) {
            case 0 -> Math.max(0, (tag >>> 2) - 59);
            case 1 -> 1;
            case 2 -> 2;
            default -> 4;
        };
    }

    /** Copies {@code count} bytes from {@code source} to {@code target} after it; what is copied may itself be copied. */
    static void copy(byte[] bytes, int source, int target, int count) {
        int distance = target - source;
        if (count <= distance) {
            System.arraycopy(bytes, source, bytes, target, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            bytes[target + i] = bytes[source + i];
        }
    }
}
