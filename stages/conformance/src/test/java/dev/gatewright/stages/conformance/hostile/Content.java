// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.hostile;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What makes a file hostile; it is made when it is needed, since it may be large. */
interface Content {
    /** Writes the file. */
    void writeTo(Path file) throws IOException;

    static Content of(byte[] bytes) {
        return file -> Files.write(file, bytes);
    }

    static Content of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Text of which each character is a byte. */
    static Content raw(String latin1) {
        return of(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** {@code mebibytes} MiB of one letter between two texts. */
    static Content large(String before, char letter, int mebibytes, String after) {
        return file -> {
            byte[] mebibyte = new byte[1 << 20];
            Arrays.fill(mebibyte, (byte) letter);
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write(before.getBytes(StandardCharsets.UTF_8));
                for (int i = 0; i < mebibytes; i++) {
                    out.write(mebibyte);
                }
                out.write(after.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    /** {@code size} zeros between {@code begin} and {@code end}, which take no space. */
    static Content sparse(byte[] begin, long size, byte[] end) {
        return file -> {
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.write(begin);
                sparse.setLength(begin.length + size);
                sparse.seek(begin.length + size);
                sparse.write(end);
            }
        };
    }

    /** A folder in place of a file. */
    static Content folder() {
        return Files::createDirectory;
    }

    /** A link in place of a file. */
    static Content link(String target) {
        return file -> Files.createSymbolicLink(file, Path.of(target));
    }
}
