// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/**
 * Unpacks a layer that is stored as it is, as a stranger's: into a new folder, files and folders alone, each below it and none
 * twice, within bounds, and only what has the digest that was asked for. What it cannot vouch for it refuses, and removes nothing.
 */
public final class LayerReader {
    private static final int LONGEST_PATH = 4096;
    private static final int BUFFER = 1 << 20;
    private static final int SMALLEST_BUFFER = 1 << 13;

    private final TarReader tar;
    private final Path folder;
    private final long most;
    private long unpacked;

    private LayerReader(InputStream in, Path folder, long most) {
        this.tar = new TarReader(in, "a layer");
        this.folder = folder;
        this.most = most;
    }

    /**
     * Unpacks {@code layer} from {@code file} into {@code folder}.
     *
     * @throws IOException if it is not that layer, holds more than the bytes of its descriptor, or anything but files and folders
     */
    public static void unpack(Descriptor layer, Path file, Path folder) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), sha256);
                InputStream buffered = new BufferedInputStream(
                        bytes, (int) Math.max(SMALLEST_BUFFER, Math.min(BUFFER, layer.size())))) {
            new LayerReader(buffered, folder, layer.size()).unpack();
            buffered.transferTo(OutputStream.nullOutputStream());
        } catch (EOFException e) {
            throw new IOException("the layer " + layer.digest() + " ends in the middle", e);
        }
        Digest found = Digest.of(sha256);
        if (!found.equals(layer.digest())) {
            throw new IOException("the layer in " + file + " has other bytes than " + layer.digest() + ": " + found);
        }
    }

    private void unpack() throws IOException {
        for (TarReader.Entry entry = tar.next(); entry != null; entry = tar.next()) {
            switch (entry.type()) {
                case '0' -> file(place(entry.name()), entry.size());
                case '5' -> Files.createDirectories(place(entry.name()));
                default ->
                    throw new IOException("a layer has an entry '" + entry.type() + "' at '" + entry.name()
                            + "', and only files and folders are unpacked");
            }
        }
    }

    private void file(Path target, long length) throws IOException {
        unpacked += length;
        if (length < 0 || unpacked > most) {
            throw new IOException("a layer unpacks to more bytes than it has");
        }
        Files.createDirectories(target.resolveSibling("."));
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
        try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
                out.write(buffer, 0, read);
            }
        }
    }

    /** Where an entry goes, below the folder by its name alone: there are no links that could lead elsewhere. */
    private Path place(String name) throws IOException {
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        boolean isBelow = !path.isEmpty() && path.length() <= LONGEST_PATH;
        for (String part : path.split("/", -1)) {
            isBelow &= !part.isEmpty()
                    && !part.equals(".")
                    && !part.equals("..")
                    && part.indexOf('\\') < 0
                    && part.indexOf(':') < 0
                    && part.indexOf('\0') < 0;
        }
        if (!isBelow) {
            throw new IOException("a layer has an entry at '" + name + "', which is no path below its root");
        }
        try {
            return folder.resolve(path);
        } catch (InvalidPathException e) {
            throw new IOException("a layer has an entry at '" + name + "', which this system cannot name", e);
        }
    }
}
