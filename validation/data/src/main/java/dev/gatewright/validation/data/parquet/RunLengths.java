// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import java.util.Arrays;

/** Small whole numbers of a fixed width in bits, in runs that repeat one of them or pack several: levels and positions. */
final class RunLengths {
    private static final int TWO_A_WORD = 28; // bits: twice as many fit a word behind seven others

    private final byte[] bytes;
    private final int width;
    private final int end;
    private int at;
    private int left; // of the current run
    private boolean repeats;
    private int value; // that a repeating run repeats
    private long bit; // where the next value of a packed run begins
    private final int[] one = new int[1];

    /** The numbers of {@code width} bits in {@code bytes} from {@code from} to before {@code to}. */
    RunLengths(byte[] bytes, int from, int to, int width) {
        if (width > Integer.SIZE || from > to) {
            throw new Malformed("numbers of " + width + " bits");
        }
        this.bytes = bytes;
        this.width = width;
        this.at = from;
        this.end = to;
    }

    /** The bits that numbers up to {@code largest} take. */
    static int width(int largest) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(largest);
    }

    /** Takes the next {@code count} numbers. */
    void take(int[] into, int count) {
        for (int done = 0; done < count; ) {
            if (left == 0) {
                nextRun();
            }
            int some = Math.min(left, count - done);
            if (repeats) {
                Arrays.fill(into, done, done + some, value);
            } else {
                unpack(into, done, some);
            }
            left -= some;
            done += some;
        }
    }

    /**
     * Takes the next numbers while they are {@code number}, or while they are not, at most {@code most} of them.
     *
     * @return how many they were
     */
    int takeWhile(boolean are, int number, int most) {
        int taken = 0;
        while (taken < most) {
            if (left == 0) {
                nextRun();
            }
            if (repeats) {
                if ((value == number) != are) {
                    return taken;
                }
                int some = Math.min(left, most - taken);
                left -= some;
                taken += some;
            } else {
                long before = bit;
                unpack(one, 0, 1);
                if ((one[0] == number) != are) {
                    bit = before;
                    return taken;
                }
                left--;
                taken++;
            }
        }
        return taken;
    }

    private void nextRun() {
        long header = 0;
        for (int shift = 0; ; shift += 7) {
            if (at >= end || shift > 28) {
                throw new Malformed("levels or positions that end too early");
            }
            header |= (long) (bytes[at] & 0x7F) << shift;
            if (bytes[at++] >= 0) {
                break;
            }
        }
        repeats = (header & 1) == 0;
        long count = repeats ? header >>> 1 : (header >>> 1) * 8;
        if (count == 0 || count > Integer.MAX_VALUE) {
            throw new Malformed("a run of " + count + " levels or positions");
        }
        left = (int) count;
        if (repeats) {
            value = repeated();
            return;
        }
        // The last run of a page may be cut off behind the values that there are.
        long whole = width == 0 ? count : 8L * (end - at) / width;
        if (whole < 1) {
            throw new Malformed("levels or positions that end too early");
        }
        left = (int) Math.min(count, whole);
        bit = 8L * at;
        at = (int) Math.min(end, at + count / 8 * width);
    }

    private int repeated() {
        int length = (width + 7) / 8;
        if (length > end - at) {
            throw new Malformed("levels or positions that end too early");
        }
        int repeated = 0;
        for (int i = 0; i < length; i++) {
            repeated |= (bytes[at++] & 0xFF) << (8 * i);
        }
        return repeated;
    }

    private void unpack(int[] into, int from, int count) {
        long mask = (1L << width) - 1;
        int end = from + count;
        int i = from;
        if (width <= TWO_A_WORD) {
            for (; i + 1 < end; i += 2) {
                long word = LittleEndian.word(bytes, (int) (bit >>> 3)) >>> (bit & 7);
                into[i] = (int) (word & mask);
                into[i + 1] = (int) (word >>> width & mask);
                bit += 2L * width;
            }
        }
        for (; i < end; i++) {
            into[i] = (int) (LittleEndian.word(bytes, (int) (bit >>> 3)) >>> (bit & 7) & mask);
            bit += width;
        }
    }
}
