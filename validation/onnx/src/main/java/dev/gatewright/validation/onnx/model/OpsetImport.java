// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;

/**
 * An operator set that a model relies on.
 *
 * @param domain the domain; that of ONNX itself is {@code ai.onnx}, whichever of its two spellings the model uses
 * @param version the version of the set, 1 or more
 */
public record OpsetImport(String domain, long version) {
    static OpsetImport read(MessageReader in) throws IOException {
        String domain = "";
        long version = 0;
        while (in.next()) {
            switch (in.number()) {
                case 1 -> domain = in.once().name();
                case 2 -> version = in.once().int64();
                default -> in.skip();
            }
        }
        return new OpsetImport(Domains.canonical(domain), version);
    }
}
