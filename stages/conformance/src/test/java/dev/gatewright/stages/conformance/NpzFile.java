// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The sound predictions as NumPy writes them. */
final class NpzFile {
    private NpzFile() {}

    /** An archive with {@code truth}, the class's index, and {@code scores}, a probability a class. */
    static byte[] npz() {
        return npz(npy("<i8", "(" + Rows.COUNT + ",)", truth()), npy("<f4", "(" + Rows.COUNT + ", 3)", scores()));
    }

    /** An archive of these two arrays. */
    static byte[] npz(byte[] truth, byte[] scores) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("truth.npy", truth);
        entries.put("scores.npy", scores);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** An array of version 1. */
    static byte[] npy(String type, String shape, byte[] elements) {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(10 + text.length + elements.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) text.length)
                .put(text)
                .put(elements)
                .array();
    }

    static byte[] truth() {
        ByteBuffer bytes = ByteBuffer.allocate(8 * Rows.COUNT).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < Rows.COUNT; row++) {
            bytes.putLong(Rows.truth(row));
        }
        return bytes.array();
    }

    static byte[] scores() {
        ByteBuffer bytes = ByteBuffer.allocate(12 * Rows.COUNT).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < Rows.COUNT; row++) {
            for (int k = 0; k < 3; k++) {
                bytes.putFloat(k == Rows.answer(row) ? 0.8f : 0.1f);
            }
        }
        return bytes.array();
    }
}
