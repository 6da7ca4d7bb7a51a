// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.testkit.numpy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives of arrays for tests, also such as numpy never writes. */
public final class Npz {
    private Npz() {}

    /** An {@code .npy} of version 1. */
    public static byte[] npy(String descr, String shape, byte[] elements) {
        return npy("{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }", elements);
    }

    /** An {@code .npy} of version 1 with any header. */
    public static byte[] npy(String header, byte[] elements) {
        byte[] text = (header + "\n").getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(10 + text.length + elements.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) text.length)
                .put(text)
                .put(elements)
                .array();
    }

    /** Numbers as little-endian float32. */
    public static byte[] floats(float... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) {
            bytes.putFloat(number);
        }
        return bytes.array();
    }

    /** Numbers as little-endian int64. */
    public static byte[] longs(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            bytes.putLong(number);
        }
        return bytes.array();
    }

    /** A zip archive of these entries, which are stored as they are. */
    public static byte[] stored(Map<String, byte[]> entries) {
        return zip(entries, ZipEntry.STORED);
    }

    /** A zip archive of these entries, compressed. */
    public static byte[] deflated(Map<String, byte[]> entries) {
        return zip(entries, ZipEntry.DEFLATED);
    }

    private static byte[] zip(Map<String, byte[]> entries, int method) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (Map.Entry<String, byte[]> contents : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(contents.getKey());
                entry.setMethod(method);
                if (method == ZipEntry.STORED) {
                    CRC32 crc = new CRC32();
                    crc.update(contents.getValue());
                    entry.setCrc(crc.getValue());
                    entry.setSize(contents.getValue().length);
                }
                zip.putNextEntry(entry);
                zip.write(contents.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The archive with another 32-bit number at {@code offset} of the directory's entry {@code index}. */
    public static byte[] patched(byte[] archive, int index, int offset, int number) {
        byte[] copy = archive.clone();
        ByteBuffer bytes = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(directoryEntry(bytes, index) + offset, number);
        return copy;
    }

    /** The number at {@code offset} of the directory's entry {@code index}. */
    public static int number(byte[] archive, int index, int offset) {
        ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.getInt(directoryEntry(bytes, index) + offset);
    }

    private static int directoryEntry(ByteBuffer bytes, int index) {
        int at = bytes.getInt(bytes.capacity() - 6);
        for (int i = 0; i < index; i++) {
            at += 46 + bytes.getShort(at + 28) + bytes.getShort(at + 30) + bytes.getShort(at + 32);
        }
        return at;
    }
}
