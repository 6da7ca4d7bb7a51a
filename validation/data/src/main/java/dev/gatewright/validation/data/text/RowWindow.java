// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.text;

import java.util.Arrays;

/**
 * The part of a file that is in memory: from the row that is being cut up to some later byte. Behind its limit stand
 * eight zeros, so that a word may be read at any position up to the limit. When more is read, the rows that were cut before
 * stay where they are, until more is read once again behind other rows; but not in a window larger than usual.
 */
public final class RowWindow {
    private static final int CHUNK = 1 << 18;
    private static final int PADDING = Long.BYTES;

    /** The size of a window, unless rows are of more than half of it. */
    public static final int USUAL_BYTES = CHUNK + PADDING;

    private final TextBytes text;
    private final int longestRow;
    private byte[] bytes;
    private byte[] other = new byte[USUAL_BYTES]; // what was read before, and room for what comes next
    private int position;
    private int limit;
    private boolean ended;

    /** A window at the begin of {@code text}, empty yet, which will hold rows of up to {@code longestRow} bytes. */
    public RowWindow(TextBytes text, int longestRow) {
        this.text = text;
        this.longestRow = longestRow;
        this.bytes = new byte[USUAL_BYTES];
    }

    /** The bytes in memory. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the row being cut begins. */
    public int position() {
        return position;
    }

    /** Where the bytes in memory end. */
    public int limit() {
        return limit;
    }

    /** Whether nothing will come behind the limit. */
    public boolean isEnded() {
        return ended;
    }

    /** Begins the next row at {@code position}. */
    public void moveTo(int position) {
        this.position = position;
    }

    /**
     * Reads on. The last row gets the line end that it may lack.
     *
     * @return false if the file has ended and nothing came
     */
    public boolean more() {
        if (ended) {
            return false;
        }
        makeRoom();
        limit += text.read(bytes, limit, bytes.length - PADDING);
        if (limit < bytes.length - PADDING) {
            ended = true;
            if (limit > position && bytes[limit - 1] != '\n') {
                bytes[limit++] = '\n';
            }
        }
        Arrays.fill(bytes, limit, limit + PADDING, (byte) 0);
        return true;
    }

    /** Moves the row being cut to the front; where it takes half of the window, there is more room to come. */
    private void makeRoom() {
        int kept = limit - position;
        int size = bytes.length;
        if (kept >= size / 2) {
            size = Math.max(size, Math.min(2 * size, longestRow + USUAL_BYTES));
        }
        byte[] room = bytes;
        if (size > bytes.length) {
            room = new byte[size];
        } else if (size == USUAL_BYTES) {
            room = other;
            other = bytes;
        }
        System.arraycopy(bytes, position, room, 0, kept);
        bytes = room;
        position = 0;
        limit = kept;
    }
}
