// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a blob, by which a layout and a registry name it.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) implements Comparable<Digest> {
    private static final String ALGORITHM = "sha256:";
    private static final int BUFFER = 1 << 18;
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /** Refuses what is no SHA-256. */
    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("'" + hex + "' is not a SHA-256 in lower-case hexadecimal");
        }
    }

    /**
     * The digest as documents spell it, {@code sha256:…}.
     *
     * @throws IllegalArgumentException if it is of another algorithm, or none
     */
    public static Digest parse(String text) {
        if (!text.startsWith(ALGORITHM)) {
            throw new IllegalArgumentException("'" + text + "' is not a digest sha256:…");
        }
        return new Digest(text.substring(ALGORITHM.length()));
    }

    /** The digest of {@code bytes}. */
    public static Digest of(byte[] bytes) {
        MessageDigest sha256 = sha256();
        sha256.update(bytes);
        return of(sha256);
    }

    /** The digest of the content of {@code file}, which is read once, in pieces. */
    public static Digest of(Path file) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        }
        return of(sha256);
    }

    static Digest of(MessageDigest fed) {
        return new Digest(HexFormat.of().formatHex(fed.digest()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    /** As documents spell it. */
    @Override
    public String toString() {
        return ALGORITHM + hex;
    }
}
