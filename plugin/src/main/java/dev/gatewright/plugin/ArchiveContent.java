// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import hudson.AbortException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What is in an archive: plain files and folders, within the folder into which they are unpacked. */
final class ArchiveContent {
    private static final int MOST_ENTRIES = 10_000;

    /** More than a whole Java with it. */
    private static final long LARGEST = 2L << 30;

    private ArchiveContent() {}

    /** Unpacks an archive into a folder that is not there yet. */
    static void unpack(Path archive, Path folder) throws IOException, InterruptedException {
        ZipDirectory.requirePlain(archive);
        Path root = Files.createDirectories(folder).toAbsolutePath().normalize();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            if (entries.size() > MOST_ENTRIES) {
                throw new AbortException("The archive has more than " + MOST_ENTRIES + " entries");
            }
            long left = LARGEST;
            for (ZipEntry entry : entries) {
                Path place = place(root, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(place);
                } else {
                    Path parent = place.getParent();
                    Files.createDirectories(parent == null ? root : parent);
                    try (InputStream content = zip.getInputStream(entry)) {
                        left -= copy(content, place, left);
                    }
                }
            }
        }
    }

    private static Path place(Path root, String name) throws IOException {
        boolean isStrange = name.isEmpty()
                || name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf(':') >= 0
                || name.chars().anyMatch(Character::isISOControl)
                || List.of(name.split("/", -1)).contains("..");
        if (!isStrange) {
            Path place = root.resolve(name).normalize();
            if (place.startsWith(root)) {
                return place;
            }
        }
        throw new AbortException("The archive has an entry that leads out of it: '" + ShownText.of(name) + "'");
    }

    /** Written through to the disk, so that what is moved to its place is whole after a power cut too. */
    private static long copy(InputStream content, Path file, long most) throws IOException, InterruptedException {
        try (FileChannel to = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[1 << 16];
            long total = 0;
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                total += n;
                if (total > most) {
                    throw new AbortException("The archive unpacks to more than " + LARGEST + " bytes");
                }
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
            }
            to.force(true);
            return total;
        }
    }
}
