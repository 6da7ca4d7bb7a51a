// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * The digest of several files: that of a text with a line for each, in their order: the SHA-256 of its bytes, two spaces, and its
 * name. It is what {@code sha256sum part-* | sha256sum} prints in their folder.
 */
public final class Sha256Sums {
    /** The order of the files: that of the bytes of their names, which no locale changes. */
    public static final Comparator<String> ORDER = (one, other) -> Arrays.compareUnsigned(utf8(one), utf8(other));

    private final MessageDigest digest = OpenFile.newSha256();

    /** Adds the line of a file. */
    public void add(String sha256, String name) {
        digest.update(utf8(sha256 + "  " + name + "\n"));
    }

    /** The digest, as 64 lower-case hexadecimal digits. To be asked for once, when all files are added. */
    public String digest() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
