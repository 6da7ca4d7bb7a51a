// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** The ids under which git stores what a file or a link holds, in the forms that are known without running a filter. */
final class Contents {
    private static final long LARGEST_TEXT = 16L << 20;
    private static final int BUFFER = 1 << 16;

    private Contents() {}

    static boolean ofLinkIs(ObjectId id, Path link) throws IOException {
        return id.equals(ofBytes(Files.readSymbolicLink(link).toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether the file, as it is, is the content {@code id}. */
    static boolean is(ObjectId id, Path file, long size) throws IOException {
        return id.equals(ObjectId.fromRaw(digest(blob(size), file)));
    }

    /** Whether the file with each CR LF as LF is the content {@code id}. */
    static boolean isWithLineFeeds(ObjectId id, Path file, long size) throws IOException {
        if (size > LARGEST_TEXT) {
            return false;
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes((int) size);
        }
        int kept = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] != '\r' || at + 1 == bytes.length || bytes[at + 1] != '\n') {
                bytes[kept++] = bytes[at];
            }
        }
        MessageDigest digest = blob(kept);
        digest.update(bytes, 0, kept);
        return id.equals(ObjectId.fromRaw(digest.digest()));
    }

    /** Whether the content {@code id} is the pointer that git's large file storage keeps in place of the file. */
    static boolean isLargeFile(ObjectId id, Path file, long size) throws IOException {
        String digest = HexFormat.of().formatHex(digest(sha256(), file));
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + digest + "\nsize " + size + "\n";
        return id.equals(ofBytes(pointer.getBytes(StandardCharsets.US_ASCII)));
    }

    private static ObjectId ofBytes(byte[] bytes) {
        MessageDigest digest = blob(bytes.length);
        digest.update(bytes);
        return ObjectId.fromRaw(digest.digest());
    }

    private static MessageDigest blob(long size) {
        MessageDigest digest = Constants.newMessageDigest();
        digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] digest(MessageDigest digest, Path file) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted in " + file);
                }
                digest.update(buffer, 0, length);
            }
        }
        return digest.digest();
    }
}
