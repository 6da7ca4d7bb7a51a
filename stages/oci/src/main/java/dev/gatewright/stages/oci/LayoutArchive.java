// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A layout in a tar, read as a stranger's: it holds a layout's files alone, each once, and each blob has the digest it is called by. */
public final class LayoutArchive {
    private static final int BUFFER = 1 << 18;
    private static final Pattern BLOB = Pattern.compile("blobs/sha256/([0-9a-f]{64})");
    private static final Set<String> FOLDERS = Set.of("blobs", "blobs/", "blobs/sha256", "blobs/sha256/");
    private static final Set<String> DOCUMENTS = Set.of(ImageLayout.MARK, ImageLayout.INDEX);

    private LayoutArchive() {}

    /**
     * Unpacks the layout in {@code file} into {@code folder}, which is new. What is refused is left as far as it came.
     *
     * @throws IOException if it is cut, is no layout, or holds anything that a layout does not
     */
    public static ImageLayout unpack(Path file, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("blobs").resolve("sha256"));
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            TarReader tar = new TarReader(in, file.toString());
            byte[] buffer = new byte[BUFFER];
            for (TarReader.Entry entry = tar.next(); entry != null; entry = tar.next()) {
                if (entry.type() == '5' && FOLDERS.contains(entry.name())) {
                    continue;
                }
                Matcher blob = BLOB.matcher(entry.name());
                boolean isDocument = DOCUMENTS.contains(entry.name()) && entry.size() <= ImageLayout.LARGEST_DOCUMENT;
                if (entry.type() != '0' || entry.size() < 0 || !(isDocument || blob.matches())) {
                    throw new IOException(file + " has an entry '" + shown(entry.name()) + "' of the kind '"
                            + entry.type() + "' with " + entry.size() + " bytes, which no OCI layout has");
                }
                Path target = folder.resolve(entry.name());
                if (Files.exists(target)) {
                    throw new IOException(file + " has the entry '" + entry.name() + "' twice");
                }
                Digest found = write(tar, target, buffer);
                if (!isDocument && !found.hex().equals(blob.group(1))) {
                    throw new IOException(
                            file + " has other bytes for the blob sha256:" + blob.group(1) + ": " + found);
                }
            }
        } catch (EOFException e) {
            throw new IOException(file + " is cut: it ends in the middle", e);
        }
        return ImageLayout.open(folder);
    }

    private static Digest write(TarReader tar, Path target, byte[] buffer) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
                sha256.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        return Digest.of(sha256);
    }

    /** A name that a stranger has chosen, in one line. */
    private static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }
}
