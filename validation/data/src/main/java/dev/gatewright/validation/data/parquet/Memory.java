// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

/** The memory that the pages of all columns may take together, which a file's claims cannot exceed. */
final class Memory {
    private static final int HEADER = 1 << 10; // most are shorter
    private static final int LONGEST_HEADER = 1 << 20;

    private final long most;
    private long taken;
    private byte[] stored = {};
    private byte[] header = new byte[HEADER];

    /** At most {@code most} bytes. */
    Memory(long most) {
        this.most = most;
    }

    /** Room for a page of {@code size} bytes and some slack: {@code old} if that is large enough. */
    byte[] room(byte[] old, int size) {
        if (size <= old.length - LittleEndian.SLACK) {
            return old;
        }
        long more = taken - old.length + size + LittleEndian.SLACK;
        if (more > most) {
            throw new Malformed(
                    "pages of more than " + most + " bytes side by side",
                    "less; write the file with smaller pages (data_page_size of pyarrow) or select fewer columns");
        }
        taken = more;
        return new byte[size + LittleEndian.SLACK];
    }

    /** Room for the stored bytes of one page, which all columns share. */
    byte[] stored(int size) {
        stored = room(stored, size);
        return stored;
    }

    /** Room for the header of one page, which all columns share. */
    byte[] header() {
        return header;
    }

    /** Makes more room for a header, as long texts for the least and the greatest value need: whether there may be more. */
    boolean growHeader() {
        if (header.length == LONGEST_HEADER) {
            return false;
        }
        header = new byte[Math.min(LONGEST_HEADER, header.length * 16)];
        return true;
    }
}
