// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import dev.gatewright.stages.api.Secrets;
import dev.gatewright.stages.modelserver.config.ServerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that clients may have. Only their digests are held. */
public final class Keys {
    private static final String SCHEME = "Bearer ";
    private static final int SHORTEST = 16;
    private static final int LONGEST = 4096;

    private final List<byte[]> digests;

    private Keys(List<byte[]> digests) {
        this.digests = digests;
    }

    /** A key is not where it should be; the message says which. */
    public static final class NoKeyException extends Exception {
        private static final long serialVersionUID = 1;

        NoKeyException(String message) {
            super(message);
        }
    }

    /** Takes the keys from where the configuration says they are. */
    public static Keys of(List<ServerConfig.Key> keys, Secrets secrets) throws NoKeyException {
        List<byte[]> digests = new ArrayList<>();
        for (ServerConfig.Key key : keys) {
            String name = key.environment()
                    .map(variable -> "the environment variable " + variable)
                    .or(() -> key.file().map(Path::toString))
                    .orElseThrow();
            String value = value(key, secrets, name).strip();
            if (value.length() < SHORTEST || value.length() > LONGEST) {
                throw new NoKeyException("the key in " + name + " has " + value.length() + " characters; from "
                        + SHORTEST + " to " + LONGEST + " are expected");
            }
            digests.add(digest(value));
        }
        return new Keys(digests);
    }

    private static String value(ServerConfig.Key key, Secrets secrets, String name) throws NoKeyException {
        if (key.environment().isPresent()) {
            return secrets.secret(key.environment().get())
                    .orElseThrow(() -> new NoKeyException(name + " is not set; put a client's key there"));
        }
        Path file = key.file().orElseThrow();
        try {
            if (Files.size(file) > 2 * LONGEST) {
                throw new NoKeyException(name + " is too large to be a key");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new NoKeyException(name + " cannot be read; put a client's key there");
        }
    }

    /** Whether a client needs a key. */
    boolean areNeeded() {
        return !digests.isEmpty();
    }

    /** Whether {@code authorization} is that of a client with a key. It takes as long for a wrong key as for a right one. */
    boolean admit(@Nullable String authorization) {
        if (digests.isEmpty()) {
            return true;
        }
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] shown = digest(authorization.substring(SCHEME.length()).strip());
        boolean isKnown = false;
        for (byte[] digest : digests) {
            isKnown |= MessageDigest.isEqual(digest, shown);
        }
        return isKnown;
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
