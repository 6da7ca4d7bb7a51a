// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import org.jspecify.annotations.Nullable;

/**
 * Where in a model something stands, spelled from the inside out: {@code attribute 'value' of node 'c' (Constant)}.
 *
 * <p>Places are made for every node and tensor, so they are spelled only when a refusal needs it.
 */
record Place(String kind, @Nullable String name, @Nullable Place outer) {
    /** The model's main file as a whole. */
    static final Place FILE = new Place("", null, null);

    static Place of(String kind, String name, @Nullable Place outer) {
        return new Place(kind, name, outer);
    }

    static Place ofByte(long position, String message) {
        return new Place("byte " + position + " (in " + message + ")", null, null);
    }

    @Override
    public String toString() {
        StringBuilder spelled = new StringBuilder(kind);
        if (name != null) {
            spelled.append(' ').append(name.isEmpty() ? "without a name" : Quoted.of(name));
        }
        if (outer != null && !outer.kind.isEmpty()) {
            spelled.append(" of ").append(outer);
        }
        return spelled.toString();
    }
}
