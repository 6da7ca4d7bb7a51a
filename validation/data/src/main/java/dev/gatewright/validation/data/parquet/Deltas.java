// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

/** Whole numbers as the differences between neighbours, packed in small blocks of a width each. */
final class Deltas {
    private static final int LONGEST_BLOCK = 1 << 20;

    private final byte[] bytes;
    private final int end;
    private final int perBlock;
    private final int minis;
    private final int perMini;
    private int at;
    private long left; // of the numbers, in all
    private long next; // the next number
    private int mini; // the position of the current small block among those of its block
    private int leftInMini;
    private int widths; // where the widths of the block's small blocks stand
    private int width;
    private long least;
    private long bit;

    /** The numbers in {@code bytes} from {@code from} to before {@code to}. */
    Deltas(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
        long block = varint();
        long count = varint();
        this.left = varint();
        this.next = zigzag(varint());
        if (block <= 0 || block > LONGEST_BLOCK || block % 128 != 0 || count <= 0 || block % count != 0) {
            throw new Malformed("a page of differences in blocks of " + block);
        }
        this.perBlock = (int) block;
        this.minis = (int) count;
        this.perMini = perBlock / minis;
        if (perMini % 32 != 0 || left < 0) {
            throw new Malformed("a page of differences in blocks of " + block);
        }
        this.mini = minis;
    }

    /** The number of numbers not yet taken. */
    long left() {
        return left;
    }

    /** The next number. */
    long take() {
        if (left == 0) {
            throw new Malformed("a page that ends too early");
        }
        long taken = next;
        left--;
        if (left > 0) {
            if (leftInMini == 0) {
                nextMini();
            }
            next += least + difference();
            leftInMini--;
        }
        return taken;
    }

    /** Where the bytes behind all numbers begin, after passing over those that are left. */
    int skip() {
        while (left > 1) {
            if (leftInMini == 0) {
                nextMini();
            }
            long some = Math.min(left - 1, leftInMini);
            left -= some;
            leftInMini -= (int) some;
        }
        left = 0;
        return at;
    }

    private void nextMini() {
        mini++;
        if (mini >= minis) {
            least = zigzag(varint());
            widths = at;
            advance(minis);
            mini = 0;
        }
        width = bytes[widths + mini] & 0xFF;
        if (width > Long.SIZE) {
            throw new Malformed("differences of " + width + " bits");
        }
        leftInMini = perMini;
        bit = 8L * at;
        advance(perMini / 8 * width);
    }

    private long difference() {
        int shift = (int) (bit & 7);
        int position = (int) (bit >>> 3);
        long bits = LittleEndian.word(bytes, position) >>> shift;
        if (width + shift > Long.SIZE) {
            bits |= (long) bytes[position + Long.BYTES] << (Long.SIZE - shift);
        }
        bit += width;
        return width == Long.SIZE ? bits : bits & ((1L << width) - 1);
    }

    private void advance(int count) {
        if (count > end - at) {
            throw new Malformed("a page that ends too early");
        }
        at += count;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            advance(1);
            value |= (long) (bytes[at - 1] & 0x7F) << shift;
            if (bytes[at - 1] >= 0) {
                return value;
            }
        }
        throw new Malformed("a number of more than 64 bits");
    }

    private static long zigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }
}
