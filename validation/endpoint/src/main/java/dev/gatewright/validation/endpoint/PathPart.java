// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A name as a part of an address. */
final class PathPart {
    private PathPart() {}

    static String of(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
