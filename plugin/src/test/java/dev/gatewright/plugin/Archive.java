// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A ZIP archive in the making, and its SHA-256. */
final class Archive {
    private static final int ENTRY = 0x02014b50;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);
    private String link = "";

    /** As users get it: one folder, and the program and a library in it. */
    static Archive ofTheProgram() throws IOException {
        return new Archive()
                .with("gatewright-1/bin/gatewright", "#!/bin/sh\necho 1.0\n")
                .with("gatewright-1/bin/gatewright.cmd", "@echo 1.0\r\n")
                .with("gatewright-1/lib/gatewright-cli.jar", "jar");
    }

    Archive with(String name, String content) throws IOException {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Archive with(String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
        return this;
    }

    /** A link as {@code zip --symlinks} writes it: a file with another mode. */
    Archive withLink(String name, String target) throws IOException {
        link = name;
        return with(name, target);
    }

    byte[] bytes() throws IOException {
        zip.close();
        byte[] whole = bytes.toByteArray();
        ByteBuffer view = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < whole.length - 46; at++) {
            if (view.getInt(at) == ENTRY) {
                String name = new String(whole, at + 46, view.getShort(at + 28), StandardCharsets.UTF_8);
                if (name.equals(link)) {
                    view.put(at + 5, (byte) 3).putInt(at + 38, 0120777 << 16);
                }
            }
        }
        return whole;
    }

    /** Writes it, and says its SHA-256. */
    String writeTo(Path file) throws IOException {
        byte[] whole = bytes();
        Files.write(file, whole);
        return sha256(whole);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
