// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A jar made anew from the classes of another, with the same bytes whoever packed those: sorted, of one time, not compressed.
 */
final class StoredJar {
    /** The earliest that a zip can say. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final int LARGEST = 64 << 20;

    private final Map<String, byte[]> entries = new TreeMap<>();
    private long bytes;

    private StoredJar() {}

    /** The files of {@code jar} but those below {@code left}, and its manifest, which tells how it was packed. */
    static byte[] without(Path jar, String left) throws IOException {
        StoredJar made = new StoredJar();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                String name = entry.getName();
                if (!entry.isDirectory() && !name.startsWith(left) && !name.equals("META-INF/MANIFEST.MF")) {
                    try (var in = zip.getInputStream(entry)) {
                        made.add(name, in.readNBytes(LARGEST));
                    }
                }
            }
        }
        return made.pack();
    }

    /** The class files below {@code folder}. */
    static byte[] ofFolder(Path folder) throws IOException {
        StoredJar made = new StoredJar();
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) below.filter(Files::isRegularFile)::iterator) {
                made.add(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return made.pack();
    }

    private void add(String name, byte[] content) throws IOException {
        bytes += content.length;
        if (bytes >= LARGEST) {
            throw new IOException("the classes of a jar of the server have more than " + LARGEST + " bytes");
        }
        entries.put(name, content);
    }

    private byte[] pack() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                CRC32 crc = new CRC32();
                crc.update(each.getValue());
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setTimeLocal(TIME);
                entry.setSize(each.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(each.getValue());
            }
        }
        return out.toByteArray();
    }
}
