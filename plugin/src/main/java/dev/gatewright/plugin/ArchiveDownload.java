// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import hudson.AbortException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fetches an archive, and keeps it only if it is the one that was meant. */
final class ArchiveDownload {
    private static final int CONNECT_MILLIS = 30_000;
    private static final int SILENCE_MILLIS = 60_000;

    /** Ten times what there is. */
    private static final long LARGEST = 1L << 30;

    private ArchiveDownload() {}

    /** Writes the archive of a URL to a file that is not there yet. */
    static void fetch(String url, String sha256, Path file) throws IOException, InterruptedException {
        MessageDigest digest = sha256();
        try (InputStream from = open(URI.create(url));
                OutputStream to = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            byte[] buffer = new byte[1 << 16];
            long total = 0;
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                total += n;
                if (total > LARGEST) {
                    throw new AbortException("The archive of " + url + " is larger than " + LARGEST + " bytes");
                }
                digest.update(buffer, 0, n);
                to.write(buffer, 0, n);
            }
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equalsIgnoreCase(sha256)) {
            throw new AbortException("The archive of " + url + " has the SHA-256 " + found + ", and " + sha256
                    + " was written down: nothing of it was unpacked");
        }
    }

    private static InputStream open(URI uri) throws IOException {
        if ("file".equalsIgnoreCase(uri.getScheme())) {
            Path file = Path.of(uri);
            if (!Files.isRegularFile(file)) {
                throw new AbortException(file + " is no file of this agent");
            }
            return Files.newInputStream(file);
        }
        URLConnection connection = uri.toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(SILENCE_MILLIS);
        connection.setUseCaches(false);
        if (connection instanceof HttpURLConnection http && http.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new AbortException(uri + " answers with status " + http.getResponseCode());
        }
        return connection.getInputStream();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
