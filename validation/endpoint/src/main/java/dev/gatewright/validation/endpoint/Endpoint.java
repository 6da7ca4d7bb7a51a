// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is served.
 *
 * @param url of the server, without the protocol's own paths
 * @param authority a file with certificates in PEM that are trusted in place of the machine's own; none for those
 * @param secret sent as a bearer token; none where the endpoint asks for none
 * @param patience how long a whole answer may take
 */
public record Endpoint(
        URI url, @Nullable Path authority, @Nullable String secret, Duration patience) {
    /** How long an answer may take where nothing else is said. */
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(30);

    /** Refuses addresses that are none of a server. */
    public Endpoint {
        String scheme = url.getScheme();
        boolean isWeb = "http".equals(scheme) || "https".equals(scheme);
        if (!isWeb || url.getHost() == null || url.getRawQuery() != null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("an endpoint is http://HOST:PORT or https://HOST:PORT");
        }
    }

    /** An endpoint on this machine or one that asks for nothing. */
    public static Endpoint at(URI url) {
        return new Endpoint(url, null, null, USUAL_PATIENCE);
    }

    /** The same, asked without its secret. */
    Endpoint withoutSecret() {
        return new Endpoint(url, authority, null, patience);
    }

    /** The same, asked with another secret. */
    Endpoint withSecret(String other) {
        return new Endpoint(url, authority, other, patience);
    }

    /** The address of {@code path}, which begins with a slash. */
    URI at(String path) {
        String base = url.toString();
        while (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        return URI.create(base + path);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return url.toString();
    }
}
