// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a layer that is stored as it is, as a stranger's: into a new folder, files and folders alone, each below it and none
 * twice, within bounds, and only what has the digest that was asked for. What it cannot vouch for it refuses, and removes nothing.
 */
public final class LayerReader {
    private static final int MOST_ENTRIES = 100_000;
    private static final int LONGEST_PATH = 4096;
    private static final int LARGEST_EXTENSION = 1 << 20;
    private static final int BUFFER = 1 << 20;
    private static final int SMALLEST_BUFFER = 1 << 13;

    private final DataInputStream in;
    private final Path folder;
    private final long most;
    private long unpacked;
    private int entries;

    private LayerReader(InputStream in, Path folder, long most) {
        this.in = new DataInputStream(in);
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
        byte[] block = new byte[TarWriter.BLOCK];
        String path = null;
        long size = -1;
        while (true) {
            in.readFully(block);
            if (isEmpty(block)) {
                return;
            }
            verify(block);
            if (++entries > MOST_ENTRIES) {
                throw new IOException("a layer has more than " + MOST_ENTRIES + " entries");
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
            String name = path == null ? name(block) : path;
            length = size < 0 ? length : size;
            path = null;
            size = -1;
            switch (type) {
                case '0', '\0' -> file(place(name), length);
                case '5' -> Files.createDirectories(place(name));
                default ->
                    throw new IOException("a layer has an entry '" + type + "' at '" + name
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
            for (long left = length; left > 0; ) {
                int part = (int) Math.min(buffer.length, left);
                in.readFully(buffer, 0, part);
                out.write(buffer, 0, part);
                left -= part;
            }
        }
        skipPadding(length);
    }

    private void skipPadding(long length) throws IOException {
        in.readFully(new byte[(int) (-length & (TarWriter.BLOCK - 1))]);
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

    private String extension(long length) throws IOException {
        if (length < 0 || length > LARGEST_EXTENSION) {
            throw new IOException("an extended header of a layer has " + length + " bytes");
        }
        byte[] bytes = new byte[(int) length];
        in.readFully(bytes);
        skipPadding(length);
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

    private static String name(byte[] block) throws IOException {
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

    private static String text(byte[] bytes) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("a layer has a name that is not UTF-8", e);
        }
    }

    private static void verify(byte[] block) throws IOException {
        long said = octal(block, 148, 8);
        long sum = 0;
        for (int i = 0; i < block.length; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xFF;
        }
        if (said != sum) {
            throw new IOException("a header of a layer has the wrong sum, so that it is no tar");
        }
    }

    private static long octal(byte[] block, int at, int length) throws IOException {
        String digits = new String(block, at, length, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
        return digits.isEmpty() ? 0 : number(digits, 8);
    }

    private static long number(String digits, int radix) throws IOException {
        try {
            return Long.parseLong(digits, radix);
        } catch (NumberFormatException e) {
            throw new IOException("a layer has a number that is none", e);
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
