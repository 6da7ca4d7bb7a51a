// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a registry asks for before it does what it was asked (RFC 9110, section 11.6.1): a login, or a token. */
sealed interface Challenge {
    /** A user and a password. */
    record Basic() implements Challenge {}

    /**
     * A token.
     *
     * @param realm where tokens are given
     */
    record Bearer(String realm, String service, String scope) implements Challenge {}

    /** {@code name="value"}, or without the quotes. */
    Pattern PARAMETER = Pattern.compile("([A-Za-z_]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");

    /** The one of those that can be answered, a token first. */
    static Optional<Challenge> of(List<String> headers) {
        Optional<Challenge> basic = Optional.empty();
        for (String header : headers) {
            String lower = header.strip().toLowerCase(Locale.ROOT);
            if (lower.startsWith("bearer")) {
                Map<String, String> parameters = new HashMap<>();
                Matcher matcher = PARAMETER.matcher(header);
                while (matcher.find()) {
                    String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
                    parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
                }
                String realm = parameters.get("realm");
                if (realm != null) {
                    return Optional.of(new Bearer(
                            realm, parameters.getOrDefault("service", ""), parameters.getOrDefault("scope", "")));
                }
            } else if (lower.startsWith("basic")) {
                basic = Optional.of(new Basic());
            }
        }
        return basic;
    }
}
