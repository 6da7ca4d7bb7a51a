// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a {@code ValueInfoProto} says; {@code type} is null where it is not declared, or not wholly. */
record ValueMessage(String name, @Nullable ValueType type) {
    static ValueMessage read(MessageReader in) throws IOException {
        String name = "";
        ValueType type = null;
        while (in.next()) {
            switch (in.number()) {
                case 1 -> name = in.once().name();
                case 2 -> type = TypeReader.read(in.once().message("TypeProto"));
                default -> in.skip();
            }
        }
        return new ValueMessage(name, type);
    }
}
