// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;

/** A key with its value, as a {@code StringStringEntryProto} says it. */
record StringEntry(String key, String value) {
    static StringEntry read(MessageReader in) throws IOException {
        String key = "";
        String value = "";
        while (in.next()) {
            switch (in.number()) {
                case 1 -> key = in.once().name();
                case 2 -> value = in.once().text();
                default -> in.skip();
            }
        }
        return new StringEntry(key, value);
    }
}
