// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a tar of POSIX.1-2001 in which nothing tells who wrote it, or when: all times are 0, all owners root. Names that the
 * old header does not hold, and sizes from 8 GiB on, stand in an extended header.
 */
final class TarWriter {
    static final int BLOCK = 512;
    private static final long LARGEST_IN_HEADER = (1L << 33) - 1;
    private static final int LONGEST_NAME = 100;
    private static final int FOLDER_MODE = 0755;

    private final OutputStream out;
    private long left;
    private int padding;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    void folder(String path) throws IOException {
        header(path + "/", FOLDER_MODE, 0, '5');
    }

    /** Begins a file, of which {@code size} bytes must follow by {@link #write}. */
    void file(String path, int mode, long size) throws IOException {
        header(path, mode, size, '0');
        left = size;
        padding = (int) (-size & BLOCK - 1);
    }

    void write(byte[] bytes, int count) throws IOException {
        if (count > left) {
            throw new IOException("the file became longer while it was read");
        }
        out.write(bytes, 0, count);
        left -= count;
    }

    void endFile() throws IOException {
        if (left > 0) {
            throw new IOException("the file became shorter while it was read");
        }
        out.write(new byte[padding]);
    }

    /** Two empty blocks end an archive. */
    void end() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }

    private void header(String path, int mode, long size, char type) throws IOException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        boolean isPlain = name.length <= LONGEST_NAME && path.chars().allMatch(c -> c < 128);
        StringBuilder extended = new StringBuilder();
        if (!isPlain) {
            extended.append(record("path", path));
        }
        if (size > LARGEST_IN_HEADER) {
            extended.append(record("size", Long.toString(size)));
        }
        if (!extended.isEmpty()) {
            byte[] records = extended.toString().getBytes(StandardCharsets.UTF_8);
            out.write(block("PaxHeaders/extended".getBytes(StandardCharsets.US_ASCII), 0644, records.length, 'x'));
            out.write(records);
            out.write(new byte[-records.length & BLOCK - 1]);
        }
        byte[] shown = isPlain ? name : "extended".getBytes(StandardCharsets.US_ASCII);
        out.write(block(shown, mode, size > LARGEST_IN_HEADER ? 0 : size, type));
    }

    /** A record of an extended header begins with its own length, the digits of that length included. */
    private static String record(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int bytes = rest.getBytes(StandardCharsets.UTF_8).length;
        int length = bytes + Integer.toString(bytes).length();
        if (Integer.toString(length).length() > Integer.toString(bytes).length()) {
            length++;
        }
        return length + rest;
    }

    private static byte[] block(byte[] name, int mode, long size, char type) {
        byte[] block = new byte[BLOCK];
        System.arraycopy(name, 0, block, 0, name.length);
        octal(block, 100, 8, mode);
        octal(block, 108, 8, 0);
        octal(block, 116, 8, 0);
        octal(block, 124, 12, size);
        octal(block, 136, 12, 0);
        Arrays.fill(block, 148, 156, (byte) ' ');
        block[156] = (byte) type;
        ascii(block, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xFF;
        }
        octal(block, 148, 7, sum);
        return block;
    }

    private static void octal(byte[] block, int at, int length, long value) {
        String digits = Long.toOctalString(value);
        ascii(block, at, "0".repeat(length - 1 - digits.length()) + digits + "\0");
    }

    private static void ascii(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
