// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where an archive may come from, and how it is told from others. */
final class ArchiveAddress {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private ArchiveAddress() {}

    /** What is wrong with a URL. */
    static Optional<String> problem(String url) {
        if (url.isEmpty()) {
            return Optional.of("there is no URL of the archive.");
        }
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getRawUserInfo() != null) {
                return Optional.of(
                        "the URL of the archive contains a password, which everybody who may configure would see.");
            }
            boolean isWhole = switch (scheme) {
                case "http", "https" -> uri.getHost() != null;
                case "file" ->
                    uri.getRawAuthority() == null
                            && uri.getRawPath() != null
                            && uri.getRawPath().startsWith("/")
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null;
                default -> false;
            };
            return isWhole
                    ? Optional.empty()
                    : Optional.of(
                            "the URL of the archive has to be an http, https or file URL; file:///opt/gatewright.zip is"
                                    + " a file of the agent.");
        } catch (URISyntaxException e) {
            return Optional.of("the URL of the archive is none: " + e.getMessage());
        }
    }

    /** What is wrong with a digest. */
    static Optional<String> problemOfDigest(String sha256) {
        return SHA256.matcher(sha256).matches()
                ? Optional.empty()
                : Optional.of(
                        "the SHA-256 of the archive has to be 64 hexadecimal digits; they stand in the file beside it that"
                                + " ends in .sha256.");
    }
}
