// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a tar as a stranger's, entry by entry: whatever is no sound header, or too much, is refused. */
final class TarReader {
    private static final int MOST_ENTRIES = 100_000;
    private static final int LARGEST_EXTENSION = 1 << 20;

    private final DataInputStream in;
    private final String what;
    private int entries;
    private long left;
    private int padding;

    /** Reads {@code in}, which sentences call {@code what}: {@code a layer}. */
    TarReader(InputStream in, String what) {
        this.in = new DataInputStream(in);
        this.what = what;
    }

    /**
     * What an archive says of a file, a folder or something else, without an extended header, which is taken into account.
     *
     * @param type {@code '0'} for a file, {@code '5'} for a folder
     * @param size of the content that follows, in bytes; may be negative in an archive that lies
     */
    record Entry(String name, char type, long size) {}

    /**
     * The next entry, of which the content was read whole; null at the end.
     *
     * @throws java.io.EOFException if the archive ends before its end
     */
    @Nullable
    Entry next() throws IOException {
        skipPadding();
        byte[] block = new byte[TarWriter.BLOCK];
        String path = null;
        long size = -1;
        while (true) {
            in.readFully(block);
            if (isEmpty(block)) {
                return null;
            }
            verify(block);
            if (++entries > MOST_ENTRIES) {
                throw new IOException(what + " has more than " + MOST_ENTRIES + " entries");
            }
            long length = octal(block, 124, 12);
            char type = (char) block[156];
            if (type == 'x') {
                String records = extension(length);
                String named = record(records, "path");
                path = named == null ? path : named;
                String counted = record(records, "size");
                size = counted == null ? size : number(counted, 10);
                continue;
            }
            char kind = type == '\0' ? '0' : type;
            begin(kind == '0' ? Math.max(0, size < 0 ? length : size) : 0);
            return new Entry(path == null ? name(block) : path, kind, size < 0 ? length : size);
        }
    }

    private void begin(long size) {
        left = size;
        padding = (int) (-size & (TarWriter.BLOCK - 1));
    }

    /** How many bytes of the entry's content were read into {@code buffer}; -1 at its end. */
    int read(byte[] buffer) throws IOException {
        if (left == 0) {
            return -1;
        }
        int part = (int) Math.min(buffer.length, left);
        in.readFully(buffer, 0, part);
        left -= part;
        return part;
    }

    private void skipPadding() throws IOException {
        in.readFully(new byte[padding]);
        padding = 0;
    }

    private String extension(long length) throws IOException {
        if (length < 0 || length > LARGEST_EXTENSION) {
            throw new IOException("an extended header of " + what + " has " + length + " bytes");
        }
        byte[] bytes = new byte[(int) length];
        in.readFully(bytes);
        begin(length);
        left = 0;
        skipPadding();
        return text(bytes);
    }

    private static @Nullable String record(String records, String key) {
        for (String line : records.lines().toList()) {
            int space = line.indexOf(' ');
            if (space > 0 && line.startsWith(key + "=", space + 1)) {
                return line.substring(space + key.length() + 2);
            }
        }
        return null;
    }

    private String name(byte[] block) throws IOException {
        String name = text(Arrays.copyOfRange(block, 0, length(block, 0, 100)));
        int prefix = length(block, 345, 155);
        return prefix == 0 ? name : text(Arrays.copyOfRange(block, 345, 345 + prefix)) + "/" + name;
    }

    private static int length(byte[] block, int at, int most) {
        int length = 0;
        while (length < most && block[at + length] != 0) {
            length++;
        }
        return length;
    }

    private String text(byte[] bytes) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException(what + " has a name that is not UTF-8", e);
        }
    }

    private void verify(byte[] block) throws IOException {
        long sum = 0;
        for (int i = 0; i < block.length; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xFF;
        }
        String said = digits(block, 148, 8);
        if (!said.matches("[0-7]{1,8}") || Long.parseLong(said, 8) != sum) {
            throw new IOException("a header of " + what + " has the wrong sum, so that it is no tar");
        }
    }

    private long octal(byte[] block, int at, int length) throws IOException {
        String digits = digits(block, at, length);
        return digits.isEmpty() ? 0 : number(digits, 8);
    }

    private static String digits(byte[] block, int at, int length) {
        return new String(block, at, length, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
    }

    private long number(String digits, int radix) throws IOException {
        try {
            return Long.parseLong(digits, radix);
        } catch (NumberFormatException e) {
            throw new IOException(what + " has a number that is none", e);
        }
    }

    private static boolean isEmpty(byte[] block) {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }
}
