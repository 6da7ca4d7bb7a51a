// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Who asks a registry. It goes to the registry and to the place that gives its tokens, and is never shown.
 *
 * @param secret a password, or a token by which other tokens are had
 * @param isIdentityToken whether {@code secret} is such a token
 */
public record Login(String user, String secret, boolean isIdentityToken) {
    String basic() {
        byte[] both = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /** {@code text} without the secret, if whoever wrote it gave it back. */
    String hidden(String text) {
        return secret.isEmpty() ? text : text.replace(secret, "…");
    }

    @Override
    public String toString() {
        return "Login[…]";
    }
}
