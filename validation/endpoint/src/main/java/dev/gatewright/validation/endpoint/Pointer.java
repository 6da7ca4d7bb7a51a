// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.util.ArrayList;
import java.util.List;

/** JSON pointers, RFC 6901. */
final class Pointer {
    private static final int MOST_PARTS = 32;

    private Pointer() {}

    /** The parts of {@code pointer}; none for the whole document. */
    static List<String> parts(String pointer) {
        if (!pointer.isEmpty() && pointer.charAt(0) != '/') {
            throw new IllegalArgumentException("'" + pointer + "' does not begin with a slash");
        }
        List<String> parts = new ArrayList<>();
        int start = 1;
        while (start <= pointer.length() && !pointer.isEmpty()) {
            int end = pointer.indexOf('/', start);
            String part = pointer.substring(start, end < 0 ? pointer.length() : end);
            parts.add(part.replace("~1", "/").replace("~0", "~"));
            if (parts.size() > MOST_PARTS) {
                throw new IllegalArgumentException("'" + pointer + "' has more than " + MOST_PARTS + " parts");
            }
            start = end < 0 ? pointer.length() + 1 : end + 1;
        }
        return parts;
    }
}
